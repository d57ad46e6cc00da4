using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;

namespace Atrium.Social;

/// <summary>One frame: on which stream, what happened, and its payload as text; null where the event says it all. One may go to many listeners.</summary>
internal sealed record StreamFrame(string[] Stream, string Event, string? Payload)
{
    private byte[]? _text;

    /// <summary>As a WebSocket carries it, written once.</summary>
    public ReadOnlyMemory<byte> Text => _text ??= Write();

    // A frame without a stream is a refusal: its event the words, its payload the status.
    private byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(
        Stream.Length == 0 ? (object)new { error = Event, status = int.Parse(Payload!, CultureInfo.InvariantCulture) }
        : Payload is null ? new { stream = Stream, @event = Event }
        : new { stream = Stream, @event = Event, payload = Payload },
        MastodonJson.Options);
}

/// <summary>Somebody who listens, with a queue of their own. Who reads too slowly is closed.</summary>
internal sealed class StreamListener(Viewer viewer, Tongue tongue) : IDisposable
{
    private const int Queue = 200;
    private readonly Channel<StreamFrame> _frames = Channel.CreateBounded<StreamFrame>(new BoundedChannelOptions(Queue) { SingleReader = true });
    private readonly ConcurrentDictionary<string, StreamName> _streams = new();
    private readonly CancellationTokenSource _tooSlow = new();

    public long Key { get; set; }

    public Viewer Viewer { get; } = viewer;

    /// <summary>What it is refused in.</summary>
    public Tongue Tongue { get; } = tongue;

    public ChannelReader<StreamFrame> Frames => _frames.Reader;

    /// <summary>Cancelled when the queue ran over.</summary>
    public CancellationToken TooSlow => _tooSlow.Token;

    public void Subscribe(StreamName stream) => _streams[string.Join('\n', stream.Path)] = stream;

    public void Unsubscribe(StreamName stream) => _streams.TryRemove(string.Join('\n', stream.Path), out _);

    public IEnumerable<StreamName> On(string name) => _streams.Values.Where(s => s.Name == name);

    public IEnumerable<StreamName> Streams => _streams.Values;

    public void Send(StreamFrame frame)
    {
        if (!_frames.Writer.TryWrite(frame)) _tooSlow.Cancel();
    }

    public void Dispose() => _tooSlow.Dispose();
}
