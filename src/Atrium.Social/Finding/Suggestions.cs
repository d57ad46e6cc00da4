using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>People one may want to follow: those whom one's own follow, then those of one's groups, then who posts.</summary>
internal sealed class Suggestions(SocialDb db, AccountReader accounts)
{
    public async Task<IReadOnlyList<SuggestionEntity>> ForAsync(Viewer viewer, int limit, CancellationToken ct)
    {
        var me = viewer.Demand();
        var member = viewer.Actor.MemberId ?? default;
        var free = db.Accounts.Where(a => a.Id != me && a.Discoverable && a.Standing == AccountStanding.Active && a.Kind == AccountKind.Person
                && !db.Follows.Any(f => f.AccountId == me && f.TargetId == a.Id) && !db.DismissedSuggestions.Any(d => d.AccountId == me && d.TargetId == a.Id) && !db.Mutes.Any(m => m.AccountId == me && m.TargetId == a.Id))
            .NotBlockedFor(viewer, db, a => a.Id);
        var rows = await free.Select(a => new
        {
            a.Id,
            Friends = db.Follows.Count(f => f.TargetId == a.Id && f.State == FollowState.Accepted && db.Follows.Any(m => m.AccountId == me && m.TargetId == f.AccountId && m.State == FollowState.Accepted)),
            Groups = db.PrincipalMembers.Count(p => p.Principal.StartsWith("group:") && p.MemberId == a.MemberId && db.PrincipalMembers.Any(q => q.Principal == p.Principal && q.MemberId == member)),
            a.LastStatusAt,
        }).OrderByDescending(r => r.Friends).ThenByDescending(r => r.Groups).ThenByDescending(r => r.LastStatusAt != null).ThenByDescending(r => r.LastStatusAt).Take(limit).ToListAsync(ct);
        var people = (await accounts.ByIdAsync([.. rows.Select(r => r.Id)], ct)).ToDictionary(a => a.Id);
        return [.. rows.Where(r => people.ContainsKey(r.Id.ToString())).Select(r => r.Friends > 0
            ? new SuggestionEntity("past_interactions", ["friends_of_friends"], people[r.Id.ToString()])
            : new SuggestionEntity("global", [r.Groups > 0 ? "similar_to_recently_followed" : "most_interactions"], people[r.Id.ToString()]))];
    }
}
