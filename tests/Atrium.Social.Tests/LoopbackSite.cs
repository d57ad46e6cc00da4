using System.Collections.Concurrent;
using Atrium.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Atrium.Social.Tests;

/// <summary>A web site on loopback, for what the house fetches.</summary>
internal sealed class LoopbackSite : IAsyncDisposable
{
    private FarEnd _server = null!;

    public string Url => _server.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>What was asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <param name="answer">Media type and body for a path, or null for a 404.</param>
    /// <param name="files">What stands at a path as it is.</param>
    public static async Task<LoopbackSite> StartAsync(Func<string, (string Type, string Body)?> answer, ConcurrentDictionary<string, byte[]>? files = null)
    {
        var site = new LoopbackSite();
        site._server = await FarEnd.StartAsync(http =>
        {
            var path = http.Request.GetEncodedPathAndQuery();
            site.Asked.Enqueue(path);
            if (files is not null && files.TryGetValue(path, out var file)) return http.Response.Body.WriteAsync(file).AsTask();
            if (answer(path) is { } said)
            {
                http.Response.ContentType = said.Type;
                return http.Response.WriteAsync(said.Body);
            }

            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        return site;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
