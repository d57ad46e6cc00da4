using System.Globalization;

namespace Atrium.Bench.Social;

/// <summary>A home built anew for who comes back: of people who write all the time, and of people who hardly ever did. Nothing else is written meanwhile.</summary>
internal sealed class RebuildScenario : IScenario
{
    private const string Path = "/api/v1/timelines/home?limit=20";
    private const int Times = 9;

    public string Name => "social-rebuild";

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var sample = await stage.SocialAsync(ct);
        var quiet = await stage.House.PersonAsync("quiet");
        await quiet.PostAsync("/api/v1/statuses", new { status = "Hardly a word" });
        var quietId = (await quiet.GetAsync("/api/v1/accounts/verify_credentials")).Ok()["id"];
        await TimeAsync(stage, "busy", [.. sample.Authors.Select(a => a.Account)], ct);
        await TimeAsync(stage, "quiet", [quietId], ct);
    }

    private async Task TimeAsync(Stage stage, string name, IReadOnlyList<string> follows, CancellationToken ct)
    {
        List<double> times = [];
        for (var i = 0; i < Times; i++)
        {
            // Each comes back for the first time: that somebody reads their home is noted in memory.
            var reader = await stage.House.PersonAsync("back");
            var me = (await reader.GetAsync("/api/v1/accounts/verify_credentials")).Ok()["id"];
            foreach (var one in follows) (await reader.PostAsync($"/api/v1/accounts/{one}/follow")).Ok();
            await stage.House.ExecuteAsync($"DELETE FROM social_home_entry WHERE owner_id = {me}", ct);
            await stage.House.ExecuteAsync($"UPDATE social_account SET home_read_at = {(stage.House.OnPostgres ? "now() - interval '30 days'" : "created_at - 2592000000000")} WHERE id = {me}", ct);
            var start = TimeProvider.System.GetTimestamp();
            var home = (await reader.GetAsync(Path)).Ok();
            times.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            if (home.Json.GetArrayLength() == 0) throw new InvalidOperationException("The home was not built.");
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Name,-16} {name,-6} p50 {times[times.Count / 2],7:0.00} ms  longest {times[^1],7:0.00} ms"));
    }
}
