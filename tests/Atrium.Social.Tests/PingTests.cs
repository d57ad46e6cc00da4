using System.Net;
using System.Net.Sockets;
using System.Text;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>A house that asks soon whether anybody is still there.</summary>
public sealed class PingingHouse() : TestHouse(new SocialModule())
{
    internal static readonly StreamPulse Pulse = new(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(6));

    protected override void Configure(IServiceCollection services) => services.AddSingleton(Pulse);
}

/// <summary>The frames of a WebSocket that no client library shows.</summary>
public sealed class PingTests(PingingHouse house) : IClassFixture<PingingHouse>
{
    private const int Close = 0x8, Ping = 0x9, Pong = 0xA;

    [Fact]
    public void Silence_is_asked_about_after_thirty_seconds_and_ends_after_sixty() =>
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)), (StreamPulse.Usual.Ping, StreamPulse.Usual.Ping + StreamPulse.Usual.Patience));

    [Fact]
    public async Task A_silent_client_that_answers_pings_stays_and_one_that_does_not_is_closed()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var alive = await OpenAsync(patience.Token);
        using var dead = await OpenAsync(patience.Token);
        // Long after the silent one is gone, the other is there.
        var gone = EndAsync(dead, patience.Token);
        var pings = 0;
        while (!gone.IsCompleted || pings < 3)
        {
            var (kind, payload) = await ReadAsync(alive, patience.Token) ?? throw new InvalidOperationException("It was closed though it answered.");
            Assert.Equal(Ping, kind);
            pings++;
            await SendAsync(alive, Pong, payload, patience.Token);
        }

        Assert.Equal(Ping, await gone);
    }

    // The last kind of frame that came before the end.
    private static async Task<int> EndAsync(NetworkStream stream, CancellationToken ct)
    {
        var last = 0;
        try
        {
            while (await ReadAsync(stream, ct) is { } frame) if (frame.Kind != Close) last = frame.Kind;
        }
        catch (IOException)
        {
            // Cut off rather than closed.
        }

        return last;
    }

    private async Task<NetworkStream> OpenAsync(CancellationToken ct)
    {
        var url = new Uri(house.Url);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, url.Port), ct);
        var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /api/v1/streaming?stream=public HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n\r\n"), ct);
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await BytesAsync(stream, 1, ct))![0]);
        Assert.StartsWith("HTTP/1.1 101", head.ToString(), StringComparison.Ordinal);
        return stream;
    }

    // RFC 6455, 5.2: what a server sends is not masked, and control frames are short.
    private static async Task<(int Kind, byte[] Payload)?> ReadAsync(NetworkStream stream, CancellationToken ct)
    {
        if (await BytesAsync(stream, 2, ct) is not { } head) return null;
        return await BytesAsync(stream, head[1] & 0x7F, ct) is { } payload ? (head[0] & 0x0F, payload) : null;
    }

    private static async Task SendAsync(NetworkStream stream, int kind, byte[] payload, CancellationToken ct) =>
        await stream.WriteAsync((byte[])[(byte)(0x80 | kind), (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload], ct);

    private static async Task<byte[]?> BytesAsync(NetworkStream stream, int count, CancellationToken ct)
    {
        var bytes = new byte[count];
        return await stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, ct) == count ? bytes : null;
    }
}
