using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>A house of its own, since it changes who may join and what it says of itself.</summary>
public sealed class InstanceHouse() : TestHouse(new SocialModule());

/// <summary>What the house says of itself to apps and sites, and how an app signs somebody up.</summary>
public sealed class InstanceTests(InstanceHouse house) : IClassFixture<InstanceHouse>
{
    [Fact]
    public async Task An_app_signs_somebody_up_by_the_house_s_own_rules()
    {
        using var app = await AppAsync("read write");
        var handle = "newcomer" + Random.Shared.Next(1_000_000);
        await SocialHouse.SetAsync(house, "accounts.sign_up", "closed");
        (await app.PostAsync("/api/v1/accounts", Wish(handle))).Is(HttpStatusCode.Forbidden);
        Assert.False((await app.GetAsync("/api/v2/instance")).Ok().Json.GetProperty("registrations").GetProperty("enabled").GetBoolean());

        await SocialHouse.SetAsync(house, "accounts.sign_up", "approval");
        var instance = (await app.GetAsync("/api/v1/instance")).Ok().Json;
        Assert.Equal((true, true), (instance.GetProperty("registrations").GetBoolean(), instance.GetProperty("approval_required").GetBoolean()));
        var faults = (await app.PostAsync("/api/v1/accounts", new { username = "", email = "none", password = Person.Password, agreement = true })).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("ERR_BLANK", "ERR_INVALID"), (Fault(faults, "username"), Fault(faults, "email")));
        Assert.Equal("ERR_ACCEPTED", Fault((await app.PostAsync("/api/v1/accounts", new { username = handle, email = "a@b.example", password = Person.Password })).Is(HttpStatusCode.UnprocessableEntity), "agreement"));

        var token = (await app.PostAsync("/api/v1/accounts", Wish(handle))).Ok();
        Assert.Equal(["access_token", "created_at", "scope", "token_type"], token.Json.Keys());
        Assert.Equal("ERR_TAKEN", Fault((await app.PostAsync("/api/v1/accounts", Wish(handle))).Is(HttpStatusCode.UnprocessableEntity), "username"));

        // Nothing is answered before the address is confirmed.
        using var newcomer = Bearer(token["access_token"]);
        foreach (var path in (string[])["timelines/home", "accounts/verify_credentials", "notifications", "push/subscription"])
            Assert.Contains("not confirmed yet", (await newcomer.GetAsync("/api/v1/" + path)).Is(HttpStatusCode.Forbidden)["error"], StringComparison.Ordinal);
        (await newcomer.PostAsync("/api/v1/statuses", new { status = "hello" })).Is(HttpStatusCode.Forbidden);
        (await Bearer("atr_nothing").GetAsync("/api/v1/timelines/home")).Is(HttpStatusCode.Unauthorized);
        // But for asking how it stands, and for another letter: to another address too.
        Assert.Equal("false", (await newcomer.GetAsync("/api/v1/emails/check_confirmation")).Ok().Body);
        (await house.Stranger().GetAsync("/api/v1/emails/check_confirmation")).Is(HttpStatusCode.Unauthorized);
        (await house.Stranger().PostAsync("/api/v1/emails/confirmations")).Is(HttpStatusCode.Unauthorized);
        var first = await LetterAsync($"{handle}@example.org", 1);
        (await newcomer.PostAsync("/api/v1/emails/confirmations")).Ok();
        await LetterAsync($"{handle}@example.org", 2);
        (await newcomer.PostAsync("/api/v1/emails/confirmations", new { email = "none" })).Is(HttpStatusCode.UnprocessableEntity);
        (await newcomer.PostAsync("/api/v1/emails/confirmations", new { email = $"new{handle}@example.org" })).Ok();
        var last = await LetterAsync($"new{handle}@example.org", 1);
        using var browser = house.Stranger();
        (await browser.FormAsync(first)).Is(HttpStatusCode.Gone);
        await browser.FormAsync(last);
        Assert.Equal("true", (await newcomer.GetAsync("/api/v1/emails/check_confirmation")).Ok().Body);
        Assert.Contains("approval", (await newcomer.GetAsync("/api/v1/timelines/home")).Is(HttpStatusCode.Forbidden)["error"], StringComparison.Ordinal);
        (await newcomer.PostAsync("/api/v1/emails/confirmations")).Is(HttpStatusCode.Forbidden);
        (await (await house.PersonAsync("ada")).PostAsync("/api/v1/accounts", Wish("other" + handle))).Is(HttpStatusCode.Forbidden);
        (await house.Stranger().PostAsync("/api/v1/accounts", Wish("other" + handle))).Is(HttpStatusCode.Unauthorized);
        await SocialHouse.SetAsync(house, "accounts.sign_up", "invitation");
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/api/v1/streaming/health")]
    public async Task The_house_says_that_it_is_well(string path) => Assert.Equal("OK", (await house.Stranger().GetAsync(path)).Ok().Body);

    [Fact]
    public async Task A_public_post_is_shown_to_other_sites_and_no_other_is()
    {
        var ada = await house.PersonAsync("ada");
        using var stranger = house.Stranger();
        var post = (await ada.PostAsync("/api/v1/statuses", new { status = "for <all>" })).Ok();
        var shown = (await stranger.GetAsync($"/api/oembed?url={Uri.EscapeDataString(post["url"])}&maxwidth=300")).Ok();
        Assert.Equal(["author_name", "author_url", "cache_age", "height", "html", "provider_name", "provider_url", "type", "version", "width"], shown.Json.Keys());
        Assert.Equal(("rich", "1.0", 300), (shown["type"], shown["version"], shown.Json.GetProperty("width").GetInt32()));
        Assert.Contains("for &lt;all&gt;", shown["html"], StringComparison.Ordinal);
        Assert.DoesNotContain("<script", shown["html"], StringComparison.Ordinal);
        foreach (var hidden in new[] { await ada.TootAsync("x", "private"), await ada.TootAsync("x", audience: "members") })
            (await ada.GetAsync($"/api/oembed?url={Uri.EscapeDataString($"{house.Url}/@{ada.Handle}/{hidden}")}")).Is(HttpStatusCode.NotFound);
        (await stranger.GetAsync($"/api/oembed?url={Uri.EscapeDataString($"{house.Url}/@somebody/{post["id"]}")}")).Is(HttpStatusCode.NotFound);
        (await stranger.GetAsync("/api/oembed?url=http://elsewhere.example/@a/1")).Is(HttpStatusCode.NotFound);
        (await stranger.GetAsync("/api/oembed")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Activity_and_words_about_the_house_have_the_shape_apps_expect()
    {
        var ada = await house.PersonAsync("ada");
        await ada.TootAsync("counted");
        var weeks = (await ada.GetAsync("/api/v1/instance/activity")).Ok().Json;
        Assert.Equal(12, weeks.GetArrayLength());
        Assert.Equal(["logins", "registrations", "statuses", "week"], weeks[0].Keys());
        Assert.True(int.Parse(weeks[0].GetProperty("statuses").GetString()!) > 0);
        await SocialHouse.SetAsync(house, "social.about", "We **grow** things");
        Assert.Contains("<strong>grow</strong>", (await ada.GetAsync("/api/v1/instance/extended_description")).Ok()["content"], StringComparison.Ordinal);
        await SocialHouse.SetAsync(house, "social.contact", "hello@example.org");
        Assert.Equal("hello@example.org", (await ada.GetAsync("/api/v2/instance")).Ok().Json.GetProperty("contact").GetProperty("email").GetString());
        Assert.Equal("[]", (await ada.GetAsync("/api/v1/instance/peers")).Ok().Body);
    }

    [Fact]
    public async Task A_tag_used_for_everyone_is_found_by_the_house_s_search_and_one_used_among_some_is_not()
    {
        var ada = await house.PersonAsync("ada");
        var (open, closed) = ("open" + ada.Handle, "closed" + ada.Handle);
        await ada.TootAsync($"#{open}");
        await ada.TootAsync($"#{closed}", audience: "members");
        await ada.TootAsync($"#{closed}", "private");
        await house.SettledAsync();
        using var stranger = house.Stranger();
        Assert.Contains($"/tags/{open}", (await ada.GetAsync($"/api/home/search?q={open}")).Ok().Body, StringComparison.Ordinal);
        Assert.DoesNotContain($"/tags/{closed}", (await ada.GetAsync($"/api/home/search?q={closed}")).Ok().Body, StringComparison.Ordinal);
    }

    // The way that a letter shows to a page of the house.
    private async Task<string> LetterAsync(string address, int count)
    {
        for (var i = 0; i < 100 && (await house.MailToAsync(address)).Count < count; i++) await house.SettledAsync();
        var letters = await house.MailToAsync(address);
        Assert.Equal(count, letters.Count);
        return "/confirm/" + letters[^1].TextBody!.Split("/confirm/")[1].Split((char[])[' ', '\r', '\n', '"', '<'])[0];
    }

    private static object Wish(string handle) => new { username = handle, email = $"{handle}@example.org", password = Person.Password, agreement = true, locale = "en", reason = "I like it" };

    private static string? Fault(Answer answer, string field) => answer.Json.GetProperty("details").GetProperty(field)[0].GetProperty("error").GetString();

    private async Task<Caller> AppAsync(string scopes)
    {
        using var stranger = house.Stranger();
        var app = (await stranger.PostAsync("/api/v1/apps", new { client_name = "phone", redirect_uris = "urn:ietf:wg:oauth:2.0:oob", scopes })).Ok();
        var token = (await stranger.PostAsync("/oauth/token", new { grant_type = "client_credentials", client_id = app["client_id"], client_secret = app["client_secret"], scope = scopes })).Ok();
        return Bearer(token["access_token"]);
    }

    private Caller Bearer(string token)
    {
        var caller = house.Stranger();
        caller.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return caller;
    }
}
