using System.Security.Cryptography;

namespace Atrium.Tasks;

/// <summary>
/// The manual order as text: base-62 fractions, compared ordinally, so that a card goes between two others without touching them.
/// Jitter keeps two people who drop on one spot from making the same rank; the unique index settles what is left.
/// </summary>
internal static class Rank
{
    /// <summary>A longer one means its column wants <see cref="Spread"/>.</summary>
    public const int Longest = 40;

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Base = 62;
    private const int Width = 6;
    private const long Whole = 56_800_235_584;
    private const int Step = Base * Base;

    /// <summary>A rank after <paramref name="before"/> and before <paramref name="after"/>; null stands for the end of the list.</summary>
    public static string Between(string? before, string? after)
    {
        if (before is { Length: 0 }) before = null;
        if (after is { Length: 0 }) after = null;
        if (before is not null && after is not null && string.CompareOrdinal(before, after) >= 0)
            throw new ArgumentException($"{before} is not before {after}.", nameof(before));

        // At the ends a small stride keeps ten million additions within a few characters; a midpoint would halve what is left each time.
        if (after is null) return before is null ? Write(Whole / 2) + Jitter() : Stride(before, +1) ?? Middle(before, null);
        return before is null ? Stride(after, -1) ?? Middle("", after) : Middle(before, after);
    }

    /// <summary>So many ranks, evenly spread, in order.</summary>
    public static IReadOnlyList<string> Spread(int count)
    {
        var ranks = new string[count];
        for (var i = 0; i < count; i++) ranks[i] = Write((long)((Int128)Whole * (i + 1) / (count + 1))) + Jitter();
        return ranks;
    }

    public static bool IsTooLong(string rank) => rank.Length > Longest;

    private static string? Stride(string from, int direction)
    {
        var value = Read(from) + (direction * (Step + (long)RandomNumberGenerator.GetInt32(Step)));
        return value is > 0 and < Whole ? Write(value) + Jitter() : null;
    }

    /// <summary>Digit by digit: follow <paramref name="low"/> until there is room below <paramref name="high"/>, then take a digit in the middle.</summary>
    private static string Middle(string low, string? high)
    {
        var text = new System.Text.StringBuilder();
        for (var at = 0; ; at++)
        {
            var floor = at < low.Length ? Digits.IndexOf(low[at], StringComparison.Ordinal) : 0;
            var ceiling = high is null ? Base : at < high.Length ? Digits.IndexOf(high[at], StringComparison.Ordinal) : 0;
            if (ceiling - floor > 1)
            {
                var room = ceiling - floor - 1;
                text.Append(Digits[floor + 1 + (room / 3) + RandomNumberGenerator.GetInt32(Math.Max(1, room / 3))]);
                return text.Append(Jitter()).ToString();
            }

            text.Append(Digits[floor]);
            if (floor < ceiling) high = null;
        }
    }

    /// <summary>Never a zero, so that something always fits before it.</summary>
    private static char Jitter() => Digits[1 + RandomNumberGenerator.GetInt32(Base - 1)];

    private static long Read(string rank)
    {
        long value = 0;
        for (var i = 0; i < Width; i++) value = (value * Base) + (i < rank.Length ? Digits.IndexOf(rank[i], StringComparison.Ordinal) : 0);
        return value;
    }

    private static string Write(long value)
    {
        Span<char> text = stackalloc char[Width];
        for (var i = Width - 1; i >= 0; i--, value /= Base) text[i] = Digits[(int)(value % Base)];
        return new(text);
    }
}
