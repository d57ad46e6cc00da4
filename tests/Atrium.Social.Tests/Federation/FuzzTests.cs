using System.Text;
using System.Text.Json.Nodes;
using Atrium.Kernel.Data;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests.Federation;

[Collection(FederationCollection.Name)]
public sealed class FuzzTests(TwoHouses houses)
{
    private const int Rounds = 3_000;

    [Fact]
    public async Task No_body_however_odd_is_answered_by_a_fault_of_ours()
    {
        var house = houses.North;
        await using var peer = await HostilePeer.StartAsync();
        var ada = await house.PersonAsync("ada");
        var uri = $"{house.Url}/users/{ada.Handle}/statuses/{await ada.TootAsync("A post")}";
        var eve = peer.Actor("eve");
        await Parallel.ForAsync(0, Rounds, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (round, _) =>
        {
            var random = new Random(4711 + round);
            var activity = Whole(eve, uri, $"{house.Url}/users/{ada.Handle}", random);
            for (var n = random.Next(4); n >= 0; n--) Spoil(activity, random);
            var body = Encoding.UTF8.GetBytes(activity.ToJsonString());
            if (random.Next(8) == 0 && body.Length > 0) body[random.Next(body.Length)] = (byte)random.Next(256);
            if (random.Next(20) == 0) body = body[..random.Next(body.Length)];
            var status = (int)await eve.SendAsync(house, body);
            Assert.True(status < 500, $"{status} in round {round}: {Encoding.UTF8.GetString(body)}");
        });

        await house.DrainAsync();
        // Nothing that was taken in tripped over what it found.
        var stuck = await house.InScopeAsync(sp => sp.GetRequiredService<SocialDb>().Outbox.Where(m => m.LastError != null).Select(m => m.Event + ": " + m.LastError).ToListAsync());
        Assert.Empty(stuck);
        Assert.True((await ada.GetAsync("/api/v1/notifications")).Ok().Json.GetArrayLength() > 0);
    }

    private static JsonObject Whole(HostileActor eve, string uri, string person, Random random) => random.Next(10) switch
    {
        0 => eve.Activity("Follow", person),
        1 => eve.Activity("Like", uri),
        2 => eve.Activity("Announce", uri),
        3 => eve.Activity("Undo", eve.Activity("Like", uri)),
        4 => eve.Activity("Block", random.Next(10) == 0 ? person : null),
        5 => eve.Activity("Update", eve.Document.DeepClone()),
        6 => eve.Activity("Delete", new JsonObject { ["id"] = eve.NewId("notes"), ["type"] = "Tombstone" }),
        7 => eve.Activity("Create", Question(eve, uri)),
        8 => eve.Activity("Flag", new JsonArray(person, uri)),
        _ => eve.Activity("Create", Rich(eve, uri, person)),
    };

    private static JsonObject Question(HostileActor eve, string uri)
    {
        var note = eve.Note("Which?", uri);
        note["type"] = "Question";
        note["oneOf"] = new JsonArray(new JsonObject { ["name"] = "a", ["replies"] = new JsonObject { ["totalItems"] = 3 } }, new JsonObject { ["name"] = "b" });
        note["endTime"] = "2999-01-01T00:00:00Z";
        return note;
    }

    private static JsonObject Rich(HostileActor eve, string uri, string person)
    {
        var note = eve.Note("<p>Hello <script>x</script></p>", uri, person);
        note["published"] = "2020-02-02T02:02:02Z";
        note["summary"] = "CW";
        note["contentMap"] = new JsonObject { ["de"] = "Hallo" };
        note["tag"] = new JsonArray(new JsonObject { ["type"] = "Hashtag", ["name"] = "#x" }, new JsonObject { ["type"] = "Mention", ["href"] = person });
        note["attachment"] = new JsonArray(new JsonObject { ["type"] = "Document", ["url"] = "http://127.0.0.1/x.png", ["mediaType"] = "image/png", ["width"] = 10, ["height"] = 10, ["focalPoint"] = new JsonArray(0.1, 0.2) });
        return note;
    }

    // One value somewhere becomes something else.
    private static void Spoil(JsonObject root, Random random)
    {
        var at = root;
        while (random.Next(2) == 0 && at.Select(p => p.Value).OfType<JsonObject>().ToList() is { Count: > 0 } deeper) at = deeper[random.Next(deeper.Count)];
        List<string> keys = [.. at.Select(p => p.Key).Where(k => random.Next(4) == 0 || k is not ("id" or "type" or "actor" or "attributedTo"))];
        if (keys.Count == 0) return;
        at[keys[random.Next(keys.Count)]] = random.Next(12) switch
        {
            0 => null,
            1 => JsonValue.Create(random.NextInt64(long.MinValue, long.MaxValue)),
            2 => new JsonArray(),
            3 => new JsonObject(),
            4 => JsonValue.Create(true),
            5 => JsonValue.Create("\0\u202e\ud83d"),
            6 => JsonValue.Create(new string('x', 20_000)),
            7 => new JsonArray(JsonValue.Create("a"), null, new JsonObject { ["id"] = "b" }),
            8 => JsonValue.Create("http://127.0.0.1:1/" + new string('%', 5)),
            9 => new JsonObject { ["id"] = 5, ["type"] = new JsonArray("Note", "Person") },
            10 => JsonValue.Create("0001-01-01T00:00:00+14:00"),
            _ => JsonValue.Create("https://[::"),
        };
    }
}
