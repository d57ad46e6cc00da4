using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>Small things that apps rely on.</summary>
public sealed partial class MannersTests(ClosedHouse house) : IClassFixture<ClosedHouse>
{
    private const string Oob = "urn:ietf:wg:oauth:2.0:oob";

    [Fact]
    public async Task What_has_a_successor_says_since_when()
    {
        var ada = await house.PersonAsync("ada");
        foreach (var path in (string[])["/api/v1/filters", "/api/v1/instance", "/api/v1/trends", "/api/v1/suggestions"])
            Assert.Matches("^@[0-9]+$", Header(await ada.GetAsync(path), "Deprecation"));
        foreach (var path in (string[])["/api/v2/filters", "/api/v2/instance"]) Assert.Equal("", Header(await ada.GetAsync(path), "Deprecation"));
    }

    [Fact]
    public async Task A_token_is_ended_by_its_own_app_alone_and_its_socket_closes_with_it()
    {
        var ada = await house.PersonAsync("ada");
        var (mine, other) = (await RegisterAsync("https://mine.example/"), await RegisterAsync(null));
        var token = await TokenAsync(ada, mine);
        using var app = Bearer(token);
        var posted = (await app.PostAsync("/api/v1/statuses", new { status = "by app" })).Ok().Json.GetProperty("application");
        Assert.Equal(("phone", "https://mine.example/"), (posted.GetProperty("name").GetString(), posted.GetProperty("website").GetString()));
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(token);
        await socket.ConnectAsync(new(house.Url.Replace("http", "ws", StringComparison.Ordinal) + "/api/v1/streaming?stream=user"), CancellationToken.None);
        var refused = (await house.Stranger().PostAsync("/oauth/revoke", new { token, client_id = other.Id, client_secret = other.Secret })).Is(HttpStatusCode.Forbidden);
        Assert.Equal("unauthorized_client", refused["error"]);
        (await app.GetAsync("/api/v1/accounts/verify_credentials")).Ok();
        (await house.Stranger().PostAsync("/oauth/revoke", new { token, client_id = mine.Id, client_secret = mine.Secret })).Ok();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[4096], patience.Token)).MessageType);
        (await app.GetAsync("/api/v1/accounts/verify_credentials")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Text_warning_and_answers_are_kept_in_one_form_of_the_same_letters()
    {
        var ada = await house.PersonAsync("ada");
        const string Apart = "Cafe\u0301";
        var id = (await ada.PostAsync("/api/v1/statuses", new { status = Apart, spoiler_text = Apart, poll = new { options = (string[])[Apart, "Tea"], expires_in = 3600 } })).Ok()["id"];
        var source = (await ada.GetAsync($"/api/v1/statuses/{id}/source")).Ok();
        Assert.Equal(("Caf\u00e9", "Caf\u00e9"), (source["text"], source["spoiler_text"]));
        Assert.Equal("Caf\u00e9", (await ada.GetAsync($"/api/v1/statuses/{id}")).Ok().Json.GetProperty("poll").GetProperty("options")[0].GetProperty("title").GetString());
        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = Apart + "!" })).Ok();
        Assert.Equal("Caf\u00e9!", (await ada.GetAsync($"/api/v1/statuses/{id}/source")).Ok()["text"]);
    }

    [Fact]
    public async Task An_app_that_asks_for_nothing_but_the_head_of_the_house_learns_what_time_it_is()
    {
        var head = (await house.Stranger().SendAsync(HttpMethod.Head, "/", null, [])).Ok();
        Assert.True(DateTimeOffset.TryParse(head.Headers["Date"], System.Globalization.CultureInfo.InvariantCulture, out _));
        Assert.Empty(head.Body);
    }

    [Fact]
    public async Task Every_version_of_a_post_says_what_it_quotes()
    {
        var ada = await house.PersonAsync("ada");
        var quoted = await ada.TootAsync("First", "public");
        var id = (await ada.PostAsync("/api/v1/statuses", new { status = "See", quoted_status_id = quoted })).Ok()["id"];
        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = "See this" })).Ok();
        foreach (var version in (await ada.GetAsync($"/api/v1/statuses/{id}/history")).Ok().Json.EnumerateArray())
            Assert.Equal(quoted, version.GetProperty("quote").GetProperty("quoted_status").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Moderators_are_told_of_who_signs_up_and_of_reports_and_nobody_else_is()
    {
        var (mod, ada, ben) = (await house.PersonAsync("mod", Role.Moderator), await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await SocialHouse.SetAsync(house, "accounts.sign_up", "open");
        var (client, secret) = await RegisterAsync(null);
        var app = (await house.Stranger().PostAsync("/oauth/token", new { grant_type = "client_credentials", client_id = client, client_secret = secret, scope = "read write" })).Ok()["access_token"];
        using var phone = Bearer(app);

        await SocialHouse.SetAsync(house, "accounts.least_age", "16");
        Assert.Equal(16, (await phone.GetAsync("/api/v2/instance")).Ok().Json.GetProperty("registrations").GetProperty("min_age").GetInt32());
        Assert.Contains("name=\"date_of_birth\"", (await house.Stranger().PageAsync("/sign-up")).Ok().Body, StringComparison.Ordinal);
        var handle = "late" + ada.Handle;
        Assert.Equal("ERR_BLANK", Fault(await phone.PostAsync("/api/v1/accounts", Wish(handle, null))));
        Assert.Equal("ERR_INVALID", Fault(await phone.PostAsync("/api/v1/accounts", Wish(handle, "yesterday, perhaps"))));
        Assert.Equal("ERR_BELOW_LIMIT", Fault(await phone.PostAsync("/api/v1/accounts", Wish(handle, "9999-12-31"))));
        Assert.Equal("ERR_BELOW_LIMIT", Fault(await phone.PostAsync("/api/v1/accounts", Wish(handle, DateTime.UnixEpoch.AddYears(2015 - 1970).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)))));
        (await phone.PostAsync("/api/v1/accounts", Wish(handle, "1990-05-17"))).Ok();
        for (var i = 0; i < 100 && (await house.MailToAsync($"{handle}@example.org")).Count == 0; i++) await house.DrainAsync();
        var letter = (await house.MailToAsync($"{handle}@example.org"))[^1].TextBody!;
        (await house.Stranger().FormAsync("/confirm/" + letter.Split("/confirm/")[1].Split((char[])[' ', '\r', '\n', '"', '<'])[0])).Is(HttpStatusCode.SeeOther);

        var report = (await ada.PostAsync("/api/v1/reports", new { account_id = await ben.AccountIdAsync(), comment = "Too loud" })).Ok()["id"];
        List<JsonElement> told = [];
        for (var i = 0; i < 100 && told.Count < 2; i++)
        {
            await house.DrainAsync();
            told = [.. (await mod.GetAsync("/api/v1/notifications?types[]=admin.sign_up&types[]=admin.report")).Ok().Json.EnumerateArray()];
        }

        Assert.Equal(handle, told.Single(n => n.GetProperty("type").GetString() == "admin.sign_up").GetProperty("account").GetProperty("username").GetString());
        var filed = told.Single(n => n.GetProperty("type").GetString() == "admin.report").GetProperty("report");
        Assert.Equal((report, "Too loud", ben.Handle), (filed.GetProperty("id").GetString(), filed.GetProperty("comment").GetString(), filed.GetProperty("target_account").GetProperty("username").GetString()));
        Assert.Empty((await ben.GetAsync("/api/v1/notifications?types[]=admin.sign_up&types[]=admin.report")).Ok().Json.EnumerateArray());
        Assert.Contains("reported something", (await mod.PageAsync("/social/notifications")).Ok().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_s_stream_leaves_out_the_replies_that_the_list_leaves_out()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        await ada.FollowAsync(ben);
        await ada.FollowAsync(cleo);
        var ids = new Dictionary<string, string>();
        foreach (var policy in (string[])["none", "list", "followed"])
        {
            ids[policy] = (await ada.PostAsync("/api/v1/lists", new { title = policy, replies_policy = policy })).Ok()["id"];
            (await ada.PostAsync($"/api/v1/lists/{ids[policy]}/accounts", new { account_ids = (string[])[await ben.AccountIdAsync()] })).Ok();
        }

        using var none = await StreamingTests.ListenAsync(ada, $"?stream=list&list={ids["none"]}");
        using var list = await StreamingTests.ListenAsync(ada, $"?stream=list&list={ids["list"]}");
        using var followed = await StreamingTests.ListenAsync(ada, $"?stream=list&list={ids["followed"]}");
        var asked = await cleo.TootAsync("Who?", "public");
        var answer = await ben.TootAsync("Me", "public", asked);
        var plain = await ben.TootAsync("And now to bed", "public");
        foreach (var (socket, first) in new[] { (none, plain), (list, plain), (followed, answer) })
            Assert.Contains($"\"id\":\"{first}\"", (await StreamingTests.HearAsync(socket, 1))[0].Payload!, StringComparison.Ordinal);
        foreach (var (policy, shown) in new[] { ("none", false), ("list", false), ("followed", true) })
            Assert.Equal(shown, (await ada.IdsAsync($"/api/v1/timelines/list/{ids[policy]}")).Contains(answer));
    }

    [Fact]
    public async Task The_community_s_own_account_has_the_name_that_the_house_gave_it()
    {
        await SocialHouse.SetAsync(house, "social.community_name", "Lindenau");
        var id = await house.InScopeAsync(s => s.GetRequiredService<LocalAccounts>().CommunityAsync(CancellationToken.None));
        Assert.Equal("Lindenau", (await house.Stranger().GetAsync($"/api/v1/accounts/{id}")).Ok()["display_name"]);
        await SocialHouse.SetAsync(house, "social.community_name", "");
        await house.InScopeAsync(s => s.GetRequiredService<LocalAccounts>().CommunityAsync(CancellationToken.None));
        Assert.Equal("Community", (await house.Stranger().GetAsync($"/api/v1/accounts/{id}")).Ok()["display_name"]);
    }

    [Fact]
    public async Task A_house_that_others_know_by_another_address_exchanges_nothing_until_it_has_it_again()
    {
        var ada = await house.PersonAsync("ada");
        await ada.AccountIdAsync();
        await SocialHouse.SetAsync(house, "social.federation", "open");
        var finger = $"/.well-known/webfinger?resource=acct:{ada.Handle}@{new Uri(house.Url).Authority}";
        (await house.Stranger().GetAsync(finger)).Ok();
        await SocialHouse.SetAsync(house, FederationGate.Known.Key, "https://before.example");
        (await house.Stranger().GetAsync(finger)).Is(HttpStatusCode.NotFound);
        await SocialHouse.SetAsync(house, FederationGate.Known.Key, house.Url);
        (await house.Stranger().GetAsync(finger)).Ok();
        await SocialHouse.SetAsync(house, "social.federation", "off");
    }

    private static string Header(Answer answer, string name) => answer.Headers.GetValueOrDefault(name, "");

    private static string? Fault(Answer answer) => answer.Is(HttpStatusCode.UnprocessableEntity).Json.GetProperty("details").GetProperty("date_of_birth")[0].GetProperty("error").GetString();

    private static object Wish(string handle, string? born) =>
        new { username = handle, email = $"{handle}@example.org", password = Person.Password, agreement = true, locale = "de", date_of_birth = born };

    private async Task<(string Id, string Secret)> RegisterAsync(string? website)
    {
        var app = (await house.Stranger().PostAsync("/api/v1/apps", new { client_name = "phone", redirect_uris = Oob, scopes = "read write", website })).Ok();
        return (app["client_id"], app["client_secret"]);
    }

    private async Task<string> TokenAsync(Person person, (string Id, string Secret) app)
    {
        var page = await person.FormAsync("/oauth/authorize", ("client_id", app.Id), ("redirect_uri", Oob), ("response_type", "code"), ("scope", "read write"), ("decision", "allow"));
        var code = Code().Match(page.Ok().Body).Groups["code"].Value;
        return (await house.Stranger().PostAsync("/oauth/token", new { grant_type = "authorization_code", code, client_id = app.Id, client_secret = app.Secret, redirect_uri = Oob })).Ok()["access_token"];
    }

    private Caller Bearer(string token)
    {
        var caller = house.Stranger();
        caller.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return caller;
    }

    [GeneratedRegex("""<code id="authorization-code">(?<code>[^<]+)</code>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
