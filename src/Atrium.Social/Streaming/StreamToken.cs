using Atrium.Kernel.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social;

/// <summary>
/// The token of a stream: in the header, in the query, or as the WebSocket's sub-protocol, since browsers can set no header there. A stream ends
/// when its token does.
/// </summary>
internal sealed class StreamToken : IStartupFilter
{
    // Keys were ended; members were suspended, or left.
    private static readonly string[] Ended = ["accounts.credentials", "accounts.standings"];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            var request = context.Request;
            if (request.Path.StartsWithSegments("/api/v1/streaming") && request.Headers.Authorization.Count == 0 && Of(request) is { Length: > 0 } token) request.Headers.Authorization = "Bearer " + token;
            return following(context);
        });
        next(app);
    };

    public static bool Sent(HttpContext http) => http.Request.Headers.Authorization.Count > 0;

    /// <summary>Ends a stream when keys were ended and its own was among them.</summary>
    public static IDisposable Watch(HttpContext http, ILiveBus bus, IServiceScopeFactory scopes, CancellationTokenSource ends)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length == 0) return new Nothing();
        void Check(LiveMessage ended) => _ = CheckAsync(header, scopes, ends);
        return new Both(bus.Subscribe(Ended[0], Check), bus.Subscribe(Ended[1], Check));
    }

    private static async Task CheckAsync(string header, IServiceScopeFactory scopes, CancellationTokenSource ends)
    {
        try
        {
            if (await TokenProbe.SeenAsync(header, scopes) != TokenState.Good) await ends.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The stream, or the house, is closing.
        }
    }

    private static string? Of(HttpRequest request) => request.Query["access_token"].ToString() is { Length: > 0 } asked ? asked
        : request.Headers.Connection.ToString().Contains("upgrade", StringComparison.OrdinalIgnoreCase) ? request.Headers.SecWebSocketProtocol.ToString().Split(',')[0].Trim() : null;

    private sealed class Both(IDisposable one, IDisposable other) : IDisposable
    {
        public void Dispose()
        {
            one.Dispose();
            other.Dispose();
        }
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose() { }
    }
}
