using System.Diagnostics;
using System.Globalization;

namespace Atrium.Bench.Social;

/// <summary>A post for 5,000 followers: how long its author waits, and how long until it is in every home.</summary>
internal sealed class FanOutScenario : IScenario
{
    private const int Posts = 12;

    public string Name => "social-fanout";

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var (star, account) = (await stage.SocialAsync(ct)).Star;
        List<double> answered = [], homes = [], floor = [];
        var statements = 0;
        for (var i = -2; i < Posts; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = (await star.PostAsync("/api/v1/statuses", new { status = $"To all of you, {i}" })).Ok();
            var waited = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            while (await HeldAsync(stage, answer["id"], ct) <= SocialSample.Fans) await Task.Yield();
            if (i < 0) continue;
            statements = answer.Statements;
            answered.Add(waited);
            homes.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            (await stage.Floor.Http.PostAsync($"/social/fan/{account}", null, ct)).EnsureSuccessStatusCode();
            floor.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Name,-16} answer {Words(answered)}   in {SocialSample.Fans} homes {Words(homes)}   {statements} statements"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-16} floor  {Words(floor)} for one INSERT of {SocialSample.Fans} rows   ratio {homes.Order().ElementAt(Posts / 2) / floor.Order().ElementAt(Posts / 2):0.0} x"));
    }

    private static string Words(List<double> times) => string.Create(CultureInfo.InvariantCulture, $"p50 {times.Order().ElementAt(times.Count / 2):0.0} ms  max {times.Max():0.0} ms");

    private static Task<int> HeldAsync(Stage stage, string status, CancellationToken ct) => stage.House.CountAsync($"SELECT COUNT(*) FROM social_home_entry WHERE status_id = {status}", ct);
}
