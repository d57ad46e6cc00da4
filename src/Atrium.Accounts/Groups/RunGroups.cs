using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Groups;

/// <summary>What owners and moderators do with the people of their group.</summary>
public static class RunGroups
{
    public sealed record RequestView(MemberCard Member, string? Note, MemberCard? InvitedBy, DateTimeOffset CreatedAt);

    /// <summary>Who asked to join and who was invited.</summary>
    internal static async Task<IReadOnlyList<RequestView>> RequestsAsync(string handle, Actor actor, AccountsDb db, IMembers members, CancellationToken ct)
    {
        var group = (await GroupAccess.OfAsync(handle, actor, db, ct)).DemandModerator().Group;
        var rows = await db.GroupRequests.Where(r => r.GroupId == group.Id).OrderBy(r => r.CreatedAt).Take(Page.Largest).ToListAsync(ct);
        var cards = await members.CardsAsync([.. rows.Select(r => r.MemberId).Concat(rows.Select(r => r.InvitedBy).OfType<Id<Member>>()).Distinct()], ct);
        return [.. rows.Select(r => new RequestView(cards[r.MemberId], r.Note, r.InvitedBy is { } by ? cards[by] : null, r.CreatedAt))];
    }

    internal static async Task AcceptAsync(string handle, Id<Member> member, Actor actor, AccountsDb db, CancellationToken ct)
    {
        try
        {
            await db.WriteAsync(
                async token =>
                {
                    var group = (await GroupAccess.OfAsync(handle, actor, db, token)).DemandModerator().Group;
                    if (!await db.GroupRequests.AnyAsync(r => r.GroupId == group.Id && r.MemberId == member && r.InvitedBy == null, token)) throw Refusal.NotFound();
                    await JoinGroups.AdmitAsync(group, member, actor, db, token);
                    db.Publish(new NotificationRaised(
                        Notifications.GroupAdmitted, [member], Thing.Of("group", group.Id), actor.MemberId, $"You are in {group.Name} now", Href: $"/groups/{group.Handle}"));
                },
                ct);
        }
        catch (UniqueViolation)
        {
            // Another moderator let them in at the same moment.
        }
    }

    /// <summary>Turns a request down or takes an invitation back.</summary>
    internal static Task DeclineAsync(string handle, Id<Member> member, Actor actor, AccountsDb db, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var group = (await GroupAccess.OfAsync(handle, actor, db, token)).DemandModerator().Group;
            if (!await JoinGroups.ForgetRequestAsync(group, member, db, token)) throw Refusal.NotFound();
            db.Record(actor, "group.declined", Thing.Of("group", group.Id), member.ToString());
        },
        ct);

    internal static async Task InviteAsync(string handle, string? whom, Actor actor, AccountsDb db, IMembers members, CancellationToken ct)
    {
        var name = Handles.Normal(whom);
        var card = (await members.FindAsync([name], ct)).Values.FirstOrDefault() ?? throw Refusal.Invalid("member", "Nobody here has that handle.", "unknown");
        try
        {
            await db.WriteAsync(
                async token =>
                {
                    var group = (await GroupAccess.OfAsync(handle, actor, db, token)).DemandModerator().Group;
                    if (await db.GroupMemberships.AnyAsync(m => m.GroupId == group.Id && m.MemberId == card.Id, token)) throw Refusal.Conflict("already_in", $"{card.Name} is in the group already.");
                    if (await db.GroupRequests.FirstOrDefaultAsync(r => r.GroupId == group.Id && r.MemberId == card.Id, token) is { } request)
                    {
                        if (!request.IsInvitation) await JoinGroups.AdmitAsync(group, card.Id, actor, db, token);
                        return;
                    }

                    db.GroupRequests.Add(new() { GroupId = group.Id, MemberId = card.Id, InvitedBy = actor.Demand(), CreatedAt = db.Now });
                    if (group.Audience.IsStored) db.AudienceGrants.Add(new() { Audience = group.Audience, Principal = Principal.Of(card.Id) });
                    db.Publish(new NotificationRaised(
                        Notifications.GroupInvited, [card.Id], Thing.Of("group", group.Id), actor.MemberId, $"You are invited to {group.Name}", Href: $"/groups/{group.Handle}"));
                },
                ct);
        }
        catch (UniqueViolation)
        {
            // Another moderator invited them at the same moment.
        }
    }

    internal static Task SetRoleAsync(string handle, Id<Member> member, GroupRole role, Actor actor, AccountsDb db, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var group = (await GroupAccess.OfAsync(handle, actor, db, token)).DemandOwner().Group;
            await GroupMembers.KeepOwnedAsync(
                group.Id, db,
                async inner =>
                {
                    var held = await db.GroupMemberships.AsTracking().FirstOrDefaultAsync(m => m.GroupId == group.Id && m.MemberId == member, inner) ?? throw Refusal.NotFound();
                    held.Role = role;
                },
                token);
            db.Record(actor, "group.role_changed", Thing.Of("group", group.Id), $"{member}: {role}");
        },
        ct);

    internal static Task RemoveAsync(string handle, Id<Member> member, Actor actor, AccountsDb db, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var access = (await GroupAccess.OfAsync(handle, actor, db, token)).DemandModerator();
            var group = access.Group.Id;
            var role = await db.GroupMemberships.Where(m => m.GroupId == group && m.MemberId == member).Select(m => (GroupRole?)m.Role).FirstOrDefaultAsync(token) ?? throw Refusal.NotFound();
            if (role != GroupRole.Member) access.DemandOwner();
            await GroupMembers.KeepOwnedAsync(group, db, inner => GroupMembers.RemoveAsync(group, member, db, inner), token);
            db.Record(actor, "group.removed", Thing.Of("group", group), member.ToString());
        },
        ct);
}
