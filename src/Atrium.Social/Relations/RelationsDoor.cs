using Atrium.Contracts.Social;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Answers what other rooms ask about follows, blocks and mutes.</summary>
internal sealed class RelationsDoor(SocialDb db) : IRelations
{
    public async Task<IReadOnlySet<Id<Member>>> BlocksAsync(Id<Member> member, IReadOnlyCollection<Id<Member>> others, CancellationToken ct)
    {
        var rows = await Blocked(member).Where(m => others.Contains(m)).ToListAsync(ct);
        return rows.ToHashSet();
    }

    public async Task<IReadOnlySet<Id<Member>>> HiddenForAsync(Id<Member> member, CancellationToken ct)
    {
        var now = db.Now;
        var muted = from m in db.Mutes
                    join me in db.Accounts on m.AccountId equals me.Id
                    join other in db.Accounts on m.TargetId equals other.Id
                    where me.MemberId == member && other.MemberId != null && (m.ExpiresAt == null || m.ExpiresAt > now)
                    select other.MemberId!.Value;
        return (await Blocked(member).Concat(muted).ToListAsync(ct)).ToHashSet();
    }

    public async Task<IReadOnlySet<Id<Member>>> DeafToAsync(Id<Member> author, IReadOnlyCollection<Id<Member>> readers, CancellationToken ct)
    {
        var now = db.Now;
        var muting = from m in db.Mutes
                     join reader in db.Accounts on m.AccountId equals reader.Id
                     join other in db.Accounts on m.TargetId equals other.Id
                     where other.MemberId == author && reader.MemberId != null && m.HideNotifications && (m.ExpiresAt == null || m.ExpiresAt > now)
                     select reader.MemberId!.Value;
        return (await Blocked(author).Concat(muting).Where(m => readers.Contains(m)).ToListAsync(ct)).ToHashSet();
    }

    public async Task<IReadOnlySet<Id<Member>>> FollowsAsync(Id<Member> member, IReadOnlyCollection<Id<Member>> others, CancellationToken ct)
    {
        var rows = await (
            from f in db.Follows
            join me in db.Accounts on f.AccountId equals me.Id
            join other in db.Accounts on f.TargetId equals other.Id
            where me.MemberId == member && other.MemberId != null && others.Contains(other.MemberId.Value) && f.State == FollowState.Accepted
            select other.MemberId!.Value).ToListAsync(ct);
        return rows.ToHashSet();
    }

    private IQueryable<Id<Member>> Blocked(Id<Member> member)
    {
        var mine = from b in db.Blocks
                   join me in db.Accounts on b.AccountId equals me.Id
                   join other in db.Accounts on b.TargetId equals other.Id
                   where me.MemberId == member && other.MemberId != null
                   select other.MemberId!.Value;
        var theirs = from b in db.Blocks
                     join other in db.Accounts on b.AccountId equals other.Id
                     join me in db.Accounts on b.TargetId equals me.Id
                     where me.MemberId == member && other.MemberId != null
                     select other.MemberId!.Value;
        return mine.Concat(theirs);
    }
}
