using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Atrium.Social.Tests;

/// <summary>A web site on loopback, for what the house fetches.</summary>
internal sealed class LoopbackSite : IAsyncDisposable
{
    private readonly HttpListener _server = new();
    private readonly Task _serving;

    /// <param name="answer">Media type and body for a path; a body of another type than text is given as Latin-1.</param>
    public LoopbackSite(Func<string, (string Type, string Body)?> answer, ConcurrentDictionary<string, byte[]>? files = null)
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = Random.Shared.Next(20_000, 60_000);
            _server.Prefixes.Clear();
            _server.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                _server.Start();
                Url = $"http://127.0.0.1:{port}";
                break;
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                // Somebody else has it.
            }
        }

        _serving = ServeAsync(answer, files ?? new());
    }

    public string Url { get; }

    /// <summary>What was asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _server.Stop();
        await _serving;
        _server.Close();
    }

    private async Task ServeAsync(Func<string, (string Type, string Body)?> answer, ConcurrentDictionary<string, byte[]> files)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _server.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var path = context.Request.Url!.PathAndQuery;
            Asked.Enqueue(path);
            if (files.TryGetValue(path, out var file)) await context.Response.OutputStream.WriteAsync(file);
            else if (answer(path) is { } said)
            {
                context.Response.ContentType = said.Type;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(said.Body));
            }
            else context.Response.StatusCode = 404;
            context.Response.Close();
        }
    }
}
