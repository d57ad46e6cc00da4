using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Atrium.Kernel.Tests.Live;

/// <summary>One frame as the page reads it.</summary>
internal sealed record Heard(string Topic, string Cursor, string Kind)
{
    public long At => long.Parse(Cursor, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A browser tab's end of a socket. Nothing is taken off the line but what the test reads.</summary>
internal sealed class Tab : WebSocket
{
    private readonly Channel<string> _asked = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _line = Channel.CreateBounded<string>(1);
    private WebSocketState _state = WebSocketState.Open;

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => _state;

    public override string? SubProtocol => null;

    public void Ask(string op, string topic, long? cursor = null) => _asked.Writer.TryWrite(JsonSerializer.Serialize(new { op, topic, cursor = cursor?.ToString(System.Globalization.CultureInfo.InvariantCulture) }));

    public async Task<Heard> HearAsync(CancellationToken ct) => JsonSerializer.Deserialize<Heard>(await _line.Reader.ReadAsync(ct), JsonSerializerOptions.Web)!;

    /// <summary>Reads until something is said of <paramref name="topic"/>, and answers all of it but who is there.</summary>
    public async Task<List<Heard>> UntilAsync(string topic, CancellationToken ct)
    {
        List<Heard> heard = [];
        while (heard.LastOrDefault()?.Topic != topic)
            if (await HearAsync(ct) is { Kind: not "presence" } frame) heard.Add(frame);
        return heard;
    }

    /// <summary>Reads until it is known that whoever sits there is let in: by then all that was asked before is answered too.</summary>
    public async Task<List<Heard>> LetInAsync(string topic, CancellationToken ct)
    {
        List<Heard> before = [];
        for (var heard = await HearAsync(ct); heard != new Heard(topic, "0", "presence"); heard = await HearAsync(ct))
            if (heard.Kind != "presence") before.Add(heard);
        return before;
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        if (!await _asked.Reader.WaitToReadAsync(cancellationToken) || !_asked.Reader.TryRead(out var text))
        {
            _state = WebSocketState.CloseReceived;
            return new(0, WebSocketMessageType.Close, true);
        }

        return new(Encoding.UTF8.GetBytes(text, buffer.AsSpan()), WebSocketMessageType.Text, true);
    }

    public override async Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        await _line.Writer.WriteAsync(Encoding.UTF8.GetString(buffer), cancellationToken);

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Abort() => _state = WebSocketState.Aborted;

    public override void Dispose() { }
}
