using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Atrium.Home.Tests;

/// <summary>What the house posted.</summary>
internal sealed record Received(string Path, byte[] Bytes, IReadOnlyDictionary<string, string?> Headers)
{
    public string Body => Encoding.UTF8.GetString(Bytes);

    public string? Id => Headers.GetValueOrDefault("webhook-id");

    public string? Timestamp => Headers.GetValueOrDefault("webhook-timestamp");

    public string? Signature => Headers.GetValueOrDefault("webhook-signature");
}

/// <summary>A far end for webhooks and pushes, on a free local port, answering as it is told.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Received> _received = new();

    public Receiver()
    {
        // HttpListener has no port 0: take one that is free just now.
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/hook";
        probe.Stop();
        _listener.Prefixes.Add(Url[..^4]);
        _listener.Start();
        _ = ListenAsync();
    }

    public string Url { get; }

    public int Status { get; set; } = 204;

    public IReadOnlyList<Received> All => [.. _received];

    public void Dispose() => _listener.Close();

    private async Task ListenAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var headers = context.Request.Headers;
            _received.Enqueue(new(context.Request.Url!.AbsolutePath, body.ToArray(), headers.AllKeys.OfType<string>().ToDictionary(k => k, k => headers[k], StringComparer.OrdinalIgnoreCase)));
            context.Response.StatusCode = Status;
            if (Status != 204) await context.Response.OutputStream.WriteAsync("as it was told"u8.ToArray());
            context.Response.Close();
        }
    }
}
