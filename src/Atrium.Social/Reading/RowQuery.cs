using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Reads posts that a list has found visible a moment ago, by a query that is composed once in the life of the house. One for each house: a compiled
/// query is bound to the model it was made for.
/// </summary>
internal sealed class RowQuery
{
    private readonly Func<SocialDb, List<Id<Status>>, IAsyncEnumerable<StatusRow>> _run = EF.CompileAsyncQuery((SocialDb db, List<Id<Status>> ids) =>
        from s in db.Statuses
        where ids.Contains(s.Id) && s.DeletedAt == null
        join a in db.Accounts on s.AccountId equals a.Id
        join n in db.AccountStats on a.Id equals n.AccountId
        join c in db.StatusStats on s.Id equals c.StatusId
        select new StatusRow(
            s, a, n, c, db.Discussions.Where(d => d.Id == s.DiscussionId).Select(d => (Thing?)d.Thing).FirstOrDefault(),
            db.Quotes.Where(q => q.QuotingId == s.Id).Select(q => q.QuotedId).FirstOrDefault()));

    public async Task<Dictionary<Id<Status>, StatusRow>> ReadAsync(SocialDb db, List<Id<Status>> ids, CancellationToken ct)
    {
        var rows = new Dictionary<Id<Status>, StatusRow>();
        await foreach (var row in _run(db, ids).WithCancellation(ct)) rows[row.Status.Id] = row;
        return rows;
    }
}
