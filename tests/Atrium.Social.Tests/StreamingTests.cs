using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Social.Tests;

public sealed class StreamingTests(SocialHouse house)
{
    [Fact]
    public async Task A_socket_hears_posts_notifications_edits_and_deletions_of_whom_it_follows()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        await ben.FollowAsync(ada);
        using var socket = await ListenAsync(ben, "?stream=user");
        using var other = await ListenAsync(cleo, "?stream=user");
        var id = await ada.TootAsync($"hello @{ben.Handle}", "private");
        var heard = await HearAsync(socket, 2);
        Assert.Equal(["notification", "update"], heard.Select(h => h.Event).Order());
        var update = heard.First(h => h.Event == "update");
        Assert.Equal(["user"], update.Stream);
        Assert.Equal(id, JsonDocument.Parse(update.Payload!).RootElement.GetProperty("id").GetString());

        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = "hello again" })).Ok();
        Assert.Equal("status.update", (await HearAsync(socket, 1))[0].Event);
        (await ada.DeleteAsync($"/api/v1/statuses/{id}")).Ok();
        Assert.Equal(("delete", id), (await HearAsync(socket, 1)) is [var gone] ? (gone.Event, gone.Payload) : default);

        // Who may not see it heard nothing of all this.
        var direct = await ada.TootAsync($"for @{ben.Handle} alone", "direct");
        Assert.Equal(2, (await HearAsync(socket, 2)).Count);
        (await ada.DeleteAsync($"/api/v1/statuses/{direct}")).Ok();
        var own = await cleo.TootAsync("to myself");
        Assert.Contains(own, (await HearAsync(other, 1))[0].Payload!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribing_by_frame_names_stream_and_parameter_and_unknown_ones_are_refused()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        using var socket = await ListenAsync(ben, "");
        var tag = $"live{ada.Handle}";
        await SendAsync(socket, """{"type":"subscribe","stream":"nonsense"}""");
        Assert.Contains("Unknown channel requested", await ReadAsync(socket), StringComparison.Ordinal);
        await SendAsync(socket, JsonSerializer.Serialize(new { type = "subscribe", stream = "hashtag", tag }));
        await SendAsync(socket, """{"type":"subscribe","stream":"nonsense"}""");
        await ReadAsync(socket);
        await ada.TootAsync($"about #{tag}");
        Assert.Equal(["hashtag", tag], (await HearAsync(socket, 1))[0].Stream);
    }

    [Fact]
    public async Task What_somebody_writes_to_the_reader_alone_is_in_no_list()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ben.FollowAsync(ada);
        var list = (await ben.PostAsync("/api/v1/lists", new { title = "Crew" })).Ok()["id"];
        (await ben.PostAsync($"/api/v1/lists/{list}/accounts", new { account_ids = (string[])[await ada.AccountIdAsync()] })).Ok();
        using var socket = await ListenAsync(ben, $"?stream=list&list={list}");
        var psst = await ada.TootAsync($"@{ben.Handle} psst", "direct");
        var open = await ada.TootAsync("To all");
        Assert.Contains(open, (await HearAsync(socket, 1))[0].Payload!, StringComparison.Ordinal);
        Assert.Equal([open], await ben.IdsAsync($"/api/v1/timelines/list/{list}"));
        Assert.Contains(psst, await ben.IdsAsync("/api/v1/timelines/home"));
    }

    [Fact]
    public async Task A_deletion_is_heard_wherever_the_post_was_and_nowhere_else()
    {
        var (ada, booster) = (await house.PersonAsync("ada"), await house.PersonAsync("booster"));
        var readers = new Dictionary<string, Person>();
        foreach (var name in (string[])["follower", "grouped", "tagged", "boosted", "listed", "stranger"])
        {
            readers[name] = await house.PersonAsync(name);
            await readers[name].AccountIdAsync();
        }

        var tag = $"gone{ada.Handle}";
        var group = await house.InScopeAsync(s => ((Contracts.Accounts.IMemberRegistry)s.GetService(typeof(Contracts.Accounts.IMemberRegistry))!).AddGroupAsync($"g{ada.Handle}", "Bakers", [ada.Id, readers["grouped"].Id], CancellationToken.None));
        foreach (var name in (string[])["follower", "listed"]) await readers[name].FollowAsync(ada);
        await readers["boosted"].FollowAsync(booster);
        (await readers["tagged"].PostAsync($"/api/v1/tags/{tag}/follow")).Ok();
        var list = (await readers["listed"].PostAsync("/api/v1/lists", new { title = "Bakers", exclusive = true })).Ok()["id"];
        (await readers["listed"].PostAsync($"/api/v1/lists/{list}/accounts", new { account_ids = (string[])[await ada.AccountIdAsync()] })).Ok();
        var sockets = new Dictionary<string, ClientWebSocket>();
        foreach (var (name, reader) in readers) sockets[name] = await ListenAsync(reader, name == "listed" ? $"?stream=list&list={list}" : "?stream=user");

        var open = await ada.TootAsync($"For all #{tag}");
        (await booster.PostAsync($"/api/v1/statuses/{open}/reblog")).Ok();
        var inner = await ada.TootAsync("Among us", audience: $"group:{group}");
        var gone = new Dictionary<string, string[]> { ["follower"] = [open], ["grouped"] = [inner], ["tagged"] = [open], ["boosted"] = [open], ["listed"] = [open], ["stranger"] = [] };
        foreach (var (name, ids) in gone) Assert.Equal(ids.Select(_ => "update"), (await HearAsync(sockets[name], ids.Length)).Select(h => h.Event));
        foreach (var id in (string[])[open, inner]) (await ada.DeleteAsync($"/api/v1/statuses/{id}")).Ok();
        foreach (var (name, ids) in gone)
        {
            var own = await readers[name].TootAsync(name == "listed" ? "nothing" : "my own");
            Assert.Equal(ids.Select(i => ("delete", i)), (await HearAsync(sockets[name], ids.Length)).Select(h => (h.Event, h.Payload!)));
            if (name != "listed") Assert.Contains(own, (await HearAsync(sockets[name], 1))[0].Payload!, StringComparison.Ordinal);
            sockets[name].Dispose();
        }
    }

    [Fact]
    public async Task A_private_message_is_heard_as_a_conversation_by_those_in_it_on_both_sides()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        var sockets = new Dictionary<Person, ClientWebSocket>();
        foreach (var person in (Person[])[ada, ben, cleo]) sockets[person] = await ListenAsync(person, "?stream=direct");
        var id = await ada.TootAsync($"@{ben.Handle} psst", "direct");
        await ada.TootAsync($"@{ben.Handle} aloud");
        foreach (var (person, unread, other) in ((Person, bool, Person)[])[(ada, false, ben), (ben, true, ada)])
        {
            var heard = (await HearAsync(sockets[person], 1))[0];
            Assert.Equal(("direct", "conversation"), (Assert.Single(heard.Stream), heard.Event));
            var talk = JsonDocument.Parse(heard.Payload!).RootElement;
            Assert.Equal(["accounts", "id", "last_status", "unread"], talk.Keys());
            Assert.Equal((unread, id, other.Handle), (talk.GetProperty("unread").GetBoolean(), talk.GetProperty("last_status").GetProperty("id").GetString(), talk.GetProperty("accounts")[0].GetProperty("username").GetString()));
        }

        // An answer is heard on both sides as well, and nobody else hears any of it.
        var answer = await ben.TootAsync($"@{ada.Handle} what", "direct", inReplyTo: id);
        foreach (var person in (Person[])[ada, ben])
            Assert.Equal(answer, JsonDocument.Parse((await HearAsync(sockets[person], 1))[0].Payload!).RootElement.GetProperty("last_status").GetProperty("id").GetString());
        var own = await cleo.TootAsync($"@{ada.Handle} me too", "direct");
        Assert.Contains(own, (await HearAsync(sockets[cleo], 1))[0].Payload!, StringComparison.Ordinal);
        foreach (var socket in sockets.Values) socket.Dispose();
    }

    [Fact]
    public async Task An_announcement_its_change_its_signs_and_its_end_are_heard_by_all_who_listen()
    {
        // A house of its own: what everyone hears would be heard in every other test.
        await using var own = new WaitingHouse();
        await own.InitializeAsync();
        var (admin, ada, ben) = (await own.PersonAsync("admin", Kernel.Role.Administrator), await own.PersonAsync("ada"), await own.PersonAsync("ben"));
        using var socket = await ListenAsync(ada, "?stream=user");
        using var elsewhere = await ListenAsync(ben, "?stream=public");
        var id = (await admin.PostAsync("/api/social/announcements", new { text = "A **feast**" })).Is(System.Net.HttpStatusCode.Created)["id"];
        (await admin.PutAsync($"/api/social/announcements/{id}", new { text = "A **great feast**" })).Ok();
        (await admin.PutAsync($"/api/social/announcements/{id}/publication")).Ok();
        var told = (await HearAsync(socket, 1, announced: true))[0];
        Assert.Equal("announcement", told.Event);
        var shown = JsonDocument.Parse(told.Payload!).RootElement;
        Assert.Equal(id, shown.GetProperty("id").GetString());
        Assert.Contains("<strong>great feast</strong>", shown.GetProperty("content").GetString(), StringComparison.Ordinal);

        foreach (var person in (Person[])[ada, ben]) (await person.PutAsync($"/api/v1/announcements/{id}/reactions/{Uri.EscapeDataString("🎉")}")).Ok();
        // The same sign by the same person says nothing new.
        (await ada.PutAsync($"/api/v1/announcements/{id}/reactions/{Uri.EscapeDataString("🎉")}")).Ok();
        (await ada.DeleteAsync($"/api/v1/announcements/{id}/reactions/{Uri.EscapeDataString("🎉")}")).Ok();
        var signs = await HearAsync(socket, 3, announced: true);
        Assert.All(signs, s => Assert.Equal("announcement.reaction", s.Event));
        Assert.Equal([1, 2, 1], signs.Select(s => JsonDocument.Parse(s.Payload!).RootElement).Select(s => (s.GetProperty("announcement_id").GetString(), s.GetProperty("name").GetString()) == (id, "🎉") ? s.GetProperty("count").GetInt32() : -1));

        (await admin.DeleteAsync($"/api/social/announcements/{id}/publication")).Ok();
        Assert.Equal(("announcement.delete", id), (await HearAsync(socket, 1, announced: true)) is [var gone] ? (gone.Event, gone.Payload) : default);
        // Who listens to nothing but public posts hears of none of it.
        var post = await ben.TootAsync("To all");
        Assert.Contains(post, (await HearAsync(elsewhere, 1, announced: true))[0].Payload!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_sent_events_have_a_space_after_the_colon_and_a_line_of_data()
    {
        var ada = await house.PersonAsync("ada");
        using var response = await ada.Http.GetAsync("/api/v1/streaming/user", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(":)", await reader.ReadLineAsync());
        var id = await ada.TootAsync("to myself");
        Assert.Equal("event: update", await reader.ReadLineAsync());
        var data = await reader.ReadLineAsync();
        Assert.StartsWith("data: {", data, StringComparison.Ordinal);
        Assert.Contains(id, data, StringComparison.Ordinal);
        Assert.Equal("", await reader.ReadLineAsync());
        Assert.Contains("Unknown channel requested", (await ada.GetAsync("/api/v1/streaming/nonsense")).Is(System.Net.HttpStatusCode.BadRequest)["error"], StringComparison.Ordinal);
        Assert.Equal("OK", (await ada.GetAsync("/api/v1/streaming/health")).Ok().Body);
    }

    [Fact]
    public async Task A_revoked_token_closes_its_socket_and_its_stream_within_two_seconds()
    {
        var ada = await house.PersonAsync("ada");
        var token = await house.InScopeAsync(s => ((Contracts.Accounts.IMemberRegistry)s.GetService(typeof(Contracts.Accounts.IMemberRegistry))!).AddTokenAsync(ada.Id, "phone", ["read", "write"], CancellationToken.None));
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(token);
        await socket.ConnectAsync(new(house.Url.Replace("http", "ws", StringComparison.Ordinal) + "/api/v1/streaming?stream=user"), CancellationToken.None);
        Assert.Equal(token, socket.SubProtocol);
        using var app = house.Stranger();
        app.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var events = await app.Http.GetAsync("/api/v1/streaming/user", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await events.Content.ReadAsStreamAsync());
        await ada.TootAsync("still here");
        Assert.Single(await HearAsync(socket, 1));
        Assert.Equal(":)", await lines.ReadLineAsync());
        Assert.Equal("event: update", await lines.ReadLineAsync());
        Assert.StartsWith("data: ", await lines.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal("", await lines.ReadLineAsync());
        var id = (await ada.GetAsync("/api/accounts/tokens")).Ok().Json.GetProperty("items")[0].GetProperty("id").GetString();
        (await ada.DeleteAsync($"/api/accounts/tokens/{id}")).Ok();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[4096], patience.Token)).MessageType);
        Assert.Null(await lines.ReadLineAsync(patience.Token));
    }

    [Fact]
    public async Task A_suspended_member_s_socket_closes()
    {
        var (ada, admin) = (await house.PersonAsync("ada"), await house.PersonAsync("admin", Kernel.Role.Administrator));
        var token = await house.InScopeAsync(s => ((Contracts.Accounts.IMemberRegistry)s.GetService(typeof(Contracts.Accounts.IMemberRegistry))!).AddTokenAsync(ada.Id, "phone", ["read", "write"], CancellationToken.None));
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(token);
        await socket.ConnectAsync(new(house.Url.Replace("http", "ws", StringComparison.Ordinal) + "/api/v1/streaming?stream=user"), CancellationToken.None);
        (await admin.PutAsync($"/api/accounts/admin/members/{ada.Id}/suspension", new { reason = "Enough" })).Ok();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[4096], patience.Token)).MessageType);
        using var app = house.Stranger();
        app.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        Assert.Contains("suspended", (await app.GetAsync("/api/v1/timelines/home")).Is(System.Net.HttpStatusCode.Forbidden)["error"], StringComparison.Ordinal);
    }

    internal static async Task<ClientWebSocket> ListenAsync(Person person, string query)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", string.Join("; ", person.Http.DefaultRequestHeaders.GetValues("Cookie")));
        await socket.ConnectAsync(new(person.House.Url.Replace("http", "ws", StringComparison.Ordinal) + "/api/v1/streaming" + query), CancellationToken.None);
        return socket;
    }

    internal static Task SendAsync(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    internal static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[64 * 1024];
        var length = 0;
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), patience.Token);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    /// <param name="announced">Whether announcements count: in a house that is shared, those of other tests are heard by everyone.</param>
    internal static async Task<IReadOnlyList<Frame>> HearAsync(ClientWebSocket socket, int count, bool announced = false)
    {
        List<Frame> heard = [];
        while (heard.Count < count)
        {
            var frame = JsonSerializer.Deserialize<Frame>(await ReadAsync(socket), JsonSerializerOptions.Web)!;
            if (announced || !frame.Event.StartsWith("announcement", StringComparison.Ordinal)) heard.Add(frame);
        }

        return heard;
    }

    internal sealed record Frame(string[] Stream, string Event, string? Payload);
}
