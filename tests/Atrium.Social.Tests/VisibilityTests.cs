using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>Who sees what, on every path that reads posts: exactly the cells of the one rule.</summary>
public sealed class VisibilityTests(SocialHouse house)
{
    private static readonly string[] Kinds = ["public", "unlisted", "private", "direct", "members", "group"];

    [Fact]
    public async Task Every_path_shows_exactly_what_the_rule_says()
    {
        var author = await house.PersonAsync("author");
        var readers = new Dictionary<string, Caller>
        {
            ["author"] = author, ["follower"] = await house.PersonAsync("follower"), ["mentioned"] = await house.PersonAsync("mentioned"), ["grouped"] = await house.PersonAsync("grouped"),
            ["member"] = await house.PersonAsync("member"), ["blocked"] = await house.PersonAsync("blocked"), ["anonymous"] = house.Stranger(),
        };
        foreach (var reader in readers.Values.OfType<Person>()) await reader.AccountIdAsync();
        var group = await GroupAsync(author, (Person)readers["grouped"]);
        await readers["follower"].FollowAsync(author);
        (await author.PostAsync($"/api/v1/accounts/{await readers["blocked"].AccountIdAsync()}/block")).Ok();
        var sockets = new Dictionary<Person, ClientWebSocket>();
        foreach (var reader in readers.Values.OfType<Person>()) sockets[reader] = await StreamingTests.ListenAsync(reader, "?stream=user");
        var account = await author.AccountIdAsync();
        var word = $"secret{author.Handle}";
        var tag = $"matrix{author.Handle}";
        var posts = new Dictionary<string, string>();
        foreach (var kind in Kinds)
            posts[kind] = (await author.PostAsync("/api/v1/statuses", new
            {
                status = $"{word} for {kind} #{tag} #{tag}{kind} @{((Person)readers["mentioned"]).Handle}",
                visibility = kind is "members" or "group" ? null : kind,
                audience = kind == "members" ? "members" : kind == "group" ? $"group:{group}" : null,
            })).Ok()["id"];
        await house.SettledAsync();
        // What each hears is heard by the time they hear a word of their own.
        foreach (var (reader, socket) in sockets)
        {
            var own = await reader.TootAsync("to myself", "private");
            HashSet<string> heard = [];
            while (!heard.Contains(own))
                if ((await StreamingTests.HearAsync(socket, 1))[0] is { Event: "update", Payload: { } payload }) heard.Add(JsonDocument.Parse(payload).RootElement.GetProperty("id").GetString()!);
            var name = readers.Single(r => r.Value == reader).Key;
            foreach (var (kind, id) in posts) Assert.True(heard.Contains(id) == InHome(name, kind), $"{name} {(heard.Contains(id) ? "hears" : "does not hear")} {kind}");
            socket.Dispose();
        }

        foreach (var (name, reader) in readers)
        {
            var lists = new Dictionary<string, Answer>();
            foreach (var (kind, id) in posts) await AssertAsync(reader, name, kind, id, account, author.Handle, word, tag, Sees(name, kind), lists: lists);
        }
    }

    [Fact]
    public async Task Nobody_meets_what_a_suspended_author_wrote_on_any_path()
    {
        var (author, follower, mod) = (await house.PersonAsync("author"), await house.PersonAsync("follower"), await house.PersonAsync("mod", Role.Moderator));
        await follower.FollowAsync(author);
        var group = await GroupAsync(author, follower);
        var (account, word, tag) = (await author.AccountIdAsync(), $"gone{author.Handle}", $"past{author.Handle}");
        var posts = new Dictionary<string, string>();
        foreach (var (kind, audience) in new (string, string?)[] { ("public", null), ("group", $"group:{group}"), ("members", "members") })
            posts[kind] = await author.TootAsync($"{word} for {kind} #{tag} #{tag}{kind}", audience: audience);
        await house.SettledAsync();
        foreach (var (kind, id) in posts) await AssertAsync(follower, kind == "group" ? "grouped" : "follower", kind, id, account, author.Handle, word, tag, expected: true, home: true);

        var @case = await ModerationTests.CaseAsync(mod, follower, $"account:{account}");
        (await mod.PutAsync($"/api/home/moderation/cases/{@case}/hidden", new { reason = "Enough" })).Ok();
        await house.SettledAsync();
        foreach (var (name, reader) in new (string, Caller)[] { ("follower", follower), ("anonymous", house.Stranger()) })
            foreach (var (kind, id) in posts) await AssertAsync(reader, name, kind, id, account, author.Handle, word, tag, expected: false, gone: true);
    }

    [Fact]
    public async Task No_counter_tells_a_stranger_of_what_is_said_in_a_group_or_in_the_house()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ben.AccountIdAsync();
        var group = await GroupAsync(ada, ben);
        var (account, tag) = (await ada.AccountIdAsync(), $"counted{ada.Handle}");
        var open = await ada.TootAsync($"For all #{tag}");
        (await ada.PostAsync($"/api/v1/tags/{tag}/feature")).Ok();
        await house.SettledAsync();
        var before = await CountedAsync();
        List<string> inner = [];
        foreach (var audience in (string[])[$"group:{group}", "members"])
        {
            inner.Add(await ada.TootAsync($"Among us #{tag} #{tag}inner", audience: audience));
            inner.Add(await ben.TootAsync($"About that #{tag}", inReplyTo: open, audience: audience));
            inner.Add((await ada.PostAsync("/api/v1/statuses", new { status = $"See #{tag}", quoted_status_id = open, audience })).Ok()["id"]);
        }

        await house.SettledAsync();
        Assert.Equal(before, await CountedAsync());
        // Within the group it counts.
        var asked = await ada.TootAsync("Who comes?", audience: $"group:{group}");
        var answer = await ben.TootAsync("I do", inReplyTo: asked);
        Assert.Equal(1, (await ada.GetAsync($"/api/v1/statuses/{asked}")).Ok().Json.GetProperty("replies_count").GetInt32());
        (await ben.DeleteAsync($"/api/v1/statuses/{answer}")).Ok();
        Assert.Equal(0, (await ada.GetAsync($"/api/v1/statuses/{asked}")).Ok().Json.GetProperty("replies_count").GetInt32());
        foreach (var id in inner)
            foreach (var author in (Person[])[ada, ben]) await author.DeleteAsync($"/api/v1/statuses/{id}");
        Assert.Equal(before, await CountedAsync());

        async Task<string> CountedAsync()
        {
            List<string> read = [];
            foreach (var path in (string[])
                [$"accounts/{account}", $"accounts/{account}/featured_tags", $"accounts/{await ben.AccountIdAsync()}", $"statuses/{open}", $"statuses/{open}/context", $"statuses/{open}/quotes", $"tags/{tag}", $"tags/{tag}inner", "trends/tags"])
                read.Add((await house.Stranger().GetAsync("/api/v1/" + path)).Ok().Json.GetRawText());
            read.Add((await house.Stranger().GetAsync($"/api/v2/search?type=hashtags&q={tag}")).Ok().Json.GetRawText());
            return string.Join('\n', read);
        }
    }

    [Fact]
    public async Task The_rule_for_one_reader_for_many_and_in_SQL_is_the_same()
    {
        List<Person> people = [await house.PersonAsync("a"), await house.PersonAsync("b"), await house.PersonAsync("c"), await house.PersonAsync("d")];
        var group = await GroupAsync(people[0], people[1]);
        await people[2].FollowAsync(people[0]);
        (await people[3].PostAsync($"/api/v1/accounts/{await people[0].AccountIdAsync()}/block")).Ok();
        List<string> ids = [];
        foreach (var kind in Kinds)
            ids.Add((await people[0].PostAsync("/api/v1/statuses", new { status = $"x @{people[2].Handle}", visibility = kind is "members" or "group" ? null : kind, audience = kind == "members" ? "members" : kind == "group" ? $"group:{group}" : null })).Ok()["id"]);
        ids.Add((await people[0].PostAsync($"/api/v1/statuses/{ids[2]}/reblog")).Ok()["id"]);
        ids.Add((await people[1].PostAsync($"/api/v1/statuses/{ids[0]}/reblog")).Ok()["id"]);
        await house.InScopeAsync(async services =>
        {
            var (db, viewers) = (services.GetRequiredService<SocialDb>(), services.GetRequiredService<Viewers>());
            List<Viewer> all = [Viewer.Anonymous];
            foreach (var person in people) all.Add(await viewers.OfAsync(person.Actor, CancellationToken.None));
            foreach (var id in ids.Select(i => Id<Status>.Parse(i)))
            {
                var many = (await db.WhoSeesAsync(id, all, CancellationToken.None)).ToHashSet();
                foreach (var viewer in all)
                {
                    var sees = await db.Statuses.Where(s => s.Id == id).VisibleTo(viewer, db).AnyAsync();
                    Assert.Equal(sees, many.Contains(viewer));
                    List<object> parameters = [id.Value];
                    var sql = $"SELECT COUNT(*) AS \"Value\" FROM social_status w JOIN social_status s ON s.id = COALESCE(w.boost_of, w.id) JOIN social_account a ON a.id = s.account_id WHERE w.id = {{0}} AND {SightSql.VisibleTo(viewer, "w.id", parameters)}";
                    Assert.Equal(sees, await db.Database.SqlQueryRaw<long>(sql, [.. parameters]).SingleAsync() == 1);
                }
            }

            return true;
        });
    }

    [Fact]
    public async Task Who_leaves_a_group_reads_none_of_it_from_then_on()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ben.AccountIdAsync();
        var group = await GroupAsync(ada, ben);
        var id = await ada.TootAsync("for us", audience: $"group:{group}");
        Assert.Contains(id, await ben.IdsAsync("/api/v1/timelines/home"));
        Assert.Equal(("private", $"group:{group}"), (await ben.GetAsync($"/api/v1/statuses/{id}")).Ok() is var seen ? (seen["visibility"], seen["audience"]) : default);
        var reply = await ben.TootAsync("public answer?", "public", inReplyTo: id);
        Assert.Equal($"group:{group}", (await ada.GetAsync($"/api/v1/statuses/{reply}")).Ok()["audience"]);
        await house.InScopeAsync(async services =>
        {
            var (db, principal) = (services.GetRequiredService<SocialDb>(), Principal.Of(group));
            return await db.PrincipalMembers.Where(p => p.Principal == principal && p.MemberId == ben.Id).ExecuteDeleteAsync();
        });
        (await ben.GetAsync($"/api/v1/statuses/{id}")).Is(HttpStatusCode.NotFound);
        Assert.DoesNotContain(id, await ben.IdsAsync("/api/v1/timelines/home"));
        (await ben.PostAsync("/api/v1/statuses", new { status = "x", audience = $"group:{group}" })).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whoever_leaves_a_group_meets_none_of_its_posts_any_more_by_search_or_by_stream()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        foreach (var person in (Person[])[ada, ben, cleo]) await person.AccountIdAsync();
        var group = await GroupAsync(ada, ben, cleo);
        (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { indexable = true })).Ok();
        var word = $"inner{ada.Handle}";
        var first = await ada.TootAsync($"{word} first", audience: $"group:{group}");
        await house.SettledAsync();
        using var socket = await StreamingTests.ListenAsync(ben, "?stream=user");
        Assert.Equal((true, true), await FoundAsync());
        (await ben.DeleteAsync($"/api/accounts/groups/g{ada.Handle}/membership")).Is(HttpStatusCode.NoContent);
        // At once, before anything was done behind the scenes.
        Assert.Equal((false, false), await FoundAsync());
        await ada.TootAsync($"{word} second", audience: $"group:{group}");
        (await ada.PutAsync($"/api/v1/statuses/{first}", new { status = $"{word} changed" })).Ok();
        await house.SettledAsync();
        var own = await ben.TootAsync("my own");
        Assert.Contains(own, (await StreamingTests.HearAsync(socket, 1))[0].Payload!, StringComparison.Ordinal);
        Assert.Equal((false, false), await FoundAsync());
        Assert.Contains(first, await cleo.IdsAsync("/api/v1/timelines/home"));

        async Task<(bool, bool)> FoundAsync() => (
            (await ben.GetAsync($"/api/v2/search?type=statuses&q={word}")).Ok().Json.GetProperty("statuses").GetArrayLength() > 0,
            (await ben.GetAsync($"/api/home/search?q={word}")).Ok().Json.GetProperty("items").GetArrayLength() > 0);
    }

    private static bool Sees(string reader, string kind) => kind switch
    {
        "public" or "unlisted" => reader != "blocked",
        "private" => reader is "author" or "follower" or "mentioned",
        "direct" => reader is "author" or "mentioned",
        "members" => reader is not ("blocked" or "anonymous"),
        _ => reader is "author" or "grouped",
    };

    private static bool InHome(string reader, string kind) => reader switch
    {
        "author" => true,
        "follower" => kind is "public" or "unlisted" or "private" or "members",
        "grouped" => kind == "group",
        _ => false,
    };

    private async Task AssertAsync(
        Caller reader, string name, string kind, string id, string account, string author, string word, string tag, bool expected, bool gone = false, bool? home = null, Dictionary<string, Answer>? lists = null)
    {
        // A list that shows all kinds is read once for all of them.
        async Task<Answer> ListAsync(string path, string accept = "application/json") =>
            lists is null ? await reader.GetAsync(path, ("Accept", accept)) : lists.TryGetValue(path, out var read) ? read : lists[path] = await reader.GetAsync(path, ("Accept", accept));
        async Task<bool> ListedAsync(string path) => (await ListAsync(path)).Ok().Ids().Contains(id);
        void Check(string path, bool there, bool wanted) => Assert.True(there == wanted, $"{name} {(there ? "sees" : "does not see")} {kind} by {path}");
        Check("status", (await reader.GetAsync($"/api/v1/statuses/{id}")).Status == HttpStatusCode.OK, expected);
        Check("context", (await reader.GetAsync($"/api/v1/statuses/{id}/context")).Status == HttpStatusCode.OK, expected);
        Check("history", (await reader.GetAsync($"/api/v1/statuses/{id}/history")).Status == HttpStatusCode.OK, expected);
        Check("favourited by", (await reader.GetAsync($"/api/v1/statuses/{id}/favourited_by")).Status == HttpStatusCode.OK, expected);
        Check("card", (await reader.GetAsync($"/api/v1/statuses/{id}/card")).Status == HttpStatusCode.OK, expected);
        Check("oembed", (await reader.GetAsync($"/api/oembed?url={Uri.EscapeDataString($"{house.Url}/@{author}/{id}")}")).Status == HttpStatusCode.OK, !gone && (kind is "public" or "unlisted"));
        Check("house search", (await ListAsync($"/api/home/search?q={word}&limit=100")).Ok().Body.Contains($"/@{author}/{id}", StringComparison.Ordinal), expected);
        Check("tag in house search", (await reader.GetAsync($"/api/home/search?q={tag}{kind}")).Ok().Body.Contains($"/tags/{tag}{kind}", StringComparison.Ordinal), !gone && kind == "public");
        Check("ids", (await reader.IdsAsync($"/api/v1/statuses?id[]={id}")).Count == 1, expected);
        Check("account", await ListedAsync($"/api/v1/accounts/{account}/statuses?limit=40"), expected && kind != "direct");
        Check("public", (await reader.IdsAsync($"/api/v1/timelines/public?limit=40&max_id={long.Parse(id) + 1}")).Contains(id), expected && kind == "public");
        Check("tag", await ListedAsync($"/api/v1/timelines/tag/{tag}"), expected && kind == "public");
        var there = $"/@{author}/{id}";
        foreach (var page in (string[])["", "/history", "/likes", "/boosts"]) Check("page" + page, (await reader.PageAsync(there + page)).Status == HttpStatusCode.OK, expected);
        async Task<bool> OnAsync(string page) => (await ListAsync(page, "text/html")).Body.Contains(there, StringComparison.Ordinal);
        Check("profile", await OnAsync($"/@{author}"), expected && kind != "direct");
        Check("tag page", await OnAsync($"/tags/{tag}"), expected && kind == "public");
        Check("feed", await OnAsync($"/@{author}.rss"), !gone && kind == "public");
        Check("tag feed", await OnAsync($"/tags/{tag}.rss"), !gone && kind == "public");
        Check("object", (await reader.GetAsync($"/users/{author}/statuses/{id}", ("Accept", "application/activity+json"))).Status == HttpStatusCode.OK, false);
        Check("hashtags", (await reader.GetAsync($"/api/v2/search?type=hashtags&q={tag}{kind}")).Ok().Json.GetProperty("hashtags").GetArrayLength() == 1, expected && kind == "public");
        if (reader is not Person) return;

        Check("home", await ListedAsync("/api/v1/timelines/home?limit=40"), home ?? (!gone && InHome(name, kind)));
        Check("home page", await OnAsync("/social"), home ?? (!gone && InHome(name, kind)));
        var told = (await ListAsync("/api/v1/notifications?include_filtered=true&limit=80")).Ok().Json.EnumerateArray().Any(n => n.TryGetProperty("status", out var status) && status.GetProperty("id").GetString() == id);
        Check("notification", told, expected && name == "mentioned");
        var found = (await ListAsync($"/api/v2/search?q={word}&type=statuses&limit=40")).Ok().Json.GetProperty("statuses").EnumerateArray().Any(s => s.GetProperty("id").GetString() == id);
        Check("search", found, expected && (name is "author" or "mentioned" || kind is "public" or "members" or "group"));
        if (name == "author") return;
        Check("favourite", (await reader.PostAsync($"/api/v1/statuses/{id}/favourite")).Status == HttpStatusCode.OK, expected);
        Check("boost", (await reader.PostAsync($"/api/v1/statuses/{id}/reblog")).Status == HttpStatusCode.OK, expected && kind is "public" or "unlisted" && expected);
        (await reader.PostAsync($"/api/v1/statuses/{id}/unreblog")).ToString();
        (await reader.PostAsync($"/api/v1/statuses/{id}/unfavourite")).ToString();
    }

    internal static Task<Id<Group>> GroupAsync(params Person[] people) => people[0].House.InScopeAsync(services =>
        services.GetRequiredService<IMemberRegistry>().AddGroupAsync("g" + people[0].Handle, "Group", [.. people.Select(p => p.Id)], CancellationToken.None));
}
