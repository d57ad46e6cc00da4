using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Atrium.Social;

/// <summary>One frame: on which stream, what happened, and its payload as text; null where the event says it all.</summary>
internal sealed record StreamFrame(string[] Stream, string Event, string? Payload);

/// <summary>Somebody who listens, with a queue of their own. Who reads too slowly is closed.</summary>
internal sealed class StreamListener(Viewer viewer) : IDisposable
{
    private const int Queue = 200;
    private readonly Channel<StreamFrame> _frames = Channel.CreateBounded<StreamFrame>(new BoundedChannelOptions(Queue) { SingleReader = true });
    private readonly ConcurrentDictionary<string, StreamName> _streams = new();
    private readonly CancellationTokenSource _tooSlow = new();

    public long Key { get; set; }

    public Viewer Viewer { get; } = viewer;

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
