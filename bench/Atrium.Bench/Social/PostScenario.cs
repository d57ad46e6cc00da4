namespace Atrium.Bench.Social;

/// <summary>Posts by authors whom 500 follow: in all homes when it is answered.</summary>
internal sealed class PostScenario : IScenario
{
    public string Name => "social-post";

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var authors = (await stage.SocialAsync(ct)).Authors;
        var template = (await authors[0].Person.PostAsync("/api/v1/statuses", new { status = "A template" })).Ok()["id"];
        var statements = (await authors[0].Person.PostAsync("/api/v1/statuses", new { status = "Once" })).Ok().Statements;
        var turn = 0;
        var ours = await Driver.RunAsync(
            stage.Time, stage.Connections,
            async (caller, _) => (await authors[caller % authors.Count].Person.PostAsync("/api/v1/statuses", new { status = $"Number {Interlocked.Increment(ref turn)}" })).Ok(), ct);
        var floor = await Driver.RunAsync(
            stage.Time, stage.Connections, async (_, token) => (await stage.Floor.Http.PostAsync($"/social/post/{template}", null, token)).EnsureSuccessStatusCode(), ct);
        Figures.Compare(Name, ours, floor, $"{statements} statements, 501 homes each");
    }
}
