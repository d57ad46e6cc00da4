using System.Net;
using System.Text.Json.Nodes;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests.Federation;

/// <summary>More of what two houses do with each other: blocks taken back, pictures, things, accounts that go.</summary>
[Collection(FederationCollection.Name)]
public sealed class AcrossTests(TwoHouses houses)
{
    [Fact]
    public async Task A_block_taken_back_lets_them_see_and_follow_each_other_again()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        var (adaThere, benHere) = (await houses.FollowAsync(ben, ada), await houses.FollowAsync(ada, ben));
        var id = await ada.TootAsync("Before");
        await houses.SettleAsync();
        var there = await ben.FindAsync(ada, id);
        (await ada.PostAsync($"/api/v1/accounts/{benHere}/block")).Ok();
        await houses.SettleAsync();
        Assert.True(await ben.RelationAsync(adaThere, "blocked_by"));
        (await ada.PostAsync($"/api/v1/accounts/{benHere}/unblock")).Ok();
        await houses.SettleAsync();
        Assert.False(await ben.RelationAsync(adaThere, "blocked_by"));
        (await ben.GetAsync($"/api/v1/statuses/{there}")).Ok();
        await houses.FollowAsync(ben, ada);
        Assert.True(await ben.RelationAsync(adaThere, "following"));
        Assert.True(await ada.RelationAsync(benHere, "followed_by"));
    }

    [Fact]
    public async Task Somebody_elsewhere_is_read_answered_and_followed_on_pages_of_ones_own_house()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        await ada.TootAsync("Before anybody listened");
        var adaThere = await houses.FollowAsync(ben, ada);
        var id = await ada.TootAsync($"@{ben.HandleAt()} bread at five");
        await houses.SettleAsync();
        var there = await ben.FindAsync(ada, id);
        var home = (await ben.PageAsync("/social")).Ok().Body;
        Assert.Contains($"href=\"/@{ada.HandleAt()}\"", home, StringComparison.Ordinal);
        Assert.Contains($"href=\"/@{ada.HandleAt()}/{there}\"", home, StringComparison.Ordinal);

        var profile = (await ben.PageAsync($"/@{ada.HandleAt()}")).Ok().Body;
        Assert.Contains("bread at five", profile, StringComparison.Ordinal);
        Assert.Contains($"href=\"{houses.North.Url}/@{ada.Handle}\"", profile, StringComparison.Ordinal);
        Assert.Contains("Following", profile, StringComparison.Ordinal);
        foreach (var tab in (string[])["replies", "media", "followers", "following", "recommends"]) (await ben.PageAsync($"/@{ada.HandleAt()}/{tab}")).Ok();

        var thread = (await ben.PageAsync($"/@{ada.HandleAt()}/{there}")).Ok().Body;
        Assert.Contains("bread at five", thread, StringComparison.Ordinal);
        foreach (var part in (string[])["likes", "boosts", "history"]) (await ben.PageAsync($"/@{ada.HandleAt()}/{there}/{part}")).Ok();
        (await ben.FormAsync("/social/posts", ("text", $"@{ada.HandleAt()} keep one for me"), ("reply_to", there), ("audience", "public"), ("back", $"/@{ada.HandleAt()}/{there}"))).Is(HttpStatusCode.SeeOther);
        await houses.SettleAsync();
        Assert.Contains("keep one for me", (await ada.PageAsync($"/@{ada.Handle}/{id}")).Ok().Body, StringComparison.Ordinal);
        Assert.Contains($"/@{ben.HandleAt()}/", (await ada.PageAsync("/social/notifications")).Ok().Body, StringComparison.Ordinal);

        // Who is not of the house reads it where it stands.
        using var stranger = houses.South.Stranger();
        Assert.Equal($"{houses.North.Url}/@{ada.Handle}", (await stranger.PageAsync($"/@{ada.HandleAt()}")).Is(HttpStatusCode.Found).Headers["Location"]);
        Assert.Equal($"{houses.North.Url}/@{ada.Handle}/{id}", (await stranger.PageAsync($"/@{ada.HandleAt()}/{there}")).Is(HttpStatusCode.Found).Headers["Location"]);
        Assert.NotEqual("", adaThere);
    }

    [Fact]
    public async Task Explore_finds_somebody_elsewhere_by_their_handle_and_a_whole_server_is_blocked_from_a_profile()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        await ada.AccountIdAsync();
        using var stranger = houses.South.Stranger();
        Assert.DoesNotContain($"/@{ada.HandleAt()}", (await stranger.PageAsync($"/social/explore?q=@{ada.HandleAt()}")).Ok().Body.Replace($"value=\"@{ada.HandleAt()}", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains($"href=\"/@{ada.HandleAt()}\"", (await ben.PageAsync($"/social/explore?q=@{ada.HandleAt()}")).Ok().Body, StringComparison.Ordinal);
        var server = new Uri(houses.North.Url).Authority;
        Assert.Contains($"Block all of {server}", (await ben.PageAsync($"/@{ada.HandleAt()}")).Ok().Body, StringComparison.Ordinal);
        (await ben.FormAsync($"/social/people/{await ben.FindAsync(ada)}", ("act", "block-server"), ("back", "/social"))).Is(HttpStatusCode.SeeOther);
        Assert.Contains(server, (await ben.GetAsync("/api/v1/domain_blocks")).Ok().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_of_another_server_is_handed_out_by_the_readers_own_house()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        await houses.FollowAsync(ben, ada);
        var media = await MediaTests.UploadAsync(ada, "A grey square");
        (await ada.PostAsync("/api/v1/statuses", new { status = "Look", media_ids = (string[])[media["id"]] })).Ok();
        await houses.SettleAsync();
        var shown = (await ben.GetAsync("/api/v1/timelines/home")).Ok().Json[0].GetProperty("media_attachments")[0];
        Assert.Equal("A grey square", shown.GetProperty("description").GetString());
        Assert.StartsWith(houses.North.Url, shown.GetProperty("remote_url").GetString());
        using var stranger = houses.South.Stranger();
        foreach (var form in (string[])["url", "preview_url"])
        {
            var address = shown.GetProperty(form).GetString()!;
            Assert.StartsWith(houses.South.Url + "/", address);
            var bytes = (await stranger.GetAsync(address[houses.South.Url.Length..])).Ok();
            Assert.StartsWith("image/", bytes.Headers["Content-Type"]);
        }

        // An address that nobody has shown is fetched for nobody.
        (await stranger.GetAsync(RemoteFiles.AddressOf(houses.North.Url + "/social/avatar.png"))).Is(HttpStatusCode.NotFound);

        // The author's server is not asked a second time.
        (await ada.DeleteAsync($"/api/v1/statuses/{(await ada.IdsAsync("/api/v1/timelines/home"))[0]}?delete_media=true")).Ok();
        (await stranger.GetAsync(shown.GetProperty("url").GetString()![houses.South.Url.Length..])).Ok();
        await houses.South.InScopeAsync(sp => sp.GetRequiredService<SocialDb>().RemoteFiles.Where(f => f.FileId != null).ExecuteUpdateAsync(set => set.SetProperty(f => f.FetchedAt, DateTimeOffset.UnixEpoch)));
        await houses.South.RunRecurringAsync(nameof(PruneFederation));
        (await stranger.GetAsync(shown.GetProperty("url").GetString()![houses.South.Url.Length..])).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_announced_thing_reaches_followers_elsewhere_and_their_answers_its_thread()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        await houses.FollowAsync(ben, ada);
        var thing = Bench.Add(ada.Id, Audience.Public);
        await EnsureAsync(MayComment.Anyone, announce: true);
        await houses.SettleAsync();
        var told = (await ben.GetAsync("/api/v1/timelines/home")).Ok().Json[0];
        Assert.Contains("A bench in the park", told.GetProperty("content").GetString());
        Assert.Contains($"href=\"{houses.North.Url}/bench/", told.GetProperty("content").GetString());
        await ben.TootAsync("I sat there", inReplyTo: told.GetProperty("id").GetString());
        (await ben.PostAsync($"/api/v1/statuses/{told.GetProperty("id").GetString()}/favourite")).Ok();
        await houses.SettleAsync();
        var thread = (await ada.GetAsync($"/api/social/discussions/{thing}")).Ok().Json;
        Assert.Equal((1, 1), (thread.GetProperty("counts").GetProperty("comments").GetInt32(), thread.GetProperty("counts").GetProperty("likes").GetInt32()));

        // For members alone, or closed, it takes nothing more from elsewhere; open again, it does.
        var root = told.GetProperty("id").GetString()!;
        await EnsureAsync(MayComment.Members);
        await SayAsync("Only a visitor", 1);
        await EnsureAsync(MayComment.Anyone);
        (await ada.PutAsync($"/api/social/discussions/{thing}/closure")).Is(HttpStatusCode.NoContent);
        await SayAsync("Too late", 1);
        (await ada.DeleteAsync($"/api/social/discussions/{thing}/closure")).Is(HttpStatusCode.NoContent);
        await SayAsync("In time", 2);

        // Renamed, it is renamed everywhere; a name that stays is not told twice.
        Bench.Rename(thing, "A bench in the wood");
        for (var i = 0; i < 2; i++)
        {
            await houses.North.InScopeAsync(async sp =>
            {
                var db = sp.GetRequiredService<SocialDb>();
                await db.WriteAsync(
                    _ =>
                    {
                        db.Publish(new DiscussedThingChanged(thing, NameAlone: true), thing.ToString());
                        return Task.CompletedTask;
                    },
                    CancellationToken.None);
                return true;
            });
            await houses.SettleAsync();
        }

        var renamed = (await ben.GetAsync($"/api/v1/statuses/{root}")).Ok();
        Assert.Contains("A bench in the wood", renamed["content"], StringComparison.Ordinal);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, renamed.Json.GetProperty("edited_at").ValueKind);
        var id = (await ada.GetAsync($"/api/social/discussions/{thing}")).Ok()["root_id"];
        Assert.Equal(1, await houses.North.InScopeAsync(sp => sp.GetRequiredService<SocialDb>().Deliveries.CountAsync(d => d.ActivityId.Contains($"/statuses/{id}#updates/"))));

        // Narrowed, it is called back.
        await houses.North.InScopeAsync(async sp =>
        {
            await sp.GetRequiredService<DiscussionDesk>().FollowAsync(Bench.Move(thing, Audience.Members), CancellationToken.None);
            return true;
        });
        await houses.SettleAsync();
        (await ben.GetAsync($"/api/v1/statuses/{root}")).Is(HttpStatusCode.NotFound);
        var left = await ben.IdsAsync("/api/v1/timelines/home");
        Assert.DoesNotContain(root, left);

        // For members alone, it is neither announced nor fetched.
        var inner = Bench.Add(ada.Id, Audience.Members);
        await houses.North.InScopeAsync(
            async sp =>
            {
                await sp.GetRequiredService<IDiscussions>().EnsureAsync(inner, new(Announce: true), ada.Actor, CancellationToken.None);
                return true;
            },
            ada.Actor);
        await houses.SettleAsync();
        Assert.Equal(left, await ben.IdsAsync("/api/v1/timelines/home"));
        var kept = (await ada.GetAsync($"/api/social/discussions/{inner}")).Ok()["root_id"];
        (await houses.North.Stranger().GetAsync($"/users/{ada.Handle}/statuses/{kept}", ("Accept", "application/activity+json"))).Is(HttpStatusCode.NotFound);

        Task<bool> EnsureAsync(MayComment who, bool announce = false) => houses.North.InScopeAsync(
            async sp =>
            {
                await sp.GetRequiredService<IDiscussions>().EnsureAsync(thing, new(who, announce), ada.Actor, CancellationToken.None);
                return true;
            },
            ada.Actor);

        // What is refused is nowhere in the house, not in the thread and not beside it.
        async Task SayAsync(string words, int comments)
        {
            await ben.TootAsync(words, inReplyTo: root);
            await houses.SettleAsync();
            var page = (await ada.GetAsync($"/api/social/discussions/{thing}")).Ok().Json;
            Assert.Equal((comments, comments), (page.GetProperty("counts").GetProperty("comments").GetInt32(), page.GetProperty("comments").GetProperty("items").GetArrayLength()));
            var taken = await houses.North.InScopeAsync(sp => sp.GetRequiredService<SocialDb>().Statuses.AnyAsync(s => s.Plain == words));
            Assert.Equal(comments == 2, taken);
        }
    }

    [Fact]
    public async Task A_member_who_goes_is_gone_everywhere()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        var adaThere = await houses.FollowAsync(ben, ada);
        var id = await ada.TootAsync("I was here");
        await houses.SettleAsync();
        var there = await ben.FindAsync(ada, id);
        await houses.North.InScopeAsync(async sp =>
        {
            var db = sp.GetRequiredService<SocialDb>();
            await db.WriteAsync(
                _ =>
                {
                    db.Publish(new MemberErased(ada.Id, ada.Handle));
                    return Task.CompletedTask;
                },
                CancellationToken.None);
            return true;
        });
        await houses.SettleAsync();
        (await ben.GetAsync($"/api/v1/statuses/{there}")).Is(HttpStatusCode.NotFound);
        Assert.Equal(0, (await ben.GetAsync("/api/v1/accounts/verify_credentials")).Ok().Json.GetProperty("following_count").GetInt32());
        (await houses.North.Stranger().GetAsync($"/users/{ada.Handle}", ("Accept", "application/activity+json"))).Is(HttpStatusCode.Gone);

        // The next night nothing of them is left but the name.
        await houses.South.RunRecurringAsync(nameof(PurgeRemote));
        await houses.South.InScopeAsync(async sp =>
        {
            var db = sp.GetRequiredService<SocialDb>();
            var account = await db.Accounts.SingleAsync(a => a.Id == Id<Account>.Parse(adaThere));
            Assert.Equal((AccountStanding.Purged, ""), (account.Standing, account.DisplayName));
            Assert.All(await db.Statuses.Where(s => s.AccountId == account.Id).ToListAsync(), s => Assert.Equal(("", ""), (s.Html, s.Plain)));
            return true;
        });
    }

    [Fact]
    public async Task An_actor_has_two_keys_and_both_sign()
    {
        var ada = await houses.North.PersonAsync("ada");
        await ada.AccountIdAsync();
        var actor = (await houses.North.Stranger().GetAsync($"/users/{ada.Handle}", ("Accept", "application/activity+json"))).Ok().Json;
        var key = actor.GetProperty("assertionMethod")[0];
        Assert.Equal(("Multikey", actor.GetProperty("id").GetString()), (key.GetProperty("type").GetString()!, key.GetProperty("controller").GetString()));
        Assert.Equal(32, Ed25519.Read(key.GetProperty("publicKeyMultibase").GetString()!)!.Length);

        await using var peer = await HostilePeer.StartAsync();
        var (eve, (secret, multibase)) = (peer.Actor("eve"), Ed25519.New());
        eve.Document["assertionMethod"] = new JsonArray(new JsonObject { ["id"] = eve.Id + "#second", ["type"] = "Multikey", ["controller"] = eve.Id, ["publicKeyMultibase"] = multibase });
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(secret));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(Ed25519.New().Secret));

        async Task<HttpStatusCode> SendAsync(string with)
        {
            var body = System.Text.Encoding.UTF8.GetBytes(eve.Activity("Follow", $"{houses.North.Url}/users/{ada.Handle}").ToJsonString());
            var digest = $"sha-256=:{Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(body))}:";
            var parameters = $"(\"@method\" \"@target-uri\" \"content-digest\");created={TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()};keyid=\"{eve.Id}#second\";alg=\"ed25519\"";
            var text = $"\"@method\": POST\n\"@target-uri\": {houses.North.Url}/inbox\n\"content-digest\": {digest}\n\"@signature-params\": {parameters}";
            var signature = Convert.ToBase64String(Ed25519.Sign(with, System.Text.Encoding.UTF8.GetBytes(text)));
            return await eve.SendAsync(houses.North, body, change: request =>
            {
                request.Headers.Remove("Signature");
                request.Headers.TryAddWithoutValidation("Content-Digest", digest);
                request.Headers.TryAddWithoutValidation("Signature-Input", "sig1=" + parameters);
                request.Headers.TryAddWithoutValidation("Signature", $"sig1=:{signature}:");
            });
        }
    }
}
