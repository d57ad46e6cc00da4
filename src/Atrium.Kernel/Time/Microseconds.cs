namespace Atrium.Kernel.Time;

/// <summary>Instants as the house stores them where a column is a number: microseconds since 1970, UTC.</summary>
public static class Microseconds
{
    private const int TicksEach = 10;

    public static long Of(DateTimeOffset at) => (at.UtcTicks - DateTime.UnixEpoch.Ticks) / TicksEach;

    public static DateTimeOffset ToInstant(long microseconds) => new((microseconds * TicksEach) + DateTime.UnixEpoch.Ticks, TimeSpan.Zero);
}
