using System.Linq.Expressions;
using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>Lists of accounts without those with whom the reader has a block, and without those of servers that the reader blocks.</summary>
internal static class Unblocked
{
    public static IQueryable<T> NotBlockedFor<T>(this IQueryable<T> rows, Viewer viewer, SocialDb db, Expression<Func<T, Id<Account>>> account)
    {
        if (viewer.Me is not { } me) return rows;
        Expression<Func<Id<Account>, bool>> free = id => !db.Blocks.Any(b => (b.AccountId == me && b.TargetId == id) || (b.AccountId == id && b.TargetId == me))
            && !db.UserDomainBlocks.Any(d => d.AccountId == me && db.Accounts.Any(a => a.Id == id && a.Domain == d.Domain));
        var body = new Put(free.Parameters[0], account.Body).Visit(free.Body);
        return rows.Where(Expression.Lambda<Func<T, bool>>(body, account.Parameters));
    }

    private sealed class Put(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
