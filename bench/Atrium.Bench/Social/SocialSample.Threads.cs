using Atrium.Kernel;

namespace Atrium.Bench.Social;

/// <summary>What is talked about: a long thread, and things of another room.</summary>
internal sealed partial record SocialSample
{
    public const int Answers = 1_000;
    private const int Things = 50;
    private const long FirstThing = 2_000_000;

    /// <summary>A post with 1,000 answers by several, each answered by two more.</summary>
    public async Task<string> ThreadAsync(BenchHouse house, CancellationToken ct)
    {
        var root = (await Authors[0].Person.PostAsync("/api/v1/statuses", new { status = "What do you think?" })).Ok()["id"];
        List<string> templates = [];
        for (var i = 0; i < 4; i++)
            templates.Add((await Authors[i].Person.PostAsync("/api/v1/statuses", new { status = $"I think so too, says number {i}. And that is what I have to say about it.", in_reply_to_id = root })).Ok()["id"]);
        await house.SettledAsync();
        var which = string.Join(", ", templates);
        // Ids right after the first post's: before all that is written later.
        var number = $"((n.n - 1) * {templates.Count} + (SELECT COUNT(*) FROM social_status b WHERE b.id IN ({which}) AND b.id <= t.id))";
        await Rows.CopyAsync(house, "social_status", $"t.id IN ({which})", Answers, new()
        {
            ["id"] = $"{root} + {number}", ["uri"] = $"'/thread/{root}/' || {number}", ["url"] = $"'/thread/{root}/' || {number}", ["in_reply_to"] = $"{root} + {number} / 2",
        }, ct);
        await house.ExecuteAsync($"INSERT INTO social_status_stats (status_id, replies, boosts, favourites, quotes) SELECT id, 2, 0, 0, 0 FROM social_status WHERE uri LIKE '/thread/{root}/%'", ct);
        foreach (var template in templates) await house.ExecuteAsync($"DELETE FROM social_status WHERE id = {template}", ct);
        return root;
    }

    /// <summary>Things that are discussed, each with a root of its own.</summary>
    public async Task<IReadOnlyList<Thing>> DiscussedAsync(BenchHouse house, CancellationToken ct)
    {
        var root = (await Authors[0].Person.PostAsync("/api/v1/statuses", new { status = "Stands for a thing" })).Ok()["id"];
        await Rows.CopyAsync(house, "social_status", $"t.id = {root}", Things, new() { ["id"] = $"{FirstThing} + n.n", ["kind"] = "'Root'", ["uri"] = "'/thing/' || n.n", ["discussion_id"] = $"{FirstThing} + n.n" }, ct);
        await house.ExecuteAsync($"INSERT INTO social_status_stats (status_id, replies, boosts, favourites, quotes) SELECT id, 0, 1, 2, 0 FROM social_status WHERE id > {FirstThing} AND id <= {FirstThing + Things}", ct);
        await house.ExecuteAsync(
            $"""
             INSERT INTO social_discussion (id, thing, root_id, audience, may_comment, state, comments, created_at)
             SELECT id, 'bench:' || id, id, 0, 'Members', 'Open', 3, created_at FROM social_status WHERE id > {FirstThing} AND id <= {FirstThing + Things}
             """,
            ct);
        return [.. Enumerable.Range(1, Things).Select(n => new Thing("bench", FirstThing + n))];
    }
}
