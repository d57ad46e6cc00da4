using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>The rule of <see cref="Sight"/> for one post and many readers: for streams, where a post goes to all who listen.</summary>
internal static class SightOfMany
{
    /// <summary>Those of <paramref name="viewers"/> who may see the post. At most three statements, however many they are.</summary>
    public static async Task<IReadOnlyList<Viewer>> WhoSeesAsync(this SocialDb db, Id<Status> id, IReadOnlyCollection<Viewer> viewers, CancellationToken ct)
    {
        if (viewers.Count == 0) return [];
        var facts = await FactsAsync(db, id, ct);
        if (facts.Count == 0 || !facts.TrueForAll(f => f.DeletedAt is null && f.Shown && f.DiscussionState is null or DiscussionState.Open or DiscussionState.Closed)) return [];
        if (facts.Exists(f => f.BoostOf is not null) && facts.Count < 2) return [];

        var audiences = facts.SelectMany(f => new[] { f.Audience, f.DiscussionAudience ?? Audience.Public }).Where(a => a.IsStored).Distinct().ToList();
        List<Id<Member>> members = [.. viewers.Where(v => v.Actor.MemberId is not null).Select(v => v.Actor.MemberId!.Value).Distinct()];
        var listed = await ListedAsync(db, audiences, members, ct);
        var blocked = await BlockedAsync(db, [.. facts.Select(f => f.AccountId)], [.. viewers.Where(v => v.Me is not null).Select(v => v.Me!.Value).Distinct()], ct);
        return [.. viewers.Where(v => facts.TrueForAll(f => Sees(v, f, listed, blocked)))];
    }

    private static bool Sees(Viewer viewer, Facts post, HashSet<(Audience, Id<Member>)> listed, HashSet<(Id<Account>, Id<Account>)> blocked)
    {
        if (viewer.Actor.IsSystem) return true;
        if (post.HiddenAt is not null && post.AccountId != viewer.Me) return false;
        if (viewer.Me is { } me && blocked.Contains((post.AccountId, me))) return false;
        return Includes(post.Audience, viewer.Actor, listed) && (post.DiscussionAudience is not { } thing || Includes(thing, viewer.Actor, listed));
    }

    private static bool Includes(Audience audience, Actor actor, HashSet<(Audience, Id<Member>)> listed)
    {
        if (audience.IsPublic) return true;
        if (actor.MemberId is not { } me) return false;
        return audience == Audience.Members ? actor.Role > Role.Guest : audience == Audience.Only(me) || listed.Contains((audience, me));
    }

    private static Task<List<Facts>> FactsAsync(SocialDb db, Id<Status> id, CancellationToken ct) => (
        from s in db.Statuses
        join a in db.Accounts on s.AccountId equals a.Id
        join d in db.Discussions on s.DiscussionId equals (Id<Discussion>?)d.Id into thread
        from d in thread.DefaultIfEmpty()
        where s.Id == id || db.Statuses.Any(b => b.Id == id && b.BoostOf == s.Id)
        select new Facts(
            s.AccountId, s.Audience, s.DeletedAt, s.HiddenAt, s.BoostOf,
            a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Limited || a.Standing == AccountStanding.Memorial,
            d == null ? null : d.State, d == null ? null : d.Audience)).ToListAsync(ct);

    private static async Task<HashSet<(Audience, Id<Member>)>> ListedAsync(SocialDb db, List<Audience> audiences, List<Id<Member>> members, CancellationToken ct)
    {
        if (audiences.Count == 0 || members.Count == 0) return [];
        var selves = members.ToDictionary(Principal.Of, m => m);
        List<string> names = [.. selves.Keys];
        var direct = db.AudienceGrants.Where(g => audiences.Contains(g.Audience) && names.Contains(g.Principal)).Select(g => new { g.Audience, g.Principal, Member = (Id<Member>?)null });
        var through = from g in db.AudienceGrants
                      join p in db.PrincipalMembers on g.Principal equals p.Principal
                      where audiences.Contains(g.Audience) && members.Contains(p.MemberId)
                      select new { g.Audience, g.Principal, Member = (Id<Member>?)p.MemberId };
        var rows = await direct.Concat(through).ToListAsync(ct);
        return [.. rows.Select(r => (r.Audience, r.Member ?? selves[r.Principal]))];
    }

    private static async Task<HashSet<(Id<Account>, Id<Account>)>> BlockedAsync(SocialDb db, List<Id<Account>> authors, List<Id<Account>> readers, CancellationToken ct)
    {
        if (readers.Count == 0) return [];
        var rows = await db.Blocks.Where(b => (authors.Contains(b.AccountId) && readers.Contains(b.TargetId)) || (authors.Contains(b.TargetId) && readers.Contains(b.AccountId)))
            .Select(b => new { b.AccountId, b.TargetId }).ToListAsync(ct);
        return [.. rows.SelectMany(r => new[] { (r.AccountId, r.TargetId), (r.TargetId, r.AccountId) })];
    }

    private sealed record Facts(
        Id<Account> AccountId, Audience Audience, DateTimeOffset? DeletedAt, DateTimeOffset? HiddenAt, Id<Status>? BoostOf, bool Shown, DiscussionState? DiscussionState, Audience? DiscussionAudience);
}
