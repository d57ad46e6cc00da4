using System.Net;
using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Search;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>What is said about things of other rooms.</summary>
public sealed class DiscussionTests(SocialHouse house)
{
    [Fact]
    public async Task A_thing_is_discussed_in_its_page_and_from_any_app_in_one_thread()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        var thing = Bench.Add(ada.Id, Audience.Public);
        var comment = (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "**Fine** work" })).Is(HttpStatusCode.Created)["id"];
        var page = (await ben.GetAsync($"/api/social/discussions/{thing}")).Ok();
        var answer = await cleo.TootAsync("I think so too", "public", inReplyTo: comment);
        (await cleo.PostAsync($"/api/v1/statuses/{page["root_id"]}/favourite")).Ok();

        page = (await ada.GetAsync($"/api/social/discussions/{thing}")).Ok();
        Assert.Equal([comment, answer], page.Json.GetProperty("comments").GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetString()!));
        Assert.Equal([0, 1], page.Json.GetProperty("comments").GetProperty("items").EnumerateArray().Select(c => c.GetProperty("depth").GetInt32()));
        Assert.Equal((2, 1), (page.Json.GetProperty("counts").GetProperty("comments").GetInt32(), page.Json.GetProperty("counts").GetProperty("likes").GetInt32()));
        Assert.Equal(thing.ToString(), (await cleo.GetAsync($"/api/v1/statuses/{comment}")).Ok()["thing"]);
        Assert.Equal("unlisted", (await cleo.GetAsync($"/api/v1/statuses/{answer}")).Ok()["visibility"]);
        Assert.Contains("<strong>Fine</strong>", (await house.Stranger().GetAsync($"/api/v1/statuses/{comment}")).Ok()["content"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_about_a_thing_of_a_group_stays_in_it_on_every_path()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        using var stranger = house.Stranger();
        foreach (var reader in (Person[])[ada, ben, cleo]) await reader.AccountIdAsync();
        await ben.FollowAsync(ada);
        await cleo.FollowAsync(ada);
        var group = await VisibilityTests.GroupAsync(ada, ben);
        var audience = await SetOfAsync(group);
        var thing = Bench.Add(ada.Id, audience);
        using var hears = await StreamingTests.ListenAsync(ben, "?stream=user");
        using var deaf = await StreamingTests.ListenAsync(cleo, "?stream=user");
        var (word, tag) = ($"secret{ada.Handle}", $"bench{ada.Handle}");
        (await cleo.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "me too" })).Is(HttpStatusCode.NotFound);
        var comment = (await ada.PostAsync($"/api/social/discussions/{thing}/comments", new { text = $"{word} #{tag}" })).Is(HttpStatusCode.Created)["id"];
        var answer = await ben.TootAsync($"and {word} too", "public", comment);
        await house.SettledAsync();

        foreach (var id in (string[])[comment, answer])
        {
            (await ben.GetAsync($"/api/v1/statuses/{id}")).Ok();
            foreach (var reader in (Caller[])[cleo, stranger])
            {
                (await reader.GetAsync($"/api/v1/statuses/{id}")).Is(HttpStatusCode.NotFound);
                (await reader.GetAsync($"/api/v1/statuses/{id}/context")).Is(HttpStatusCode.NotFound);
                (await reader.GetAsync($"/api/v1/statuses/{id}/history")).Is(HttpStatusCode.NotFound);
                (await reader.GetAsync($"/api/v1/statuses/{id}/favourited_by")).Is(HttpStatusCode.NotFound);
                (await reader.PageAsync($"/@{ada.Handle}/{id}")).Is(HttpStatusCode.NotFound);
                (await reader.GetAsync($"/api/oembed?url=/@{ada.Handle}/{id}")).Is(HttpStatusCode.NotFound);
            }
        }

        foreach (var path in (string[])[$"/api/v1/timelines/tag/{tag}", "/api/v1/timelines/public?limit=40", $"/api/v1/accounts/{await ada.AccountIdAsync()}/statuses"])
            foreach (var reader in (Caller[])[cleo, stranger]) Assert.DoesNotContain(comment, await reader.IdsAsync(path));
        Assert.DoesNotContain(comment, await cleo.IdsAsync("/api/v1/timelines/home?limit=40"));
        Assert.Empty((await cleo.GetAsync($"/api/v2/search?q={word}&type=statuses")).Ok().Json.GetProperty("statuses").EnumerateArray());
        Assert.DoesNotContain(word, (await stranger.GetAsync($"/@{ada.Handle}.rss")).Ok().Body, StringComparison.Ordinal);
        (await cleo.GetAsync($"/api/social/discussions/{thing}")).Is(HttpStatusCode.NotFound);
        Assert.Equal(2, (await ben.GetAsync($"/api/social/discussions/{thing}")).Ok().Json.GetProperty("comments").GetProperty("items").GetArrayLength());
        Assert.Equal("private", (await ben.GetAsync($"/api/v1/statuses/{answer}")).Ok()["visibility"]);

        // What each hears is heard by the time they hear a word of their own.
        foreach (var (reader, socket) in new[] { (ben, hears), (cleo, deaf) })
        {
            var own = await reader.TootAsync("to myself", "private");
            for (var heard = ""; !heard.Contains(own, StringComparison.Ordinal);)
            {
                heard = (await StreamingTests.HearAsync(socket, 1))[0].Payload ?? "";
                Assert.False(reader == cleo && heard.Contains(word, StringComparison.Ordinal), "a stranger to the group hears of it");
            }
        }
    }

    private Task<Audience> SetOfAsync(Id<Group> group) => house.InScopeAsync(async services =>
    {
        var (db, set) = (services.GetRequiredService<SocialDb>(), Audience.NewSet());
        await db.WriteAsync(token => Audiences.GrantAsync(db, set, [Principal.Of(group)], token), CancellationToken.None);
        return set;
    });

    [Fact]
    public async Task A_thread_obeys_its_thing()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        using var stranger = house.Stranger();
        var thing = Bench.Add(ada.Id, Audience.Public);
        var before = (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "before" })).Is(HttpStatusCode.Created)["id"];
        await MoveAsync(thing, Audience.Members);
        (await stranger.GetAsync($"/api/v1/statuses/{before}")).Is(HttpStatusCode.NotFound);
        await house.DrainAsync();
        await house.InScopeAsync(async services =>
        {
            var search = services.GetRequiredService<ISearch>();
            for (var i = 0; i < 100 && (await search.RankAsync("before", "status", 100, Actor.Anonymous, CancellationToken.None)).Contains(long.Parse(before)); i++) await house.DrainAsync();
            Assert.DoesNotContain(long.Parse(before), await search.RankAsync("before", "status", 100, Actor.Anonymous, CancellationToken.None));
            return true;
        });
        (await stranger.GetAsync($"/api/social/discussions/{thing}")).Is(HttpStatusCode.NotFound);
        var meanwhile = (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "meanwhile" })).Is(HttpStatusCode.Created)["id"];
        await MoveAsync(thing, Audience.Public);
        (await stranger.GetAsync($"/api/v1/statuses/{before}")).Ok();
        (await stranger.GetAsync($"/api/v1/statuses/{meanwhile}")).Is(HttpStatusCode.NotFound);
        (await ben.GetAsync($"/api/v1/statuses/{meanwhile}")).Ok();

        (await ben.PutAsync($"/api/social/discussions/{thing}/closure")).Is(HttpStatusCode.Forbidden);
        (await ada.PutAsync($"/api/social/discussions/{thing}/closure")).Is(HttpStatusCode.NoContent);
        (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "late" })).Refuses(HttpStatusCode.Conflict, "discussion_closed");
        (await ada.PutAsync($"/api/social/comments/{before}/hiding", new { reason = "rude" })).Is(HttpStatusCode.NoContent);
        (await stranger.GetAsync($"/api/v1/statuses/{before}")).Is(HttpStatusCode.NotFound);
        (await ben.GetAsync($"/api/v1/statuses/{before}")).Ok();

        Bench.Remove(thing);
        await house.InScopeAsync(s => s.GetRequiredService<DiscussionDesk>().EndAsync(thing, CancellationToken.None).ContinueWith(_ => true, TaskScheduler.Default));
        (await ben.GetAsync($"/api/v1/statuses/{meanwhile}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_closed_thread_is_closed_still_when_its_thing_was_hidden_and_is_shown_again()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var (closed, open) = (Bench.Add(ada.Id, Audience.Public), Bench.Add(ada.Id, Audience.Public));
        var first = (await ben.PostAsync($"/api/social/discussions/{closed}/comments", new { text = "first" })).Is(HttpStatusCode.Created)["id"];
        await ben.PostAsync($"/api/social/discussions/{open}/comments", new { text = "first" });
        (await ada.PutAsync($"/api/social/discussions/{closed}/closure")).Is(HttpStatusCode.NoContent);
        foreach (var thing in (Thing[])[closed, open])
        {
            var card = Bench.Take(thing);
            await ChangedAsync(thing);
            (await ben.GetAsync($"/api/v1/statuses/{first}")).Is(thing == closed ? HttpStatusCode.NotFound : HttpStatusCode.OK);
            Bench.Put(card);
            await ChangedAsync(thing);
        }

        (await ben.GetAsync($"/api/v1/statuses/{first}")).Ok();
        (await ben.PostAsync($"/api/social/discussions/{closed}/comments", new { text = "late" })).Refuses(HttpStatusCode.Conflict, "discussion_closed");
        (await ben.PostAsync($"/api/social/discussions/{open}/comments", new { text = "in time" })).Is(HttpStatusCode.Created);
        (await ada.DeleteAsync($"/api/social/discussions/{closed}/closure")).Is(HttpStatusCode.NoContent);
        (await ben.PostAsync($"/api/social/discussions/{closed}/comments", new { text = "again" })).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_people_of_a_thing_hear_once_of_each_comment_and_nobody_else_does()
    {
        var (ada, ben, cleo, guest) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"), await house.PersonAsync("guest", Role.Guest));
        var (deaf, cross, dora) = (await house.PersonAsync("deaf"), await house.PersonAsync("cross"), await house.PersonAsync("dora"));
        foreach (var person in (Person[])[ben, deaf, cross]) await person.AccountIdAsync();
        (await deaf.PostAsync($"/api/v1/accounts/{await ben.AccountIdAsync()}/mute")).Ok();
        (await cross.PostAsync($"/api/v1/accounts/{await ben.AccountIdAsync()}/block")).Ok();
        var (own, watched) = (Bench.Add(ada.Id, Audience.Public), Bench.Add(ada.Id, Audience.Members));
        Bench.Watch(watched, ben.Id, cleo.Id, cleo.Id, deaf.Id, cross.Id, guest.Id);
        (await ben.PostAsync($"/api/social/discussions/{own}/comments", new { text = "Fine" }, ("Idempotency-Key", $"own-{own}"))).Is(HttpStatusCode.Created);
        var comment = (await ben.PostAsync($"/api/social/discussions/{watched}/comments", new { text = "Finer" })).Is(HttpStatusCode.Created)["id"];
        var told = Assert.Single(await ada.InboxAsync(1));
        Assert.Equal(("social.comment", $"/bench/{own.Key}", "Ben commented on A bench in the park"), (told.GetProperty("kind").GetString(), told.GetProperty("href").GetString(), told.GetProperty("text").GetString()));
        Assert.Equal($"/bench/{watched.Key}", Assert.Single(await cleo.InboxAsync(1)).GetProperty("href").GetString());
        foreach (var person in (Person[])[ben, deaf, cross, guest, dora]) Assert.Empty(await person.InboxAsync());

        // Who is named in it is told of that, and not twice; the same word that comes again changes nothing.
        (await ben.PostAsync($"/api/social/discussions/{own}/comments", new { text = $"@{ada.Handle} look" })).Is(HttpStatusCode.Created);
        await house.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<SocialDb>();
            await db.WriteAsync(_ => { db.Publish(new CommentAdded(watched, long.Parse(comment), ben.Id)); return Task.CompletedTask; }, CancellationToken.None);
            return true;
        });
        (await ada.PostAsync($"/api/social/discussions/{own}/comments", new { text = "I do" })).Is(HttpStatusCode.Created);
        await house.SettledAsync();
        Assert.Equal(["social.comment", "social.mention"], (await ada.InboxAsync(2)).Select(n => n.GetProperty("kind").GetString()).Order());
        Assert.Single(await cleo.InboxAsync(1));

        // Whoever muted the thread hears no more of it, and a kind that nobody wants is not told.
        (await cleo.PostAsync($"/api/v1/statuses/{comment}/mute")).Ok();
        (await dora.PostAsync($"/api/social/discussions/{watched}/comments", new { text = "Finest" })).Is(HttpStatusCode.Created);
        await house.SettledAsync();
        Assert.Single(await ben.InboxAsync(1));
        Assert.Single(await cleo.InboxAsync(1));
    }

    private async Task ChangedAsync(Thing thing)
    {
        await house.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<SocialDb>();
            await db.WriteAsync(_ => { db.Publish(new DiscussedThingChanged(thing)); return Task.CompletedTask; }, CancellationToken.None);
            return true;
        });
        await house.SettledAsync();
    }

    [Fact]
    public async Task Twenty_first_comments_make_one_root()
    {
        var ada = await house.PersonAsync("ada");
        var people = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => house.PersonAsync("fan")));
        foreach (var person in people) await person.AccountIdAsync();
        var thing = Bench.Add(ada.Id, Audience.Public);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => people[i % 5].PostAsync($"/api/social/discussions/{thing}/comments", new { text = $"{i}" })));
        Assert.All(answers, a => a.Is(HttpStatusCode.Created));
        var counts = await house.InScopeAsync(s => s.GetRequiredService<IDiscussions>().CountsAsync([thing], ada.Actor, CancellationToken.None), ada.Actor);
        Assert.Equal(20, counts[thing].Comments);
    }

    [Fact]
    public async Task A_comment_holds_what_a_post_holds()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var thing = Bench.Add(ada.Id, Audience.Public);
        var media = (await MediaTests.UploadAsync(ben, "A bench"))["id"];
        var comment = (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "**Schön**", format = "plain", language = "de", media_ids = (string[])[media] })).Is(HttpStatusCode.Created)["id"];
        var post = (await ada.GetAsync($"/api/v1/statuses/{comment}")).Ok();
        Assert.Contains("**Schön**", post["content"], StringComparison.Ordinal);
        Assert.Equal(("de", "A bench"), (post["language"], post.Json.GetProperty("media_attachments")[0].GetProperty("description").GetString()));
        (await ada.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "Mine", media_ids = (string[])[media] })).Refuses(HttpStatusCode.UnprocessableEntity, "media_not_found");
        (await ada.PostAsync($"/api/social/discussions/{thing}/comments", new { text = " " })).Refuses(HttpStatusCode.UnprocessableEntity, "text_blank");
    }

    [Fact]
    public async Task A_hidden_thread_is_seen_by_who_runs_its_thing_alone_and_comes_back_as_it_was()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var thing = Bench.Add(ada.Id, Audience.Public);
        var comment = (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "rude" })).Is(HttpStatusCode.Created)["id"];
        (await ben.PutAsync($"/api/social/discussions/{thing}/hiding")).Is(HttpStatusCode.Forbidden);
        (await ada.PutAsync($"/api/social/discussions/{thing}/hiding")).Is(HttpStatusCode.NoContent);
        (await ben.GetAsync($"/api/social/discussions/{thing}")).Is(HttpStatusCode.NotFound);
        // The thing's own page is there, without its thread.
        Assert.Null(await AskAsync(ben));
        Assert.True((await AskAsync(ada))!.Hidden);
        (await house.Stranger().GetAsync($"/api/v1/statuses/{comment}")).Is(HttpStatusCode.NotFound);
        (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "more" })).Is(HttpStatusCode.NotFound);
        // Another title of the thing brings it back no more than its thing's own return does.
        await house.InScopeAsync(async services =>
        {
            var desk = services.GetRequiredService<DiscussionDesk>();
            foreach (var shown in (bool[])[false, true]) await desk.ShowAsync(thing, shown, CancellationToken.None);
            return true;
        });
        (await ben.GetAsync($"/api/social/discussions/{thing}")).Is(HttpStatusCode.NotFound);
        Assert.Equal(comment, (await ada.GetAsync($"/api/social/discussions/{thing}")).Ok().Json.GetProperty("comments").GetProperty("items")[0].GetProperty("id").GetString());
        (await ada.DeleteAsync($"/api/social/discussions/{thing}/hiding")).Is(HttpStatusCode.NoContent);
        (await house.Stranger().GetAsync($"/api/v1/statuses/{comment}")).Ok();
        (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "sorry" })).Is(HttpStatusCode.Created);
        Assert.False((await AskAsync(ben))!.Hidden);
        // Closed before, it is closed afterwards.
        (await ada.PutAsync($"/api/social/discussions/{thing}/closure")).Is(HttpStatusCode.NoContent);
        (await ada.PutAsync($"/api/social/discussions/{thing}/hiding")).Is(HttpStatusCode.NoContent);
        (await ada.DeleteAsync($"/api/social/discussions/{thing}/hiding")).Is(HttpStatusCode.NoContent);
        (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "late" })).Refuses(HttpStatusCode.Conflict, "discussion_closed");

        Task<DiscussionPage?> AskAsync(Person reader) =>
            house.InScopeAsync(s => s.GetRequiredService<IDiscussions>().PageAsync(thing, DiscussionOrder.Oldest, new(null, null), reader.Actor, CancellationToken.None), reader.Actor);
    }

    [Fact]
    public async Task A_room_that_wants_a_thing_announced_has_it_in_homes_once()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ben.FollowAsync(ada);
        var thing = Bench.Add(ada.Id, Audience.Public);
        // It is talked of already when its author thinks of it.
        (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "I saw it" })).Is(HttpStatusCode.Created);
        foreach (var _ in (int[])[1, 2])
        {
            await house.InScopeAsync(async services =>
            {
                var db = services.GetRequiredService<SocialDb>();
                await db.WriteAsync(
                    _ =>
                    {
                        db.Publish(new DiscussionWanted(thing, ada.Id, new(Announce: true)));
                        return Task.CompletedTask;
                    },
                    CancellationToken.None);
                return true;
            });
            await house.SettledAsync();
        }

        var root = (await ada.GetAsync($"/api/social/discussions/{thing}")).Ok()["root_id"];
        Assert.Single(await ben.IdsAsync("/api/v1/timelines/home"), id => id == root);
    }

    private Task<bool> MoveAsync(Thing thing, Audience audience) => house.InScopeAsync(async services =>
    {
        var card = Bench.Move(thing, audience);
        await services.GetRequiredService<DiscussionDesk>().FollowAsync(card, CancellationToken.None);
        return true;
    });
}

/// <summary>Things of a room that only the tests have.</summary>
internal sealed class Bench : IThingSource, IDiscussionFollowers
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<long, Id<Member>[]> Watchers = new();
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<long, ThingCard> Cards = new();

    public string Kind => "bench";

    public static Thing Add(Id<Member> by, Audience audience)
    {
        var thing = new Thing("bench", Id<Bench>.New().Value);
        Cards[thing.Key] = new(thing, "bench", "A bench in the park", null, $"/bench/{thing.Key}", null, audience, by);
        return thing;
    }

    public static ThingCard Move(Thing thing, Audience audience) => Cards[thing.Key] = Cards[thing.Key] with { Audience = audience };

    public static void Rename(Thing thing, string title) => Cards[thing.Key] = Cards[thing.Key] with { Title = title };

    /// <summary>Who hears of what is said about it; without this, whose it is.</summary>
    public static void Watch(Thing thing, params Id<Member>[] members) => Watchers[thing.Key] = members;

    public Task<IReadOnlyDictionary<long, IReadOnlyCollection<Id<Member>>>> FollowersAsync(IReadOnlyCollection<long> keys, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<long, IReadOnlyCollection<Id<Member>>>>(keys.Where(Watchers.ContainsKey).ToDictionary(k => k, k => (IReadOnlyCollection<Id<Member>>)Watchers[k]));

    public static ThingCard Take(Thing thing) => Cards.TryRemove(thing.Key, out var card) ? card : throw new InvalidOperationException();

    public static void Put(ThingCard card) => Cards[card.Thing.Key] = card;

    public static void Remove(Thing thing) => Cards.TryRemove(thing.Key, out _);

    public Task<IReadOnlyDictionary<long, ThingCard>> CardsAsync(IReadOnlyCollection<long> keys, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<long, ThingCard>>(keys.Where(Cards.ContainsKey).ToDictionary(k => k, k => Cards[k]));

    public Task<Thing?> AtAsync(string path, CancellationToken ct) =>
        Task.FromResult(path.StartsWith("/bench/", StringComparison.Ordinal) && long.TryParse(path["/bench/".Length..], out var key) && Cards.ContainsKey(key) ? new Thing("bench", key) : (Thing?)null);
}
