namespace Atrium.Bench.Social;

/// <summary>A thread of 1,000 answers, as a member who opens it reads it.</summary>
internal sealed class ContextScenario : IScenario
{
    public string Name => "social-context";

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var sample = await stage.SocialAsync(ct);
        var root = await sample.ThreadAsync(stage.House, ct);
        var path = $"/api/v1/statuses/{root}/context";
        var first = (await sample.Reader.GetAsync(path)).Ok();
        if (first.Json.GetProperty("descendants").GetArrayLength() != SocialSample.Answers) throw new InvalidOperationException("The thread is not whole.");
        var ours = await Driver.RunAsync(stage.Time, 1, async (_, token) => await sample.Reader.Http.GetByteArrayAsync(path, token), ct);
        var floor = await Driver.RunAsync(stage.Time, 1, async (_, token) => await stage.Floor.Http.GetByteArrayAsync($"/social/thread/{root}", token), ct);
        Figures.Compare(Name, ours, floor, $"{first.Statements} statements, {first.Bytes.Length / 1024} KiB, one caller");
    }
}
