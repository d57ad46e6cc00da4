using System.Diagnostics;
using System.Globalization;
using Atrium.Testing;

namespace Atrium.Bench.Social;

/// <summary>
/// The data the figures of Social are for: members who follow each other, 100,000 posts, 400,000 places in homes, one author with 5,000 followers.
/// A few rows are made through the API, and multiplied in the database.
/// </summary>
/// <param name="Reader">Whose home is full.</param>
/// <param name="Authors">Followed by 500 each, one for each caller.</param>
/// <param name="Star">Followed by 5,000.</param>
/// <param name="Voice">Followed by all who listen.</param>
internal sealed partial record SocialSample(Person Reader, IReadOnlyList<(Person Person, string Account)> Authors, (Person Person, string Account) Star, (Person Person, string Account) Voice, IReadOnlyList<Person> Listeners)
{
    public const int Fans = 5_000;
    public const int Listening = 500;
    private const int Statuses = 100_000;
    private const int Homes = 250;
    private const int HomeLength = 1_600;
    private const int Followers = 500;
    private const int Writers = 16;
    private const int FirstFan = 1_000_000;

    public static async Task<SocialSample> FillAsync(BenchHouse house, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var reader = await house.PersonAsync("reader");
        await AccountAsync(reader);
        List<(Person, string)> authors = [];
        for (var i = 0; i < Writers; i++)
        {
            var author = await house.PersonAsync("author");
            authors.Add((author, await AccountAsync(author)));
            foreach (var text in (string[])["Good morning, everyone #dawn", $"Has @{reader.Handle} seen https://example.org/news ?", "A longer thought. " + string.Concat(Enumerable.Repeat("And another word about it. ", 12))])
                (await author.PostAsync("/api/v1/statuses", new { status = text })).Ok();
            (await reader.PostAsync($"/api/v1/accounts/{authors[^1].Item2}/follow")).Ok();
        }

        var (star, voice) = (await house.PersonAsync("star"), await house.PersonAsync("voice"));
        var (starId, voiceId) = (await AccountAsync(star), await AccountAsync(voice));
        List<Person> listeners = [];
        for (var i = 0; i < Listening; i++)
        {
            var listener = await house.PersonAsync("listener");
            (await listener.PostAsync($"/api/v1/accounts/{voiceId}/follow")).Ok();
            listeners.Add(listener);
        }

        await house.DrainAsync();
        await FansAsync(house, starId, [.. authors.Select(a => a.Item2)], ct);
        await StatusesAsync(house, ct);
        await house.ExecuteAsync(house.OnPostgres ? "ANALYZE" : "PRAGMA optimize", ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Sample: {Statuses} posts, {Homes * HomeLength} places in homes, {Fans} followers of one, {Listening} who listen, in {watch.Elapsed.TotalSeconds:0.0} s"));
        return new(reader, authors, (star, starId), (voice, voiceId), listeners);
    }

    private static async Task<string> AccountAsync(Person person) => (await person.GetAsync("/api/v1/accounts/verify_credentials")).Ok()["id"];

    // People who only exist to be told: members with a home and nothing else.
    private static async Task FansAsync(BenchHouse house, string star, List<string> authors, CancellationToken ct)
    {
        await Rows.CopyAsync(house, "social_account", $"t.id = {star}", Fans, new()
        {
            ["id"] = $"{FirstFan} + n.n", ["member_id"] = $"{FirstFan} + n.n", ["username"] = "'fan' || n.n", ["username_folded"] = "'fan' || n.n", ["uri"] = "'/users/fan' || n.n", ["url"] = "'/@fan' || n.n",
        }, ct);
        await Rows.CopyAsync(house, "social_account_stats", $"t.account_id = {star}", Fans, new() { ["account_id"] = $"{FirstFan} + n.n" }, ct);
        await FollowAsync(house, star, Fans, 0, ct);
        for (var i = 0; i < authors.Count; i++) await FollowAsync(house, authors[i], Followers, i + 1, ct);
    }

    private static async Task FollowAsync(BenchHouse house, string author, int count, int turn, CancellationToken ct)
    {
        await Rows.CopyAsync(house, "social_follow", "t.id = (SELECT MIN(id) FROM social_follow)", count, new()
        {
            ["id"] = $"{(turn + 1) * FirstFan} + n.n", ["account_id"] = $"{FirstFan} + n.n", ["target_id"] = author, ["uri"] = $"'/users/fan' || n.n || '/follows/{turn}'",
        }, ct);
        await house.ExecuteAsync($"UPDATE social_account_stats SET followers = followers + {count} WHERE account_id = {author}", ct);
    }

    // Ids count milliseconds in their upper bits: a post each, before those that were written in earnest.
    private static async Task StatusesAsync(BenchHouse house, CancellationToken ct)
    {
        const string Row = "ROW_NUMBER() OVER (ORDER BY n.n, t.id)";
        await Rows.CopyAsync(house, "social_status", "t.kind = 'Note'", Statuses, new()
        {
            ["id"] = $"(SELECT MIN(id) FROM social_status) - {Statuses * 65_536L} + {Row} * 65536", ["uri"] = $"'/bench/' || {Row}", ["url"] = $"'/bench/' || {Row}",
        }, ct);
        await house.ExecuteAsync("UPDATE social_status SET conversation_id = id, thread_root = id WHERE uri LIKE '/bench/%'", ct);
        await house.ExecuteAsync("INSERT INTO social_status_stats (status_id, replies, boosts, favourites, quotes) SELECT id, 0, 0, 0, 0 FROM social_status WHERE uri LIKE '/bench/%'", ct);
        await house.ExecuteAsync(
            $"""
             INSERT INTO social_home_entry (owner_id, status_id, original_id, via_account_id, reason, in_home)
             SELECT a.id, s.id, s.id, s.account_id, 'Follow', TRUE FROM (SELECT id FROM social_account WHERE member_id IS NOT NULL AND username LIKE 'reader%' OR username LIKE 'listener%' ORDER BY id LIMIT {Homes}) a,
             (SELECT id, account_id FROM social_status WHERE uri LIKE '/bench/%' ORDER BY id DESC LIMIT {HomeLength}) s WHERE TRUE ON CONFLICT DO NOTHING
             """,
            ct);
    }
}
