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

/// <summary>A far end for webhooks and pushes, answering as it is told.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> _received = new();
    private FarEnd _server = null!;

    private Receiver() { }

    public string Url => new Uri(_server.Address, "/hook").AbsoluteUri;

    public int Status { get; set; }

    public IReadOnlyList<Received> All => [.. _received];

    public static async Task<Receiver> StartAsync(int status = StatusCodes.Status204NoContent)
    {
        var receiver = new Receiver { Status = status };
        receiver._server = await FarEnd.StartAsync(receiver.TakeAsync);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _received.Enqueue(new(http.Request.Path, body.ToArray(), http.Request.Headers.ToDictionary(h => h.Key, h => (string?)h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        http.Response.StatusCode = Status;
        if (Status != StatusCodes.Status204NoContent) await http.Response.WriteAsync("as it was told");
    }
}
