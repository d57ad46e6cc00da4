using System.Globalization;
using System.Linq.Expressions;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Where a list is read: <c>max_id</c> (older), <c>since_id</c> (the newest above), <c>min_id</c> (the next above). Backed by an index on the id.
/// </summary>
internal readonly record struct Paging(long? Max, long? Since, long? Min, int Limit)
{
    public static Paging Of(LooseParameters sent, int usual, int most) => new(
        Bound(sent.Text("max_id")), Bound(sent.Text("since_id")), Bound(sent.Text("min_id")),
        sent.Number("limit") is { } limit ? (int)Math.Clamp(limit, 1, most) : usual);

    /// <summary>The rows of this page, newest first, and whether there are older ones.</summary>
    /// <param name="order">The id by which the list is ordered.</param>
    public async Task<PageOf<T>> CutAsync<T, TKey>(IQueryable<T> rows, Expression<Func<T, Id<TKey>>> order, CancellationToken ct)
    {
        if (Max is { } max) rows = rows.Where(Compare(order, max, Expression.LessThan));
        if (Since is { } since) rows = rows.Where(Compare(order, since, Expression.GreaterThan));
        if (Min is { } min) rows = rows.Where(Compare(order, min, Expression.GreaterThan));
        var (most, up) = (Limit + 1, Min is not null);
        var id = order.Compile(preferInterpretation: true);
        return await CutAsync(token => (up ? rows.OrderBy(order) : rows.OrderByDescending(order)).Take(most).ToListAsync(token), r => id(r).Value, ct);
    }

    /// <summary>The same of rows that are read by hand: in order, and one more than the limit.</summary>
    public async Task<PageOf<T>> CutAsync<T>(Func<CancellationToken, Task<List<T>>> readAsync, Func<T, long> id, CancellationToken ct)
    {
        var up = Min is not null;
        var found = await readAsync(ct);
        var more = found.Count > Limit;
        if (more) found.RemoveAt(found.Count - 1);
        if (up) found.Reverse();
        return found.Count == 0 ? new([], 0, 0, false) : new(found, id(found[0]), id(found[^1]), up || more);
    }

    private static Expression<Func<T, bool>> Compare<T, TKey>(Expression<Func<T, Id<TKey>>> key, long bound, Func<Expression, Expression, BinaryExpression> how)
    {
        // A captured value becomes a parameter, so that one plan serves all pages.
        var holder = new Holder<TKey>(new(bound));
        var value = Expression.Property(Expression.Constant(holder), nameof(Holder<>.Id));
        return Expression.Lambda<Func<T, bool>>(how(key.Body, value), key.Parameters);
    }

    // What is larger than any id bounds nothing; what is no number at all bounds everything.
    private static long? Bound(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return id;
        return text.All(char.IsAsciiDigit) ? long.MaxValue : 0;
    }

    private sealed record Holder<TKey>(Id<TKey> Id);
}

/// <summary>A page of rows, newest first.</summary>
/// <param name="First">The id of the first row.</param>
/// <param name="HasOlder">There are rows after the last.</param>
internal record PageOf<T>(IReadOnlyList<T> Rows, long First, long Last, bool HasOlder);
