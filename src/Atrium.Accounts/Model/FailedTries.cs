namespace Atrium.Accounts.Model;

/// <summary>Tries at one secret since the last right one. Names that do not exist are counted like those that do.</summary>
internal sealed class FailedTries
{
    private const int Free = 5;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public required string Key { get; init; }

    public int Count { get; set; }

    public DateTimeOffset LastAt { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>How long the door stays shut after the <paramref name="count"/>th wrong try: nothing, then 30 s, doubling up to 30 min.</summary>
    public static TimeSpan DelayAfter(int count) => count < Free
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(count - Free, 20))));
}
