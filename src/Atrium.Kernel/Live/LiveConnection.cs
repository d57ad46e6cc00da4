using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Atrium.Kernel.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Live;

/// <summary>One browser tab's WebSocket. Multiplexes topics; a listener too slow for its bounded queue is told to fetch again.</summary>
internal sealed class LiveConnection(WebSocket socket, Actor actor, ILiveBus bus, Presence presence, IServiceScopeFactory scopes, TimeProvider clock) : IAsyncDisposable
{
    private const int Queue = 256;
    private const int MostTopics = 64;
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(15);

    private readonly Channel<LiveMessage> _outgoing = Channel.CreateBounded<LiveMessage>(new BoundedChannelOptions(Queue) { SingleReader = true });
    private readonly Dictionary<string, IDisposable> _topics = [];
    private readonly Lock _lock = new();
    private int _overflowed;

    public async Task RunAsync(CancellationToken ct)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var sending = SendAsync(ends.Token);
        var checking = RecheckAsync(ends.Token);
        try
        {
            await ReceiveAsync(ends.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The tab was closed, or the house is closing.
        }
        finally
        {
            await ends.CancelAsync();
            await Task.WhenAll(sending, checking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public ValueTask DisposeAsync()
    {
        string[] topics;
        lock (_lock) topics = [.. _topics.Keys];
        foreach (var topic in topics) Unsubscribe(topic);
        return ValueTask.CompletedTask;
    }

    private async Task ReceiveAsync(CancellationToken ct)
    {
        var buffer = new byte[4096];
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
            await ObeyAsync(buffer.AsMemory(0, length), ct);
        }
    }

    private async Task ObeyAsync(ReadOnlyMemory<byte> text, CancellationToken ct)
    {
        Request? request;
        try
        {
            request = JsonSerializer.Deserialize<Request>(text.Span, ApiJson.Options);
        }
        catch (JsonException)
        {
            return;
        }

        if (request is { Op: "sub", Topic: { } wanted }) await SubscribeAsync(wanted, request.Cursor, ct);
        else if (request is { Op: "unsub", Topic: { } left }) Unsubscribe(left);
    }

    private async Task SubscribeAsync(string topic, string? seen, CancellationToken ct)
    {
        // Listens before it asks where the topic stands: what changes in between would be lost. Nothing is passed on before it is known to be allowed.
        var (allowed, missed) = (false, false);
        var listening = bus.Subscribe(topic, Hear);
        long? stands;
        bool before;
        try
        {
            stands = await CursorAsync(topic, ct);
        }
        catch
        {
            listening.Dispose();
            throw;
        }

        lock (_lock)
        {
            var held = _topics.ContainsKey(topic);
            if (stands is null || held || _topics.Count >= MostTopics)
            {
                listening.Dispose();
                if (!held) Enqueue(new(topic, 0, "refused"));
                return;
            }

            _topics[topic] = listening;
            allowed = true;
            before = missed;
        }

        presence.Enter(topic, actor);
        // What changed between the page's reading and this moment was not heard.
        if (before || (long.TryParse(seen, out var cursor) && cursor < stands)) Enqueue(new(topic, stands.Value, "resync"));

        void Hear(LiveMessage message)
        {
            lock (_lock)
            {
                if (allowed) Enqueue(message);
                else missed = true;
            }
        }
    }

    private void Unsubscribe(string topic)
    {
        lock (_lock)
        {
            if (!_topics.Remove(topic, out var subscription)) return;
            subscription.Dispose();
        }

        presence.Leave(topic, actor);
    }

    // What was full may be empty by the time that this is noted, with nobody left who would look at the note: hence the second try.
    private void Enqueue(LiveMessage message)
    {
        if (_outgoing.Writer.TryWrite(message)) return;
        Interlocked.Exchange(ref _overflowed, 1);
        _outgoing.Writer.TryWrite(message);
    }

    private async Task SendAsync(CancellationToken ct)
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(ct))
        {
            await WriteAsync(message, ct);
            if (_outgoing.Reader.Count > 0 || Interlocked.Exchange(ref _overflowed, 0) == 0) continue;
            string[] topics;
            lock (_lock) topics = [.. _topics.Keys];
            foreach (var topic in topics) await WriteAsync(new(topic, 0, "resync"), ct);
        }
    }

    private async Task WriteAsync(LiveMessage message, CancellationToken ct)
    {
        var frame = JsonSerializer.SerializeToUtf8Bytes(new { message.Topic, Cursor = message.Cursor.ToString(), message.Kind, message.Data }, ApiJson.Options);
        await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, ct);
    }

    // Who lost access stops hearing, without having to reload.
    private async Task RecheckAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Recheck, clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            string[] topics;
            lock (_lock) topics = [.. _topics.Keys];
            foreach (var topic in topics)
            {
                if (await IsOpenAsync(topic, ct)) continue;
                Unsubscribe(topic);
                Enqueue(new(topic, 0, "refused"));
            }
        }
    }

    // A database that was busy for a moment takes nobody's access, nor does it end the looking.
    private async Task<bool> IsOpenAsync(string topic, CancellationToken ct)
    {
        try
        {
            return await CursorAsync(topic, ct) is not null;
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            return true;
        }
    }

    private async ValueTask<long?> CursorAsync(string topic, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await LiveEndpoint.CursorAsync(scope.ServiceProvider, topic, actor, ct);
    }

    private sealed record Request(string Op, string? Topic, string? Cursor);
}
