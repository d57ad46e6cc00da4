using System.Linq.Expressions;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Lists of accounts without those with whom the reader has a block, and without those of servers that the reader blocks.</summary>
internal static class Unblocked
{
    public static IQueryable<T> NotBlockedFor<T>(this IQueryable<T> rows, Viewer viewer, SocialDb db, Expression<Func<T, Id<Account>>> account)
    {
        if (viewer.Me is not { } me) return rows;
        return Where<T>(rows, id => !db.Blocks.Any(b => (b.AccountId == me && b.TargetId == id) || (b.AccountId == id && b.TargetId == me))
            && !db.UserDomainBlocks.Any(d => d.AccountId == me && db.Accounts.Any(a => a.Id == id && a.Domain == d.Domain)), account);
    }

    /// <summary>Only those whose content is hidden from nobody.</summary>
    public static IQueryable<T> OfShown<T>(this IQueryable<T> rows, SocialDb db, Expression<Func<T, Id<Account>>> account) => Where(
        rows, id => db.Accounts.Any(a => a.Id == id && (a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Limited || a.Standing == AccountStanding.Memorial)), account);

    /// <summary>Whether an account shows the reader what hangs on its profile: none does that is suspended, or has blocked them.</summary>
    public static async Task<bool> ShowsItselfAsync(this SocialDb db, Account account, Viewer viewer, CancellationToken ct) =>
        account.IsShown && !(viewer.Me is { } me && await db.Blocks.AnyAsync(b => b.AccountId == account.Id && b.TargetId == me, ct));

    private static IQueryable<T> Where<T>(IQueryable<T> rows, Expression<Func<Id<Account>, bool>> rule, Expression<Func<T, Id<Account>>> account)
    {
        var body = new Put(rule.Parameters[0], account.Body).Visit(rule.Body);
        return rows.Where(Expression.Lambda<Func<T, bool>>(body, account.Parameters));
    }

    private sealed class Put(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
