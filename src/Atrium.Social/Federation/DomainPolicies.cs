using System.Text.RegularExpressions;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A policy as administrators see and set it.</summary>
internal sealed record DomainPolicyView(
    string Domain, bool Allowed, DomainSeverity Severity, bool RejectMedia, bool RejectReports, string? PublicComment, string? PrivateComment, DateTimeOffset CreatedAt);

internal sealed record DomainPolicyWish(bool Allowed = false, DomainSeverity Severity = DomainSeverity.None, bool RejectMedia = false, bool RejectReports = false, string? PublicComment = null, string? PrivateComment = null);

/// <summary>
/// Decides about other servers: allowed, limited or suspended. It holds at once for what is there already and for what comes, and stands in the
/// audit log; lifting a suspension shows again what it hid, but brings no follow back.
/// </summary>
internal sealed partial class DomainPolicies(SocialDb db, FederationGate gate, AccountKeys keys, RemoveRemote removal, Notifier notifier)
{
    private const int LongestComment = 1_000;

    public async Task<IReadOnlyList<DomainPolicyView>> AllAsync(Actor actor, CancellationToken ct)
    {
        Demand(actor);
        return [.. (await db.DomainPolicies.OrderBy(p => p.Domain).ToListAsync(ct)).Select(View)];
    }

    /// <param name="domain">With its port where that is unusual; those below it are meant too.</param>
    /// <exception cref="Refusal">Forbidden; invalid: no domain, or the house's own.</exception>
    public async Task<DomainPolicyView> SetAsync(string domain, DomainPolicyWish wish, Actor actor, CancellationToken ct)
    {
        Demand(actor);
        var name = domain.Trim().ToLowerInvariant();
        if (!Domains().IsMatch(name) || name == gate.Domain) throw Refusal.Invalid("domain", "That is not the domain of another server.");
        if (wish.PublicComment?.Length > LongestComment || wish.PrivateComment?.Length > LongestComment) throw Refusal.Invalid("comment", $"At most {LongestComment} characters.");
        var instance = await keys.InstanceAsync(ct);
        return await db.WriteAsync(
            async token =>
            {
                var before = await db.DomainPolicies.FirstOrDefaultAsync(p => p.Domain == name, token);
                await db.DomainPolicies.Where(p => p.Domain == name).ExecuteDeleteAsync(token);
                var policy = new DomainPolicy
                {
                    Domain = name, Allowed = wish.Allowed, Severity = wish.Severity, RejectMedia = wish.RejectMedia, RejectReports = wish.RejectReports, PublicComment = wish.PublicComment,
                    PrivateComment = wish.PrivateComment, CreatedAt = before is not null && before.Severity == wish.Severity ? before.CreatedAt : db.Now,
                };
                db.DomainPolicies.Add(policy);
                db.Record(actor, "social.domain_policy_set", details: $"{name}: {Words(wish)}");
                await db.SaveChangesAsync(token);
                if (before is not null) await LiftAsync(before, policy, token);
                await ImposeAsync(policy, instance, token);
                return View(policy);
            },
            ct);
    }

    /// <exception cref="Refusal">Forbidden; not found.</exception>
    public async Task RemoveAsync(string domain, Actor actor, CancellationToken ct)
    {
        Demand(actor);
        var name = domain.Trim().ToLowerInvariant();
        await db.WriteAsync(
            async token =>
            {
                var policy = await db.DomainPolicies.FirstOrDefaultAsync(p => p.Domain == name, token) ?? throw Refusal.NotFound();
                await db.DomainPolicies.Where(p => p.Domain == name).ExecuteDeleteAsync(token);
                await LiftAsync(policy, null, token);
                db.Record(actor, "social.domain_policy_removed", details: name);
            },
            ct);
    }

    private async Task ImposeAsync(DomainPolicy policy, Account instance, CancellationToken ct)
    {
        var accounts = Of(policy);
        DateTimeOffset? at = policy.CreatedAt;
        if (policy.Severity == DomainSeverity.Limit)
            await accounts.Where(a => a.Standing == AccountStanding.Active).ExecuteUpdateAsync(set => set.SetProperty(a => a.Standing, AccountStanding.Limited), ct);
        if (policy.RejectMedia)
        {
            // From now on none is handed out; what was fetched goes tonight.
            var (domain, below) = (policy.Domain, "." + policy.Domain);
            await accounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.AvatarUrl, (string?)null).SetProperty(a => a.HeaderUrl, (string?)null), ct);
            await db.RemoteFiles.Where(f => f.Domain == domain || f.Domain.EndsWith(below)).ExecuteUpdateAsync(set => set.SetProperty(f => f.FetchedAt, DateTimeOffset.UnixEpoch), ct);
        }

        if (policy.Severity != DomainSeverity.Suspend) return;

        var followed = await accounts.Where(a => db.Follows.Any(f => f.AccountId == a.Id || f.TargetId == a.Id)).ToListAsync(ct);
        List<Id<Account>> ids = [.. followed.Select(a => a.Id)];
        var lost = await db.Accounts.Where(a => a.MemberId != null).Select(a => new
        {
            a.Id,
            Followers = db.Follows.Count(f => f.TargetId == a.Id && ids.Contains(f.AccountId) && f.State == FollowState.Accepted),
            Following = db.Follows.Count(f => f.AccountId == a.Id && ids.Contains(f.TargetId) && f.State == FollowState.Accepted),
        }).Where(a => a.Followers + a.Following > 0).ToListAsync(ct);
        foreach (var account in followed) await removal.EndFollowsAsync(account, ct);
        await accounts.Where(a => a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Limited)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Standing, AccountStanding.Suspended).SetProperty(a => a.SuspendedAt, at), ct);
        foreach (var member in lost)
        {
            var severed = new Severed("domain_block", policy.Domain, member.Followers, member.Following);
            await notifier.TellAsync(
                new(NoticeType.SeveredRelationships, instance.Id, $"severed:{policy.Domain}:{policy.CreatedAt.ToUnixTimeMilliseconds()}", Detail: severed.ToDetail(), Line: new(severed.Words, Href: "/social/notifications")), [member.Id], ct);
        }
    }

    // Whom the moderators suspended for themselves stays so.
    private async Task LiftAsync(DomainPolicy policy, DomainPolicy? next, CancellationToken ct)
    {
        DateTimeOffset? at = policy.CreatedAt;
        // Their pictures are told again when they are next read.
        if (policy.RejectMedia && next is not { RejectMedia: true }) await Of(policy).ExecuteUpdateAsync(set => set.SetProperty(a => a.FetchedAt, (DateTimeOffset?)null), ct);
        if (policy.Severity == next?.Severity) return;
        if (policy.Severity == DomainSeverity.Suspend)
            await Of(policy).Where(a => (a.Standing == AccountStanding.Suspended || a.Standing == AccountStanding.Purged) && a.SuspendedAt == at)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Standing, a => a.LimitedAt != null ? AccountStanding.Limited : AccountStanding.Active).SetProperty(a => a.SuspendedAt, (DateTimeOffset?)null), ct);
        if (policy.Severity == DomainSeverity.Limit)
            await Of(policy).Where(a => a.Standing == AccountStanding.Limited && a.LimitedAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.Standing, AccountStanding.Active), ct);
    }

    private IQueryable<Account> Of(DomainPolicy policy)
    {
        var (domain, below) = (policy.Domain, "." + policy.Domain);
        return db.Accounts.Where(a => a.Domain == domain || (a.Domain != "" && a.Domain.EndsWith(below)));
    }

    private static string Words(DomainPolicyWish wish) => string.Join(", ", new[]
    {
        wish.Allowed ? "allowed" : null, wish.Severity == DomainSeverity.None ? null : wish.Severity.ToString(), wish.RejectMedia ? "media rejected" : null, wish.RejectReports ? "reports rejected" : null,
    }.OfType<string>().DefaultIfEmpty("nothing decided"));

    private static DomainPolicyView View(DomainPolicy p) => new(p.Domain, p.Allowed, p.Severity, p.RejectMedia, p.RejectReports, p.PublicComment, p.PrivateComment, p.CreatedAt);

    internal static void Demand(Actor actor)
    {
        if (!actor.IsAdministrator) throw actor.IsMember ? Refusal.Forbidden() : Refusal.SignIn();
    }

    [GeneratedRegex(@"\A[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,251}[\p{L}\p{N}])?(?::\d{1,5})?\z", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Domains();
}
