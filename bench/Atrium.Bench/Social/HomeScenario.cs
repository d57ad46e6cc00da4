namespace Atrium.Bench.Social;

/// <summary>A page of 20 of a home that holds 1,600.</summary>
internal sealed class HomeScenario : IScenario
{
    private const string Path = "/api/v1/timelines/home?limit=20";

    public string Name => "social-home";

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var reader = (await stage.SocialAsync(ct)).Reader;
        var me = (await reader.GetAsync("/api/v1/accounts/verify_credentials")).Ok()["id"];
        await reader.GetAsync(Path);
        var first = (await reader.GetAsync(Path)).Ok();
        if (first.Json.GetArrayLength() != 20) throw new InvalidOperationException("The home is not full.");
        var ours = await Driver.RunAsync(stage.Time, stage.Connections, async (_, token) => await reader.Http.GetByteArrayAsync(Path, token), ct);
        var floor = await Driver.RunAsync(stage.Time, stage.Connections, async (_, token) => await stage.Floor.Http.GetByteArrayAsync($"/social/home/{me}", token), ct);
        Figures.Compare(Name, ours, floor, $"{first.Statements} statements, {first.Bytes.Length / 1024} KiB");
    }
}
