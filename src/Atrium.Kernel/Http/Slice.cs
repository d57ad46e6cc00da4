namespace Atrium.Kernel;

/// <summary>A stretch of a list, cut by keyset.</summary>
/// <param name="Items">At most the limit asked for.</param>
/// <param name="Next">Opaque cursor of what follows; null at the end.</param>
public sealed record Slice<T>(IReadOnlyList<T> Items, string? Next) : ISlice
{
    /// <summary>Cuts the page from a query that was asked for one row more than <paramref name="limit"/>.</summary>
    public static Slice<T> Cut(IReadOnlyList<T> oneMore, int limit, Func<T, string> cursor) => oneMore.Count > limit
        ? new([.. oneMore.Take(limit)], cursor(oneMore[limit - 1]))
        : new(oneMore, null);

    /// <summary>The same page, its items rendered.</summary>
    public Slice<TOut> Select<TOut>(Func<T, TOut> render) => new([.. Items.Select(render)], Next);
}

/// <summary>Any slice: what the edge needs for its Link header.</summary>
public interface ISlice
{
    string? Next { get; }
}

/// <summary>What every list takes: <c>limit</c> (1 to 100, 50 unless said) and an opaque <c>cursor</c>.</summary>
public readonly record struct Page(int? Limit, string? Cursor)
{
    public const int Largest = 100;
    public const int Usual = 50;

    public int Size => Limit switch
    {
        null => Usual,
        < 1 or > Largest => throw Refusal.Invalid("limit", $"limit is 1 to {Largest}."),
        { } n => n,
    };
}
