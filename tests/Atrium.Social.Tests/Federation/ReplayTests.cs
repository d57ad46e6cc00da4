using System.Net;
using System.Text.Json.Nodes;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests.Federation;

/// <summary>A message that is handed over again, because a crash came between doing it and noting that it was done, does nothing.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private const int Times = 5;
    private readonly PatientHouse _house = new();
    private HostilePeer _peer = null!;

    public async ValueTask InitializeAsync()
    {
        await _house.InitializeAsync();
        _peer = await HostilePeer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task An_activity_applied_five_times_is_applied_once()
    {
        var (ada, eve) = (await _house.PersonAsync("ada"), _peer.Actor("eve"));
        var post = $"{_house.Url}/users/{ada.Handle}/statuses/{await ada.TootAsync("Hello")}";
        var poll = $"{_house.Url}/users/{ada.Handle}/statuses/{(await ada.PostAsync("/api/v1/statuses", new { status = "Tea?", poll = new { options = (string[])["yes", "no"], expires_in = 3600 } })).Ok()["id"]}";
        var me = $"{_house.Url}/users/{ada.Handle}";
        var note = eve.Note("An answer", post, me);
        note["tag"] = new JsonArray(new JsonObject { ["type"] = "Mention", ["href"] = me, ["name"] = ada.Handle });
        var edited = note.DeepClone().AsObject();
        (edited["content"], edited["updated"]) = ("Another answer", NoteWriter.Time(_house.Time.GetUtcNow().AddMilliseconds(1)));
        var vote = new JsonObject { ["id"] = eve.NewId("votes"), ["type"] = "Note", ["attributedTo"] = eve.Id, ["name"] = "no", ["inReplyTo"] = poll, ["to"] = new JsonArray(me) };
        foreach (var (type, what) in new (string, JsonNode)[] { ("Follow", me), ("Like", post), ("Announce", post), ("Create", note), ("Update", edited), ("Create", vote), ("Block", me) })
        {
            var activity = eve.Activity(type, what);
            Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, activity));
            await _house.DrainAsync();
            var (row, before) = await _house.InScopeAsync(async sp => (await sp.GetRequiredService<SocialDb>().InboxActivities.SingleAsync(a => a.ActivityId == (string)activity["id"]!), await RowsAsync(sp)));
            Assert.Equal("applied", row.Result);
            for (var i = 0; i < Times; i++)
            {
                await _house.InScopeAsync(async sp =>
                {
                    var from = await sp.GetRequiredService<SocialDb>().Accounts.Where(a => a.Uri == eve.Id).Select(a => a.Id).SingleAsync();
                    await ActivatorUtilities.CreateInstance<ApplyActivity>(sp).HandleAsync(new(row.Id, from, activity.ToJsonString()), new(Id<OutboxMessage>.New(), 1, _house.Time.GetUtcNow()), CancellationToken.None);
                    return true;
                });
                await _house.DrainAsync();
            }

            Assert.Equal(before, await _house.InScopeAsync(RowsAsync));
        }
    }

    [Fact]
    public async Task A_delivery_carried_five_times_is_carried_once()
    {
        var (ada, eve) = (await _house.PersonAsync("ada"), _peer.Actor("eve"));
        await ada.AccountIdAsync();
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, eve.Activity("Follow", $"{_house.Url}/users/{ada.Handle}")));
        await _house.DrainAsync();
        await ada.TootAsync("Hello");
        await _house.DrainAsync();
        var sent = _peer.Received.Count;
        Assert.Equal(2, sent);
        foreach (var (row, attempts) in await _house.InScopeAsync(async sp => (await sp.GetRequiredService<SocialDb>().Deliveries.ToListAsync()).ConvertAll(d => (d.Id, d.Attempts))))
            for (var i = 0; i < Times; i++)
                foreach (var attempt in (int[])[0, attempts])
                    await _house.InScopeAsync(async sp =>
                    {
                        await ActivatorUtilities.CreateInstance<DeliverActivity>(sp).HandleAsync(new(row, attempt), new(Id<OutboxMessage>.New(), 1, _house.Time.GetUtcNow()), CancellationToken.None);
                        return true;
                    });
        await _house.DrainAsync();
        Assert.Equal(sent, _peer.Received.Count);
    }

    [Fact]
    public async Task Activities_that_come_three_times_in_any_order_end_alike()
    {
        var (ada, seeds) = (await _house.PersonAsync("ada"), new Random(5));
        var me = $"{_house.Url}/users/{ada.Handle}";
        for (var round = 0; round < 5; round++)
        {
            var eve = _peer.Actor($"eve{round}");
            var (one, other) = (await ada.TootAsync($"One {round}"), await ada.TootAsync($"Other {round}"));
            var (first, second) = ($"{me}/statuses/{one}", $"{me}/statuses/{other}");
            var (note, gone) = (eve.Note("Said so", first, me), eve.Note("Never said", first, me));
            note["published"] = NoteWriter.Time(_house.Time.GetUtcNow());
            var edited = note.DeepClone().AsObject();
            (edited["content"], edited["updated"]) = ("Said otherwise", NoteWriter.Time(_house.Time.GetUtcNow().AddSeconds(1)));
            // As its server shows it from now on.
            _peer.Serve(new Uri((string)note["id"]!).AbsolutePath, edited.DeepClone().AsObject());
            var (like, boost) = (eve.Activity("Like", first), eve.Activity("Announce", first));
            List<JsonObject> all =
            [
                like, eve.Activity("Undo", like.DeepClone()), eve.Activity("Like", second), boost, eve.Activity("Undo", boost.DeepClone()), eve.Activity("Announce", second), eve.Activity("Create", note),
                eve.Activity("Update", edited), eve.Activity("Create", gone), eve.Activity("Delete", new JsonObject { ["id"] = (string)gone["id"]!, ["type"] = "Tombstone" }), eve.Activity("Follow", me),
            ];
            var order = all.Concat(all).Concat(all).ToArray();
            seeds.Shuffle(order);
            // The same words signed twice in a second are one signature, which is taken once.
            var at = TimeProvider.System.GetUtcNow();
            foreach (var activity in order)
            {
                Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, activity.DeepClone().AsObject(), at: at = at.AddSeconds(-1)));
                await _house.DrainAsync();
            }

            var told = $"round {round}: {string.Join(' ', order.Select(a => (string)a["type"]!))}";
            Assert.True((1, 0, 0) == await CountsAsync(one), told + (await CountsAsync(one)));
            Assert.True((0, 1, 1) == await CountsAsync(other), told + (await CountsAsync(other)));
            var answer = Assert.Single((await ada.GetAsync($"/api/v1/statuses/{one}/context")).Ok().Json.GetProperty("descendants").EnumerateArray());
            Assert.True(answer.GetProperty("content").GetString()!.Contains("Said otherwise", StringComparison.Ordinal), told);
            Assert.Equal(round + 1, (await ada.GetAsync("/api/v1/accounts/verify_credentials")).Ok().Json.GetProperty("followers_count").GetInt32());
        }

        async Task<(int Replies, int Boosts, int Favourites)> CountsAsync(string id)
        {
            var post = (await ada.GetAsync($"/api/v1/statuses/{id}")).Ok().Json;
            return (post.GetProperty("replies_count").GetInt32(), post.GetProperty("reblogs_count").GetInt32(), post.GetProperty("favourites_count").GetInt32());
        }
    }

    private static async Task<string> RowsAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<SocialDb>();
        List<string> parts = [];
        foreach (var count in (IQueryable<object>[])[db.Accounts, db.Statuses, db.StatusEdits, db.Mentions, db.Media, db.Favourites, db.Follows, db.Blocks, db.Notices, db.PollVotes, db.HomeEntries, db.InboxActivities, db.Tombstones])
            parts.Add($"{count.ElementType.Name} {await count.CountAsync()}");
        foreach (var stats in await db.StatusStats.OrderBy(s => s.StatusId).ToListAsync()) parts.Add($"{stats.StatusId}: {stats.Replies} {stats.Boosts} {stats.Favourites}");
        foreach (var stats in await db.AccountStats.OrderBy(s => s.AccountId).ToListAsync()) parts.Add($"{stats.AccountId}: {stats.Followers} {stats.Following} {stats.Statuses}");
        foreach (var option in await db.PollOptions.OrderBy(o => o.PollId).ThenBy(o => o.Index).ToListAsync()) parts.Add($"{option.Title} {option.Votes}");
        return string.Join('\n', parts);
    }
}
