using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Atrium.Home.Tests;

/// <summary>What a webhook posted.</summary>
internal sealed record Received(string Path, string Body, string? Id, string? Timestamp, string? Signature);

/// <summary>A far end for webhooks, on a free local port, answering as it is told.</summary>
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

            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var headers = context.Request.Headers;
            _received.Enqueue(new(context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync(), headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"]));
            context.Response.StatusCode = Status;
            if (Status != 204) await context.Response.OutputStream.WriteAsync("as it was told"u8.ToArray());
            context.Response.Close();
        }
    }
}
