using Atrium.Accounts.Data;
using Atrium.Accounts.Letters;
using Atrium.Accounts.Model;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Administration;

/// <summary>Links that let people sign up: makes, lists and withdraws them.</summary>
internal static class Invitations
{
    /// <summary>Who may invite; only administrators invite others than plain members and guests.</summary>
    public const string Permission = InvitePermission.Name;

    public static async Task<InvitationMade> MakeAsync(NewInvitation wanted, Actor actor, AccountsDb db, IMembers members, HouseAddress address, CancellationToken ct)
    {
        actor.Demand(Permission);
        if (wanted.Role > Role.Member && !actor.IsAdministrator) throw Refusal.Forbidden("Only an administrator invites moderators and administrators.");
        if (wanted.Uses is < 1 or > 1000) throw Refusal.Invalid("uses", "An invitation works 1 to 1,000 times.");
        if (wanted.Days is < 1 or > 365) throw Refusal.Invalid("days", "An invitation lasts 1 to 365 days.");
        if (wanted.Note?.Length > 200) throw Refusal.Invalid("note", "At most 200 characters.", "too_long");
        if (wanted.Email is not null && Emails.Fault(wanted.Email) is { } fault) throw Refusal.Invalid([fault]);

        // The key of a mailed one is made with the letter.
        var key = wanted.Email is null ? RandomKey.New() : null;
        var invitation = new InvitationLink
        {
            KeyHash = key is null ? null : RandomKey.Hash(key),
            Role = wanted.Role,
            MostUses = wanted.Uses,
            CreatedAt = db.Now,
            ExpiresAt = db.Now.AddDays(wanted.Days),
            InvitedBy = actor.MemberId,
            Email = wanted.Email?.Trim(),
            Note = wanted.Note,
        };
        await db.WriteAsync(
            _ =>
            {
                db.Invitations.Add(invitation);
                if (key is null) db.Publish(new LetterOwed(Letter.Invitation, actor.MemberId, invitation.Email, Invitation: invitation.Id));
                db.Record(actor, "invitation.made", details: $"{invitation.Role}, {invitation.MostUses} uses, {wanted.Days} days");
                return Task.CompletedTask;
            },
            ct);
        var by = actor.MemberId is { } me ? await members.CardsAsync([me], ct) : null;
        return new(ViewOf(invitation, db.Now, by), key is null ? null : address.Of($"/sign-up?invitation={key}").ToString());
    }

    public static async Task<Slice<InvitationRecord>> ListAsync(Page page, Actor actor, AccountsDb db, IMembers members, CancellationToken ct)
    {
        actor.Demand(Permission);
        var before = Cursor.Id<Invitation>(page.Cursor);
        var mine = actor.MemberId;
        var all = actor.IsAdministrator;
        var rows = db.Invitations.Where(i => all || i.InvitedBy == mine);
        if (before is { } last) rows = rows.Where(i => i.Id < last);
        var found = await rows.OrderByDescending(i => i.Id).Take(page.Size + 1).ToListAsync(ct);
        var cards = await members.CardsAsync([.. found.Select(i => i.InvitedBy).OfType<Id<Member>>().Distinct()], ct);
        var now = db.Now;
        return Slice<InvitationLink>.Cut(found, page.Size, i => i.Id.ToString()).Select(i => ViewOf(i, now, cards));
    }

    public static Task WithdrawAsync(Id<Invitation> id, Actor actor, AccountsDb db, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            actor.Demand(Permission);
            var (mine, all, now) = (actor.MemberId, actor.IsAdministrator, db.Now);
            if (await db.Invitations.Where(i => i.Id == id && (all || i.InvitedBy == mine) && i.WithdrawnAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, now), token) == 0) throw Refusal.NotFound();
            db.Record(actor, "invitation.withdrawn", details: id.ToString());
        },
        ct);

    private static InvitationRecord ViewOf(InvitationLink i, DateTimeOffset now, IReadOnlyDictionary<Id<Member>, MemberCard>? by) => new(
        i.Id, i.Role, i.Uses, i.MostUses, i.CreatedAt, i.ExpiresAt,
        i.WithdrawnAt is not null ? "withdrawn" : i.Uses >= i.MostUses ? "used" : i.ExpiresAt <= now ? "expired" : "open",
        i.InvitedBy is { } member ? by?.GetValueOrDefault(member) : null, i.Email, i.Note);
}
