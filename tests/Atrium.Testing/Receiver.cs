using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Atrium.Testing;

/// <summary>What the house posted.</summary>
public sealed record Received(string Path, byte[] Bytes, IReadOnlyDictionary<string, string?> Headers)
{
    public string Body => Encoding.UTF8.GetString(Bytes);

    public string? Id => Headers.GetValueOrDefault("webhook-id");

    public string? Timestamp => Headers.GetValueOrDefault("webhook-timestamp");

    public string? Signature => Headers.GetValueOrDefault("webhook-signature");
}

/// <summary>A far end for webhooks and pushes, answering as it is told: by each status in turn, then by the last for good.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> _received = new();
    private FarEnd _server = null!;

    private readonly int[] _statuses;
    private int _asked;

    private Receiver(int[] statuses) => _statuses = statuses;

    public string Url => new Uri(_server.Address, "/hook").AbsoluteUri;

    public IReadOnlyList<Received> All => [.. _received];

    public static async Task<Receiver> StartAsync(params int[] statuses)
    {
        var receiver = new Receiver(statuses is [] ? [StatusCodes.Status204NoContent] : statuses);
        receiver._server = await FarEnd.StartAsync(receiver.TakeAsync);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _received.Enqueue(new(http.Request.Path, body.ToArray(), http.Request.Headers.ToDictionary(h => h.Key, h => (string?)h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        var status = _statuses[Math.Min(Interlocked.Increment(ref _asked), _statuses.Length) - 1];
        http.Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent) await http.Response.WriteAsync("as it was told");
    }
}
