using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Home.Tests;

public sealed class WebhookTests(HomeHouse house)
{
    [Fact]
    public async Task A_message_is_signed_as_the_standard_says_and_logged()
    {
        await using var far = await Receiver.StartAsync();
        var ada = await house.PersonAsync();
        var (id, secret) = await MakeAsync(ada, far.Url, "sample.*");
        await HappenAsync("sample.baked", Audience.Members);
        var got = Assert.Single(far.All);
        Assert.Equal("v1," + Sign(secret, got), got.Signature);
        var body = JsonDocument.Parse(got.Body).RootElement;
        Assert.Equal("sample.baked", body.GetProperty("type").GetString());
        Assert.Equal(12, body.GetProperty("data").GetProperty("loaves").GetInt32());

        var log = Assert.Single((await ada.GetAsync($"/api/home/webhooks/{id}/deliveries")).Ok().Json.GetProperty("items").EnumerateArray());
        Assert.Equal("delivered", log.GetProperty("state").GetString());
        Assert.Equal(204, log.GetProperty("last_status").GetInt32());
        Assert.Equal(got.Id, log.GetProperty("message_id").GetString());
    }

    [Fact]
    public async Task Only_events_asked_for_and_visible_to_the_owner_are_sent()
    {
        await using var far = await Receiver.StartAsync();
        var (ada, ben) = (await house.PersonAsync(), await house.PersonAsync());
        await MakeAsync(ada, far.Url, "secret.told");
        await HappenAsync("secret.told", Audience.Only(ben.Id));
        await HappenAsync("secret.other", Audience.Members);
        Assert.Empty(far.All);
        await HappenAsync("secret.told", Audience.Only(ada.Id));
        Assert.Single(far.All);
    }

    [Fact]
    public async Task A_failed_message_is_tried_again_with_the_same_id()
    {
        await using var far = await Receiver.StartAsync(500, 200);
        var ada = await house.PersonAsync();
        var (id, _) = await MakeAsync(ada, far.Url, "none.*");
        (await ada.PostAsync($"/api/home/webhooks/{id}/ping")).Ok();
        await house.SettledAsync();
        await ExpediteAsync();
        Assert.Equal(2, far.All.Count);
        Assert.Equal(far.All[0].Id, far.All[1].Id);

        var log = (await ada.GetAsync($"/api/home/webhooks/{id}/deliveries")).Json.GetProperty("items")[0];
        var file = (await ada.GetAsync($"/api/home/webhooks/{id}/deliveries/{log.GetProperty("id").GetString()}")).Ok().Json;
        Assert.Equal([200, 500], file.GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("status").GetInt32()));
        Assert.Equal("as it was told", file.GetProperty("attempts")[1].GetProperty("excerpt").GetString());

        (await ada.PostAsync($"/api/home/webhooks/{id}/deliveries/{log.GetProperty("id").GetString()}/replay")).Ok();
        await house.SettledAsync();
        Assert.Equal(3, far.All.Count);
        Assert.Equal(far.All[0].Id, far.All[2].Id);
    }

    [Fact]
    public async Task An_address_that_fails_for_three_days_is_switched_off_and_its_owner_told()
    {
        await using var far = await Receiver.StartAsync(500);
        var ada = await house.PersonAsync();
        var (id, _) = await MakeAsync(ada, far.Url, "none.*");
        var since = TimeProvider.System.GetUtcNow().AddDays(-4);
        await InDbAsync(db => db.Webhooks.Where(w => w.OwnerId == ada.Id).ExecuteUpdateAsync(s => s.SetProperty(w => w.Failures, 9).SetProperty(w => w.FailingSince, since)));
        (await ada.PostAsync($"/api/home/webhooks/{id}/ping")).Ok();
        await house.SettledAsync();

        Assert.Equal("False", (await ada.GetAsync($"/api/home/webhooks/{id}"))["enabled"]);
        // The house's own worker may be handing the notice over in this moment.
        System.Text.Json.JsonElement[] notices = [];
        for (var tries = 0; tries < 100 && notices.Length == 0; tries++)
        {
            await house.SettledAsync();
            notices = [.. (await ada.GetAsync("/api/home/inbox")).Json.GetProperty("items").EnumerateArray()];
        }

        var notice = Assert.Single(notices);
        Assert.Equal("home.webhook_disabled", notice.GetProperty("kind").GetString());
        (await ada.PostAsync($"/api/home/webhooks/{id}/ping")).Refuses(HttpStatusCode.Conflict, "webhook_disabled");
    }

    [Fact]
    public async Task Ten_failures_within_three_days_do_not_switch_it_off()
    {
        await using var far = await Receiver.StartAsync(500);
        var ada = await house.PersonAsync();
        var (id, _) = await MakeAsync(ada, far.Url, "none.*");
        for (var i = 0; i < 11; i++) (await ada.PostAsync($"/api/home/webhooks/{id}/ping")).Ok();
        await house.SettledAsync();
        Assert.Equal("True", (await ada.GetAsync($"/api/home/webhooks/{id}"))["enabled"]);
    }

    [Fact]
    public async Task Both_secrets_sign_for_a_day_after_a_rotation()
    {
        await using var far = await Receiver.StartAsync();
        var ada = await house.PersonAsync();
        var (id, old) = await MakeAsync(ada, far.Url, "none.*");
        var fresh = (await ada.PostAsync($"/api/home/webhooks/{id}/secret")).Ok()["secret"];
        Assert.NotEqual(old, fresh);
        (await ada.PostAsync($"/api/home/webhooks/{id}/ping")).Ok();
        await house.SettledAsync();
        var got = Assert.Single(far.All);
        Assert.Equal($"v1,{Sign(fresh, got)} v1,{Sign(old, got)}", got.Signature);
    }

    [Fact]
    public async Task A_webhook_is_its_owners_alone_and_bad_input_names_the_field()
    {
        var (ada, ben) = (await house.PersonAsync(), await house.PersonAsync());
        var (id, _) = await MakeAsync(ada, "https://example.org/hook", "none.*");
        (await ben.GetAsync($"/api/home/webhooks/{id}")).Is(HttpStatusCode.NotFound);
        (await ben.GetAsync($"/api/home/webhooks/{id}/deliveries")).Is(HttpStatusCode.NotFound);
        (await ben.DeleteAsync($"/api/home/webhooks/{id}")).Is(HttpStatusCode.NotFound);
        Assert.DoesNotContain("whsec_", (await ada.GetAsync($"/api/home/webhooks/{id}")).Body, StringComparison.Ordinal);
        var refused = (await ada.PostAsync("/api/home/webhooks", new { name = "", url = "ftp://example.org", events = new[] { "UPPER" } })).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["name", "url", "events"], refused.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()));
    }

    private static async Task<(string Id, string Secret)> MakeAsync(Person owner, string url, params string[] events)
    {
        var made = (await owner.PostAsync("/api/home/webhooks", new { name = "Mine", url, events })).Is(HttpStatusCode.Created).Json;
        return (made.GetProperty("webhook").GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);
    }

    private async Task HappenAsync(string type, Audience audience)
    {
        await house.PublishAsync(new WebhookEvent(type, new("sample", 1), audience, TimeProvider.System.GetUtcNow(), """{"loaves":12}"""));
        await house.SettledAsync();
    }

    // Brings all that waits for a later try forward.
    private async Task ExpediteAsync()
    {
        var now = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        await InDbAsync(db => db.Outbox.Where(m => m.Event == "home.webhook_due").ExecuteUpdateAsync(s => s.SetProperty(m => m.DueAt, now)));
        await house.SettledAsync();
    }

    private Task<int> InDbAsync(Func<HomeDb, Task<int>> work) => house.InScopeAsync(s => work(s.GetRequiredService<HomeDb>()));

    // Standard Webhooks 1.0, computed here from its own words.
    private static string Sign(string secret, Received got) => Convert.ToBase64String(
        HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{got.Id}.{got.Timestamp}.{got.Body}")));
}
