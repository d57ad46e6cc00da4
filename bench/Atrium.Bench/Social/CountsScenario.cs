using Atrium.Contracts.Social;
using Atrium.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Bench.Social;

/// <summary>What a list of 50 things asks of their threads: comments and likes of each, through the door. No HTTP on either side.</summary>
internal sealed class CountsScenario : IScenario
{
    public string Name => "social-counts";

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var sample = await stage.SocialAsync(ct);
        var things = await sample.DiscussedAsync(stage.House, ct);
        var actor = sample.Reader.Actor;
        var ours = await Driver.RunAsync(stage.Time, 1, async (_, token) => await AskAsync(token), ct);
        var keys = string.Join(", ", things.Select(t => $"'{t}'"));
        var floor = await Driver.RunAsync(
            stage.Time, 1,
            async (_, token) =>
            {
                await using var connection = await stage.House.ConnectAsync(token);
                await using var command = connection.CreateCommand();
                command.CommandText = $"SELECT d.thing, d.comments, s.favourites, s.boosts FROM social_discussion d JOIN social_status_stats s ON s.status_id = d.root_id WHERE d.thing IN ({keys})";
                await using var reader = await command.ExecuteReaderAsync(token);
                while (await reader.ReadAsync(token)) reader.GetInt32(1);
            },
            ct);
        Figures.Compare(Name, ours, floor, $"{things.Count} things, one caller");

        Task<bool> AskAsync(CancellationToken token) => stage.House.InScopeAsync(
            async services => (await services.GetRequiredService<IDiscussions>().CountsAsync(things, actor, token)).Count == things.Count ? true : throw new InvalidOperationException("A thread is missing."), actor);
    }
}
