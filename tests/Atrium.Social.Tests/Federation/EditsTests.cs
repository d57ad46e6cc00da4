using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atrium.Testing;

namespace Atrium.Social.Tests.Federation;

/// <summary>What an edit changes where the post was sent, and whom it tells.</summary>
[Collection(FederationCollection.Name)]
public sealed class EditsTests(TwoHouses houses)
{
    [Fact]
    public async Task Pictures_their_words_and_all_else_a_post_holds_are_changed_elsewhere_too()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        await houses.FollowAsync(ben, ada);
        var (first, second) = ((await MediaTests.UploadAsync(ada, "A square"))["id"], (await MediaTests.UploadAsync(ada, "A circle"))["id"]);
        var id = (await ada.PostAsync("/api/v1/statuses", new { status = "Look", media_ids = (string[])[first], language = "en" })).Ok()["id"];
        await houses.SettleAsync();
        var there = await ben.FindAsync(ada, id);
        var shown = Assert.Single((await ReadAsync(ben, there)).GetProperty("media_attachments").EnumerateArray());

        await EditAsync(new
        {
            status = "Look", sensitive = true, language = "de", media_ids = (string[])[second, first], media_attributes = (object[])[new { id = first, description = "A grey square", focus = "0.25,0.5" }],
        });
        var read = await ReadAsync(ben, there);
        Assert.Equal(["A circle", "A grey square"], Descriptions(read));
        Assert.Equal((true, "de"), (read.GetProperty("sensitive").GetBoolean(), read.GetProperty("language").GetString()));
        // What was there before is still the same picture to apps.
        Assert.Equal(shown.GetProperty("id").GetString(), read.GetProperty("media_attachments")[1].GetProperty("id").GetString());
        Assert.Equal(0.25, read.GetProperty("media_attachments")[1].GetProperty("meta").GetProperty("focus").GetProperty("x").GetDouble());

        await EditAsync(new { status = "Look", media_ids = (string[])[second] });
        Assert.Equal(["A circle"], Descriptions(await ReadAsync(ben, there)));
        var history = (await ben.GetAsync($"/api/v1/statuses/{there}/history")).Ok().Json;
        Assert.Equal([1, 2, 1], history.EnumerateArray().Select(v => v.GetProperty("media_attachments").GetArrayLength()));

        async Task EditAsync(object change)
        {
            (await ada.PutAsync($"/api/v1/statuses/{id}", change)).Ok();
            await houses.SettleAsync();
        }
    }

    [Fact]
    public async Task Who_is_named_by_an_edit_is_told_once_and_who_is_no_longer_named_reads_on()
    {
        var (ada, ben, cleo) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"), await houses.South.PersonAsync("cleo"));
        var dora = await houses.North.PersonAsync("dora");
        await houses.FollowAsync(ben, ada);
        await cleo.AccountIdAsync();
        // Whom nobody there knows is not shown as named.
        await ben.FindAsync(dora);
        var id = await ada.TootAsync($"@{ben.HandleAt()} hello", "private");
        await houses.SettleAsync();
        var there = await ben.FindAsync(ada, id);
        foreach (var _ in (int[])[1, 2])
        {
            (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = $"@{cleo.HandleAt()} and @{dora.Handle} hello" })).Ok();
            await houses.SettleAsync();
        }

        foreach (var told in (Person[])[ben, cleo, dora]) Assert.Equal(["mention"], (await KindsAsync(told)).Where(k => k == "mention"));
        var read = await ReadAsync(ben, there);
        Assert.Equal(new[] { cleo.Handle, dora.HandleAt() }.Order(), read.GetProperty("mentions").EnumerateArray().Select(m => m.GetProperty("acct").GetString()!).Order());
        Assert.Equal(there, (await ReadAsync(cleo, there)).GetProperty("id").GetString());
        Assert.Equal([cleo.HandleAt(), dora.Handle], (await ReadAsync(dora, id)).GetProperty("mentions").EnumerateArray().Select(m => m.GetProperty("acct").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Other_answers_are_another_question_and_the_same_ones_keep_their_votes()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        await houses.FollowAsync(ben, ada);
        var id = (await ada.PostAsync("/api/v1/statuses", new { status = "Tea?", poll = new { options = (string[])["yes", "no"], expires_in = 3600 } })).Ok()["id"];
        await houses.SettleAsync();
        var there = await ben.FindAsync(ada, id);
        (await ben.PostAsync($"/api/v1/polls/{Poll(await ReadAsync(ben, there)).GetProperty("id").GetString()}/votes", new { choices = (int[])[1] })).Ok();
        await houses.SettleAsync();
        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = "Tea at five?", poll = new { options = (string[])["yes", "no"], expires_in = 3600 } })).Ok();
        await houses.SettleAsync();
        var poll = Poll(await ReadAsync(ben, there));
        Assert.Equal((1, true), (poll.GetProperty("votes_count").GetInt32(), poll.GetProperty("voted").GetBoolean()));

        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = "Tea at five?", poll = new { options = (string[])["yes", "no", "coffee"], expires_in = 3600 } })).Ok();
        await houses.SettleAsync();
        poll = Poll(await ReadAsync(ben, there));
        Assert.Equal(["yes", "no", "coffee"], poll.GetProperty("options").EnumerateArray().Select(o => o.GetProperty("title").GetString()!));
        Assert.Equal((0, false), (poll.GetProperty("votes_count").GetInt32(), poll.GetProperty("voted").GetBoolean()));
        (await ben.PostAsync($"/api/v1/polls/{poll.GetProperty("id").GetString()}/votes", new { choices = (int[])[2] })).Ok();
        await houses.SettleAsync();
        Assert.Equal(1, Poll(await ReadAsync(ada, id)).GetProperty("options")[2].GetProperty("votes_count").GetInt32());
        Assert.Equal([2, 2, 3], (await ben.GetAsync($"/api/v1/statuses/{there}/history")).Ok().Json.EnumerateArray().Select(v => v.GetProperty("poll").GetProperty("options").GetArrayLength()));
    }

    [Fact]
    public async Task An_update_that_changes_nothing_makes_no_history_and_tells_nobody()
    {
        var ben = await houses.South.PersonAsync("ben");
        await using var peer = await HostilePeer.StartAsync();
        var eve = peer.Actor("eve");
        var note = eve.Note("<p>Quiet</p>", null, $"{houses.South.Url}/users/{ben.Handle}");
        await ben.AccountIdAsync();
        note["tag"] = new JsonArray(new JsonObject { ["type"] = "Mention", ["href"] = $"{houses.South.Url}/users/{ben.Handle}", ["name"] = ben.Handle });
        note["attachment"] = new JsonArray(new JsonObject { ["type"] = "Document", ["mediaType"] = "image/png", ["url"] = peer.Url + "/a.png", ["name"] = "A", ["width"] = 4, ["height"] = 3, ["focalPoint"] = new JsonArray(0.1, 0.2) });
        await SayAsync("Create");
        var id = (await ben.GetAsync("/api/v1/notifications")).Ok().Json[0].GetProperty("status").GetProperty("id").GetString()!;
        (await ben.PostAsync($"/api/v1/statuses/{id}/reblog")).Ok();

        note["updated"] = Stamp(1);
        await SayAsync("Update");
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(ben, id)).GetProperty("edited_at").ValueKind);
        Assert.Single((await ben.GetAsync($"/api/v1/statuses/{id}/history")).Ok().Json.EnumerateArray());
        Assert.Equal(["mention"], await KindsAsync(ben));

        // Only the words beside the picture are others: that is an edit.
        note["attachment"]![0]!["name"] = "Another";
        note["updated"] = Stamp(2);
        await SayAsync("Update");
        Assert.Equal(["Another"], Descriptions(await ReadAsync(ben, id)));
        Assert.Equal(2, (await ben.GetAsync($"/api/v1/statuses/{id}/history")).Ok().Json.GetArrayLength());
        Assert.Equal(["mention", "update"], (await KindsAsync(ben)).Order());

        async Task SayAsync(string type)
        {
            Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(houses.South, eve.Activity(type, note.DeepClone())));
            await houses.SettleAsync();
        }

        string Stamp(int milliseconds) => NoteWriter.Time(TimeProvider.System.GetUtcNow().AddMilliseconds(milliseconds));
    }

    [Fact]
    public async Task Who_quoted_a_post_is_told_once_that_it_reads_otherwise_now()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.North.PersonAsync("ben"));
        var id = await ada.TootAsync("Bread at five");
        var quote = (await ben.PostAsync("/api/v1/statuses", new { status = "See", quoted_status_id = id })).Ok()["id"];
        foreach (var words in (string[])["Bread at six", "Bread at seven"]) (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = words })).Ok();
        var told = Assert.Single((await ben.GetAsync("/api/v1/notifications?types[]=quoted_update")).Ok().Json.EnumerateArray());
        Assert.Equal((await ada.AccountIdAsync(), quote), (told.GetProperty("account").GetProperty("id").GetString()!, told.GetProperty("status").GetProperty("id").GetString()!));
        Assert.Contains("Bread at seven", told.GetProperty("status").GetProperty("quote").GetProperty("quoted_status").GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Contains("edited a post you quoted", (await ben.PageAsync("/social/notifications")).Ok().Body, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ReadAsync(Caller reader, string id) => (await reader.GetAsync($"/api/v1/statuses/{id}")).Ok().Json;

    private static JsonElement Poll(JsonElement status) => status.GetProperty("poll");

    private static IEnumerable<string> Descriptions(JsonElement status) => status.GetProperty("media_attachments").EnumerateArray().Select(m => m.GetProperty("description").GetString()!);

    private static async Task<IReadOnlyList<string>> KindsAsync(Caller reader) => [.. (await reader.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray().Select(n => n.GetProperty("type").GetString()!)];
}
