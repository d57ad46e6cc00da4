using Atrium.Kernel.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Bench.Social;

/// <summary>A search among 100,000 posts for a word that 200 of them say.</summary>
internal sealed class SearchScenario : IScenario
{
    private const int Words = 500;

    public string Name => "social-search";

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var (house, reader) = (stage.House, (await stage.SocialAsync(ct)).Reader);
        await house.ExecuteAsync($"UPDATE social_status SET plain = plain || ' topic' || (id / 65536 % {Words}) WHERE uri LIKE '/bench/%'", ct);
        await house.ExecuteAsync("UPDATE social_account SET indexable = TRUE WHERE username LIKE 'author%'", ct);
        var indexed = await house.InScopeAsync(services => services.GetRequiredService<SearchRebuild>().RunAsync((_, _, _, _) => Task.CompletedTask, ct));
        var first = (await reader.GetAsync(Ours(7))).Ok();
        if (first.Json.GetProperty("statuses").GetArrayLength() != 20) throw new InvalidOperationException("Nothing was found.");
        var ours = await Driver.RunAsync(stage.Time, stage.Connections, async (_, token) => await reader.Http.GetByteArrayAsync(Ours(Random.Shared.Next(Words)), token), ct);
        var floor = await Driver.RunAsync(stage.Time, stage.Connections, async (_, token) => await stage.Floor.Http.GetByteArrayAsync($"/social/search/topic{Random.Shared.Next(Words)}", token), ct);
        Figures.Compare(Name, ours, floor, $"{first.Statements} statements, {indexed} documents");
    }

    private static string Ours(int word) => $"/api/v2/search?type=statuses&limit=20&q=topic{word}";
}
