using System.Net;
using System.Text.Json.Nodes;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests.Federation;

/// <summary>What administrators decide about other servers, and what those complain about.</summary>
[Collection(FederationCollection.Name)]
public sealed class PolicyTests(TwoHouses houses) : IAsyncLifetime
{
    private readonly OpenHouse _house = houses.North;
    private HostilePeer _peer = null!;

    private string Domain => new Uri(_peer.Url).Authority;

    public async ValueTask InitializeAsync() => _peer = await HostilePeer.StartAsync();

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Fact]
    public async Task A_report_from_elsewhere_comes_before_the_moderators_unless_none_are_taken()
    {
        var (ada, boss) = (await _house.PersonAsync("ada"), await _house.PersonAsync("boss", Role.Administrator));
        var (open, members) = (await ada.TootAsync("Rude words"), await ada.TootAsync("Ruder words", audience: "members"));
        var eve = _peer.Actor("eve");
        var person = $"{_house.Url}/users/{ada.Handle}";
        JsonObject Flag(string about, string words)
        {
            var flag = eve.Activity("Flag", new JsonArray(person, $"{person}/statuses/{about}"));
            flag["content"] = words;
            return flag;
        }

        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, Flag(open, "This is rude")));
        await _house.DrainAsync();
        var found = (await boss.GetAsync("/api/home/moderation/cases")).Ok().Json.GetProperty("items").EnumerateArray().Single(c => c.GetProperty("thing").GetString() == $"status:{open}");
        Assert.Equal(1, found.GetProperty("reports").GetInt32());
        var file = (await boss.GetAsync($"/api/home/moderation/cases/{found.GetProperty("id").GetString()}")).Ok().Json;
        Assert.Equal($"Reported by {Domain}: This is rude", file.GetProperty("reports")[0].GetProperty("comment").GetString());

        // A post that was never shown there is not told of: the account is what they may complain about.
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, Flag(members, "And this")));
        await _house.DrainAsync();
        Assert.DoesNotContain($"status:{members}", await CasesAsync(boss));
        Assert.Contains($"account:{await ada.AccountIdAsync()}", await CasesAsync(boss));

        (await boss.PutAsync($"/api/social/federation/domains/{Domain}", new { reject_reports = true })).Ok();
        var other = await ada.TootAsync("Other words");
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, Flag(other, "Again")));
        await _house.DrainAsync();
        Assert.DoesNotContain($"status:{other}", await CasesAsync(boss));
    }

    [Fact]
    public async Task Pictures_of_a_server_whose_media_are_rejected_are_shown_no_more_at_once()
    {
        var (ada, boss) = (await _house.PersonAsync("ada"), await _house.PersonAsync("boss", Role.Administrator));
        var eve = _peer.Actor("eve");
        using (var picture = NetVips.Image.Black(20, 20, bands: 3)) _peer.Serve("/eve.png", picture.PngsaveBuffer(), "image/png");
        _peer.Serve("/page.html", System.Text.Encoding.UTF8.GetBytes("<html><script>1</script></html>"), "image/png");
        eve.Document["icon"] = new JsonObject { ["type"] = "Image", ["url"] = _peer.Url + "/eve.png" };
        eve.Document["image"] = new JsonObject { ["type"] = "Image", ["url"] = _peer.Url + "/page.html" };
        await ada.AccountIdAsync();
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, eve.Activity("Follow", $"{_house.Url}/users/{ada.Handle}")));
        await _house.DrainAsync();
        var follower = (await ada.GetAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/followers")).Ok().Json[0];
        var (avatar, header) = (follower.GetProperty("avatar").GetString()!, follower.GetProperty("header").GetString()!);
        Assert.StartsWith(_house.Url + RemoteFiles.Root, avatar);
        using var stranger = _house.Stranger();
        var asked = _peer.Asked;
        for (var i = 0; i < 3; i++) Assert.StartsWith("image/", (await stranger.GetAsync(avatar[_house.Url.Length..])).Ok().Headers["Content-Type"]);
        // What is no picture is not handed out, whatever it calls itself; and neither is asked for twice.
        for (var i = 0; i < 3; i++) (await stranger.GetAsync(header[_house.Url.Length..])).Is(HttpStatusCode.NotFound);
        Assert.Equal(asked + 2, _peer.Asked);

        (await boss.PutAsync($"/api/social/federation/domains/{Domain}", new { reject_media = true })).Ok();
        (await stranger.GetAsync(avatar[_house.Url.Length..])).Is(HttpStatusCode.NotFound);
        Assert.EndsWith(EntityWriter.NoAvatar, (await ada.GetAsync($"/api/v1/accounts/{follower.GetProperty("id").GetString()}")).Ok()["avatar"]);
        Assert.Equal(asked + 2, _peer.Asked);
        var audited = await _house.InScopeAsync(sp => sp.GetRequiredService<KernelDb>().Audit.Where(a => a.Action == "social.domain_policy_set").Select(a => a.Details).ToListAsync());
        Assert.Contains($"{Domain}: media rejected", audited);
    }

    [Fact]
    public async Task Administrators_decide_by_page_and_nobody_else()
    {
        var (ada, boss) = (await _house.PersonAsync("ada"), await _house.PersonAsync("boss", Role.Administrator));
        (await ada.PageAsync("/social/admin/federation")).Is(HttpStatusCode.Forbidden);
        (await boss.FormAsync("/social/admin/federation/domains", ("domain", "bad.example"), ("severity", "Suspend"), ("reject_reports", "true"), ("private_comment", "Spam <b>"))).Is(HttpStatusCode.SeeOther);
        var page = (await boss.PageAsync("/social/admin/federation")).Ok().Body;
        Assert.Contains("bad.example", page);
        Assert.Contains("suspended, no reports", page);
        Assert.Contains("Spam &lt;b&gt;", page);
        (await boss.FormAsync("/social/admin/federation/domains", ("domain", "not a domain"), ("severity", "None"))).Is(HttpStatusCode.UnprocessableEntity);
        (await ada.FormAsync("/social/admin/federation/domains", ("domain", "good.example"), ("severity", "Suspend"))).Is(HttpStatusCode.Forbidden);
        (await boss.FormAsync("/social/admin/federation/domains/remove", ("domain", "bad.example"))).Is(HttpStatusCode.SeeOther);
        Assert.DoesNotContain("bad.example", (await boss.PageAsync("/social/admin/federation")).Ok().Body);
        Assert.Equal("open", (await boss.GetAsync("/api/social/federation")).Ok()["mode"]);
        (await ada.GetAsync("/api/social/federation")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_a_suspended_server_left_goes_after_thirty_days_and_untouched_posts_after_ninety()
    {
        var (ada, boss) = (await _house.PersonAsync("ada"), await _house.PersonAsync("boss", Role.Administrator));
        await ada.AccountIdAsync();
        var (eve, mallory) = (_peer.Actor("eve"), _peer.Actor("mallory"));
        var person = $"{_house.Url}/users/{ada.Handle}";
        var (kept, forgotten, bad) = (eve.Note("Liked", null, person), eve.Note("Nobody cared", null, eve.Id + "/followers"), mallory.Note("Bad", null, person));
        var uri = $"{person}/statuses/{await ada.TootAsync("A post")}";
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, eve.Activity("Create", kept)));
        Assert.Equal(HttpStatusCode.Accepted, await mallory.SendAsync(_house, mallory.Activity("Create", bad)));
        Assert.Equal(HttpStatusCode.Accepted, await mallory.SendAsync(_house, mallory.Activity("Like", uri)));
        await _house.DrainAsync();
        // By a follow, and the follow's end, a post comes that nobody is named in.
        var there = (await ada.GetAsync($"/api/v2/search?type=accounts&resolve=true&q={Uri.EscapeDataString(eve.Id)}")).Ok().Json.GetProperty("accounts")[0].GetProperty("id").GetString();
        (await ada.PostAsync($"/api/v1/accounts/{there}/follow")).Ok();
        await _house.DrainAsync();
        var asked = _peer.Received.Last(a => (string)a["type"]! == "Follow");
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, eve.Activity("Accept", asked.DeepClone())));
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, eve.Activity("Create", forgotten)));
        await _house.DrainAsync();
        await _house.InScopeAsync(async sp =>
        {
            var db = sp.GetRequiredService<SocialDb>();
            DateTimeOffset? before = TimeProvider.System.GetUtcNow().AddDays(-31);
            var old = TimeProvider.System.GetUtcNow().AddDays(-91);
            Assert.Equal(1, await db.Accounts.Where(a => a.Uri == mallory.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Standing, AccountStanding.Suspended).SetProperty(a => a.SuspendedAt, before)));
            Assert.Equal(2, await db.Statuses.Where(s => s.Uri == (string)kept["id"]! || s.Uri == (string)forgotten["id"]!).ExecuteUpdateAsync(set => set.SetProperty(s => s.CreatedAt, old)));
            return true;
        });
        for (var night = 0; night < 2; night++) await _house.RunRecurringAsync(nameof(PurgeRemote));
        await _house.InScopeAsync(async sp =>
        {
            var db = sp.GetRequiredService<SocialDb>();
            Assert.Equal(AccountStanding.Purged, (await db.Accounts.SingleAsync(a => a.Uri == mallory.Id)).Standing);
            Assert.Equal("", (await db.Statuses.SingleAsync(s => s.Uri == (string)bad["id"]!)).Html);
            Assert.True(await db.Statuses.AnyAsync(s => s.Uri == (string)kept["id"]!));
            Assert.False(await db.Statuses.AnyAsync(s => s.Uri == (string)forgotten["id"]!));
            return true;
        });
        Assert.Equal(0, (await ada.GetAsync($"/api/v1/statuses/{uri.Split('/')[^1]}")).Ok().Json.GetProperty("favourites_count").GetInt32());
        Assert.Equal(Role.Administrator, boss.Role);
    }

    private static async Task<IReadOnlyList<string>> CasesAsync(Caller boss) =>
        [.. (await boss.GetAsync("/api/home/moderation/cases")).Ok().Json.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("thing").GetString()!)];
}
