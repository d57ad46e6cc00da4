using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social;

/// <summary>One client's WebSocket: it subscribes and unsubscribes by frames, and is sent what happens.</summary>
internal sealed class StreamSocket(WebSocket socket, StreamListener listener, IServiceScopeFactory scopes)
{
    private const int LongestRequest = 4096;

    // IANA WebSocket Close Code registry.
    private const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Until the client goes, or <paramref name="ends"/> is cancelled.</summary>
    public async Task RunAsync(CancellationTokenSource ends)
    {
        using var abort = new CancellationTokenSource();
        var receiving = ReceiveAsync(abort.Token);
        var sending = SendAllAsync(ends.Token);
        await Task.WhenAny(receiving, Task.Delay(Timeout.Infinite, ends.Token));
        var slow = listener.TooSlow.IsCancellationRequested;
        await ends.CancelAsync();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // To cancel a receive is to cut the line: the client is told first, and given a moment to answer.
        abort.CancelAfter(Patience);
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await CloseAsync(slow ? TryAgainLater : WebSocketCloseStatus.NormalClosure, abort.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task CloseAsync(WebSocketCloseStatus status, CancellationToken ct) => await socket.CloseOutputAsync(status, null, ct);

    /// <summary>Does what a frame, or the address, asks for.</summary>
    public static async Task AskAsync(StreamListener listener, IServiceScopeFactory scopes, string? type, string? stream, string? tag, string? list, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(stream)) return;
        // Whoever may hear it no longer may still leave it.
        if (type == "unsubscribe" && StreamName.Named(stream, tag, list) is { } left)
        {
            listener.Unsubscribe(left);
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var (found, error, status) = await StreamName.ReadAsync(stream, tag, list, listener.Viewer, scope.ServiceProvider.GetRequiredService<SocialDb>(), scope.ServiceProvider.GetRequiredService<TimelineAccess>(), ct);
        if (found is null) listener.Send(new([], listener.Tongue.Say(error!), status.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        else if (type == "subscribe") listener.Subscribe(found);
    }

    private async Task ReceiveAsync(CancellationToken ct)
    {
        var buffer = new byte[LongestRequest];
        while (socket.State == WebSocketState.Open)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                length += part.Count;
            }
            while (!part.EndOfMessage && length < buffer.Length);

            if (part.MessageType == WebSocketMessageType.Close || !part.EndOfMessage) return;
            if (Read(buffer.AsSpan(0, length)) is { } asked) await AskAsync(listener, scopes, asked.Type, asked.Stream, asked.Tag, asked.List, ct);
        }
    }

    private static Request? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            var json = JsonDocument.Parse(text.ToArray()).RootElement;
            string? Text(string name) => json.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;
            return json.ValueKind == JsonValueKind.Object ? new(Text("type"), Text("stream"), Text("tag"), Text("list")) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task SendAllAsync(CancellationToken ct)
    {
        await foreach (var frame in listener.Frames.ReadAllAsync(ct))
            await socket.SendAsync(frame.Text, WebSocketMessageType.Text, endOfMessage: true, ct);
    }

    private sealed record Request(string? Type, string? Stream, string? Tag, string? List);
}
