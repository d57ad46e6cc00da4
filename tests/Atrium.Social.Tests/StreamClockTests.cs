using System.Net.WebSockets;
using Atrium.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Atrium.Social.Tests;

/// <summary>A clock that says when somebody begins to wait for the next heartbeat, so that a test moves it neither too early nor too often.</summary>
public sealed class BeatingClock() : FakeTimeProvider(TimeProvider.System.GetUtcNow())
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public SemaphoreSlim Waits { get; } = new(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == Beat) Waits.Release();
        return timer;
    }
}

/// <summary>A house in which only the test lets time pass.</summary>
public sealed class BeatingHouse() : TestHouse(new SocialModule())
{
    public BeatingClock Time { get; } = new();

    protected override TimeProvider Clock => Time;

    protected override bool WorkersRun => false;
}

/// <summary>Streams that are held open for long while nothing happens.</summary>
public sealed class StreamClockTests(BeatingHouse house) : IClassFixture<BeatingHouse>
{
    [Fact]
    public async Task A_stream_held_open_for_ten_minutes_beats_every_fifteen_seconds_and_then_tells_what_happens()
    {
        var ada = await house.PersonAsync("ada");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var socket = await StreamingTests.ListenAsync(ada, "?stream=user");
        using var response = await ada.Http.GetAsync("/api/v1/streaming/user", HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        Assert.Equal(":)", await lines.ReadLineAsync(patience.Token));
        for (var beat = 0; beat < 40; beat++)
        {
            await house.Time.Waits.WaitAsync(patience.Token);
            house.Time.Advance(BeatingClock.Beat);
            Assert.Equal(":thump", await lines.ReadLineAsync(patience.Token));
        }

        // What happens comes at once, between two beats, and a WebSocket has heard of nothing else meanwhile.
        await house.Time.Waits.WaitAsync(patience.Token);
        var id = await ada.TootAsync("after ten minutes");
        Assert.Equal("event: update", await lines.ReadLineAsync(patience.Token));
        Assert.Contains(id, await lines.ReadLineAsync(patience.Token), StringComparison.Ordinal);
        Assert.Equal("", await lines.ReadLineAsync(patience.Token));
        Assert.Contains(id, Assert.Single(await StreamingTests.HearAsync(socket, 1)).Payload!, StringComparison.Ordinal);
        Assert.Equal(WebSocketState.Open, socket.State);
    }
}
