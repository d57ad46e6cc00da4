using System.Diagnostics;
using System.Globalization;
using Atrium.Tasks;
using NodaTime;

namespace Atrium.Bench.Tasks;

/// <summary>The next date of rules of every kind, near their start and fifty years on.</summary>
internal sealed class RecurrenceScenario : IScenario
{
    private const int Rounds = 2_000;

    private static readonly string[] Rules =
    [
        "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=DAILY;INTERVAL=10",
    ];

    public string Name => "recurrence";

    public Task RunAsync(Stage stage, CancellationToken ct)
    {
        foreach (var rule in Rules)
        {
            var set = new RecurrenceSet(Rrule.Parse(rule), When.Parse("1970-01-01"), [], []);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Name,-16} {rule,-40} near {Each(set, new(1970, 3, 1, 0, 0)),7:0.0} µs  fifty years on {Each(set, new(2026, 11, 23, 0, 0)),7:0.0} µs"));
        }

        return Task.CompletedTask;
    }

    private static double Each(RecurrenceSet set, LocalDateTime after)
    {
        for (var i = 0; i < Rounds; i++) set.Next(after);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Rounds; i++) set.Next(after);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Rounds;
    }
}
