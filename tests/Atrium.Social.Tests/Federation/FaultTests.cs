using System.Net;
using System.Text.Json.Nodes;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests.Federation;

/// <summary>A house whose clock the test moves.</summary>
public sealed class PatientHouse(MovedClock? time = null) : TestHouse(new SocialModule())
{
    public MovedClock Time { get; } = time ?? new();

    protected override TimeProvider Clock => Time;

    protected override bool WorkersRun => false;

    protected override Task OpenedAsync() => OpenHouse.SetAsync(this, "open");
}

/// <summary>The time of day, put forward.</summary>
public sealed class MovedClock : TimeProvider
{
    private long _ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
}

/// <summary>Far ends that fail: how long the house tries, when it stops, and what a crash in between costs.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private readonly PatientHouse _house = new();
    private HostilePeer _peer = null!;

    public async ValueTask InitializeAsync()
    {
        await _house.InitializeAsync();
        _peer = await HostilePeer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task Who_is_named_and_cannot_be_found_yet_is_linked_and_told_once_they_can()
    {
        var ada = await _house.PersonAsync("ada");
        var zoe = _peer.Actor("zoe");
        var host = new Uri(_peer.Url).Authority;
        var silence = new TaskCompletionSource();
        _peer.Hang("/.well-known/webfinger", silence.Task);
        // Its server does not answer: the author does not wait for it.
        var post = (await ada.PostAsync("/api/v1/statuses", new { status = $"@zoe@{host} and nobody else", visibility = "direct" })).Ok();
        Assert.Empty(post.Json.GetProperty("mentions").EnumerateArray());
        silence.SetException(new IOException("gone"));
        await _house.DrainAsync();
        Assert.Empty(_peer.Received);

        _peer.Serve("/.well-known/webfinger", new JsonObject { ["subject"] = $"acct:zoe@{host}", ["links"] = new JsonArray(new JsonObject { ["rel"] = "self", ["type"] = "application/activity+json", ["href"] = zoe.Id }) }, "application/jrd+json");
        _house.Time.Advance(TimeSpan.FromMinutes(6));
        await _house.DrainAsync();
        var now = (await ada.GetAsync($"/api/v1/statuses/{post["id"]}")).Ok().Json;
        Assert.Equal($"zoe@{host}", now.GetProperty("mentions")[0].GetProperty("acct").GetString());
        Assert.Contains("class=\"u-url mention\"", now.GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, now.GetProperty("edited_at").ValueKind);
        var create = Assert.Single(_peer.Received);
        Assert.Equal(("Create", zoe.Id), ((string)create["type"]!, (string)create["object"]!["tag"]![0]!["href"]!));

        // Nothing more is said of it.
        _house.Time.Advance(TimeSpan.FromDays(2));
        await _house.DrainAsync();
        Assert.Single(_peer.Received);
    }

    [Fact]
    public async Task A_failed_delivery_is_tried_at_growing_distances_for_two_days_and_then_given_up()
    {
        var ada = await FollowedAsync();
        _peer.Answers = 503;
        await ada.TootAsync("Is anybody there?");
        var began = _house.Time.GetUtcNow();
        List<TimeSpan> waits = [];
        await _house.DrainAsync();
        while (await RowAsync() is { State: DeliveryState.Due } row)
        {
            Assert.True(waits.Count < 40, "It is tried for ever.");
            waits.Add(row.DueAt - _house.Time.GetUtcNow());
            _house.Time.Advance(row.DueAt - _house.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
            await _house.DrainAsync();
        }

        Assert.Equal(DeliveryState.Dead, (await RowAsync()).State);
        Assert.InRange(waits[0], TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(66));
        Assert.InRange(waits[1], TimeSpan.FromSeconds(170), TimeSpan.FromSeconds(198));
        Assert.InRange(waits[2], TimeSpan.FromSeconds(530), TimeSpan.FromSeconds(594));
        Assert.True(_house.Time.GetUtcNow() - began < TimeSpan.FromDays(2));
        Assert.InRange(_peer.Received.Count, 6, 12);
        Assert.Single(_peer.Received.Select(a => (string)a["id"]!).Distinct());
    }

    [Theory]
    [InlineData(429, false)]
    [InlineData(503, true)]
    public async Task A_server_that_says_when_to_come_again_gets_nothing_before_and_everything_after(int answer, bool asDate)
    {
        var ada = await FollowedAsync();
        var until = _house.Time.GetUtcNow() + TimeSpan.FromHours(2);
        (_peer.Answers, _peer.RetryAfter) = (answer, asDate ? until.ToString("R") : "7200");
        var first = await ada.TootAsync("Are you well?");
        await _house.DrainAsync();
        Assert.Single(_peer.Received);
        var row = await RowAsync(first);
        Assert.Equal((DeliveryState.Due, 1), (row.State, row.Attempts));
        Assert.True(row.DueAt >= until - TimeSpan.FromSeconds(1), $"It is tried at {row.DueAt:R}, and not at {until:R}.");

        // Nor does anything else go there, even when it is heard: it did not fail.
        var second = await ada.TootAsync("Get well soon");
        var fan = _peer.Actor("fan2");
        Assert.Equal(HttpStatusCode.Accepted, await fan.SendAsync(_house, fan.Activity("Like", $"{_house.Url}/users/{ada.Handle}/statuses/{first}"), at: _house.Time.GetUtcNow()));
        _house.Time.Advance(TimeSpan.FromMinutes(100));
        var third = await ada.TootAsync("And fast");
        await _house.DrainAsync();
        Assert.Single(_peer.Received);

        (_peer.Answers, _peer.RetryAfter) = (202, null);
        _house.Time.Advance(TimeSpan.FromMinutes(30));
        await _house.DrainAsync();
        foreach (var id in (string[])[first, second, third]) Assert.Equal(DeliveryState.Sent, (await RowAsync(id)).State);
    }

    [Fact]
    public async Task A_server_that_was_silent_for_a_week_is_not_knocked_at_until_it_is_heard()
    {
        var ada = await FollowedAsync();
        _peer.Answers = 500;
        await ada.TootAsync("One");
        await _house.DrainAsync();
        _house.Time.Advance(TimeSpan.FromDays(8));
        await _house.DrainAsync();
        _peer.Received.Clear();
        var given = await ada.TootAsync("Two");
        await _house.DrainAsync();
        Assert.Empty(_peer.Received);
        Assert.Equal(DeliveryState.Dead, (await RowAsync(given)).State);

        _peer.Answers = 202;
        var eve = _peer.Actor("eve");
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, eve.Activity("Like", $"{_house.Url}/users/{ada.Handle}/statuses/{given}"), at: _house.Time.GetUtcNow()));
        var heard = await ada.TootAsync("Three");
        await _house.DrainAsync();
        Assert.Equal(DeliveryState.Sent, (await RowAsync(heard)).State);
    }

    [Fact]
    public async Task A_line_that_breaks_or_a_house_that_dies_in_the_middle_delivers_again_under_the_same_id()
    {
        var ada = await FollowedAsync();
        var broken = 0;
        _peer.Delay = http =>
        {
            if (broken++ == 0) http.Abort();
            return Task.CompletedTask;
        };
        var first = await ada.TootAsync("Through a broken line");
        await _house.DrainAsync();
        Assert.Equal((DeliveryState.Due, 1), ((await RowAsync(first)).State, (await RowAsync(first)).Attempts));
        _house.Time.Advance(TimeSpan.FromMinutes(2));
        await _house.DrainAsync();
        Assert.Equal(DeliveryState.Sent, (await RowAsync(first)).State);

        // The house dies after the peer has read, and before it heard the answer.
        using var dies = new CancellationTokenSource();
        var read = new TaskCompletionSource();
        _peer.Delay = async http =>
        {
            if (!read.TrySetResult()) return;
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        var second = await ada.TootAsync("The last words");
        var draining = _house.Services.GetRequiredService<OutboxDispatcher>().DrainAsync(dies.Token);
        await read.Task;
        await dies.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => draining);
        Assert.Equal(DeliveryState.Due, (await RowAsync(second)).State);
        // Another takes over once the lease has run out.
        _house.Time.Advance(TimeSpan.FromMinutes(3));
        await _house.DrainAsync();
        Assert.Equal(DeliveryState.Sent, (await RowAsync(second)).State);
        Assert.Equal(2, _peer.Received.Count(a => ((string)a["id"]!).Contains(second, StringComparison.Ordinal)));
        Assert.Single(_peer.Received.Where(a => ((string)a["id"]!).Contains(second, StringComparison.Ordinal)).Select(a => (string)a["id"]!).Distinct());
    }

    [Fact]
    public async Task What_was_given_up_is_sent_again_when_an_administrator_says_so()
    {
        var ada = await FollowedAsync();
        var boss = await _house.PersonAsync("boss", Role.Administrator);
        _peer.Answers = 410;
        var id = await ada.TootAsync("Gone?");
        await _house.DrainAsync();
        var dead = (await boss.GetAsync("/api/social/federation/deliveries?state=dead")).Ok().Json.GetProperty("items").EnumerateArray().Single(d => d.GetProperty("activity").GetString()!.Contains(id, StringComparison.Ordinal));
        Assert.Equal("Answered 410.", dead.GetProperty("error").GetString());
        _peer.Answers = 202;
        (await ada.PostAsync($"/api/social/federation/deliveries/{dead.GetProperty("id").GetString()}/retry")).Is(HttpStatusCode.Forbidden);
        (await boss.PostAsync($"/api/social/federation/deliveries/{dead.GetProperty("id").GetString()}/retry")).Is(HttpStatusCode.Accepted);
        await _house.DrainAsync();
        Assert.Equal(DeliveryState.Sent, (await RowAsync(id)).State);
        (await boss.PostAsync($"/api/social/federation/deliveries/{dead.GetProperty("id").GetString()}/retry")).Is(HttpStatusCode.NotFound);
    }

    private async Task<Person> FollowedAsync()
    {
        var (ada, fan) = (await _house.PersonAsync("ada"), _peer.Actor("fan"));
        await ada.AccountIdAsync();
        Assert.Equal(HttpStatusCode.Accepted, await fan.SendAsync(_house, fan.Activity("Follow", $"{_house.Url}/users/{ada.Handle}"), at: _house.Time.GetUtcNow()));
        await _house.DrainAsync();
        _peer.Received.Clear();
        return ada;
    }

    private Task<OutgoingDelivery> RowAsync(string? status = null) => _house.InScopeAsync(sp =>
        sp.GetRequiredService<SocialDb>().Deliveries.Where(d => d.ActivityId.EndsWith("/activity") && (status == null || d.ActivityId.Contains("/statuses/" + status))).OrderByDescending(d => d.Id).FirstAsync());
}
