namespace Atrium.Kernel;

/// <summary>
/// Makes the 64 bits of an id: <c>unix_ms &lt;&lt; 16 | node (6) &lt;&lt; 10 | sequence (10)</c>.
/// A millisecond that runs out of sequence borrows from the next, so ids never repeat and never go back.
/// </summary>
public static class IdClock
{
    internal const int TimeShift = 16;
    private const int NodeShift = 10;
    private const long NodeMask = 63L << NodeShift;
    private static long _last;
    private static long _node;

    /// <summary>Which of at most 64 servers on one database this process is. Set once, at start.</summary>
    public static void UseNode(int node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(node);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(node, 63);
        Interlocked.Exchange(ref _node, (long)node << NodeShift);
    }

    /// <summary>The smallest id that could have been made at <paramref name="instant"/>: for ranges over ids.</summary>
    public static long FloorAt(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() << TimeShift;

    internal static long Next()
    {
        // Milliseconds and sequence count as one number; the node's bits are laid between them afterwards.
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << NodeShift;
        long seen, next;
        do
        {
            seen = Volatile.Read(ref _last);
            next = Math.Max(seen + 1, now);
        }
        while (Interlocked.CompareExchange(ref _last, next, seen) != seen);

        return ((next >> NodeShift) << TimeShift) | (Volatile.Read(ref _node) & NodeMask) | (next & 1023);
    }
}
