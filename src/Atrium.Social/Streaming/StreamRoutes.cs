using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Live;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social;

/// <summary>The streaming API: one WebSocket for many streams, or one stream as server-sent events.</summary>
internal static class StreamRoutes
{
    private const string Root = "/api/v1/streaming";
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapSocket(Root, ConnectAsync).ExcludeFromDescription().AllowAnonymous().Rate(RateClass.Read).AllowCrossSite();
        app.MapGet(Root + "/health", () => TypedResults.Text("OK")).ExcludeFromDescription().AllowAnonymous().Rate(RateClass.Free);
        app.MapGet(Root + "/{**path}", StreamAsync).ExcludeFromDescription().AllowAnonymous().Rate(RateClass.Read).AllowCrossSite();
    }

    private static async Task<IResult> ConnectAsync(
        HttpContext http, Actor actor, Viewers viewers, StreamHub hub, IServiceScopeFactory scopes, HouseClosing closing, ILiveBus bus, TimeProvider clock, StreamPulse pulse, CancellationToken ct)
    {
        if (!http.WebSockets.IsWebSocketRequest) return await StreamAsync("", http, actor, viewers, hub, scopes, closing, bus, clock, ct);
        if (StreamToken.Sent(http) && !actor.IsMember && actor.Kind != ActorKind.App) return Refuse(http, "Invalid access token", 401);
        // A browser closes a socket whose sub-protocol is not answered.
        var protocol = http.WebSockets.WebSocketRequestedProtocols.FirstOrDefault();
        // It listens before the socket opens: what happens once a client knows that it is connected reaches it.
        using var listener = new StreamListener(await viewers.OfAsync(actor, ct), Tongue.Of(http.Request, http.Request.Query["lang"]));
        await StreamSocket.AskAsync(listener, scopes, "subscribe", http.Request.Query["stream"], http.Request.Query["tag"], http.Request.Query["list"], ct);
        hub.Enter(listener);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct, closing.Token, listener.TooSlow);
        using var watch = StreamToken.Watch(http, bus, scopes, ends);
        try
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = protocol, KeepAliveInterval = pulse.Ping, KeepAliveTimeout = pulse.Patience });
            await new StreamSocket(socket, listener, scopes).RunAsync(ends);
        }
        finally
        {
            hub.Leave(listener);
        }

        return Results.Empty;
    }

    private static async Task<IResult> StreamAsync(
        string path, HttpContext http, Actor actor, Viewers viewers, StreamHub hub, IServiceScopeFactory scopes, HouseClosing closing, ILiveBus bus, TimeProvider clock, CancellationToken ct)
    {
        var name = path.Trim('/').Replace('/', ':');
        if (name.StartsWith("public", StringComparison.Ordinal) && http.Request.Query["only_media"].ToString() is "true" or "1") name += ":media";
        var viewer = await viewers.OfAsync(actor, ct);
        StreamName? stream;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var asked = await StreamName.ReadAsync(name, http.Request.Query["tag"], http.Request.Query["list"], viewer, scope.ServiceProvider.GetRequiredService<SocialDb>(), scope.ServiceProvider.GetRequiredService<TimelineAccess>(), ct);
            if (asked.Stream is null) return Refuse(http, asked.Error!, asked.Status);
            stream = asked.Stream;
        }

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Response.Headers.AccessControlAllowOrigin = "*";
        using var listener = new StreamListener(viewer, Tongue.English);
        listener.Subscribe(stream);
        hub.Enter(listener);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct, closing.Token, listener.TooSlow);
        using var watch = StreamToken.Watch(http, bus, scopes, ends);
        try
        {
            await SendAsync(http.Response, ":)\n", ends.Token);
            await WriteAsync(http.Response, listener, clock, ends.Token);
        }
        catch (OperationCanceledException)
        {
            // The client went, was too slow, lost its token, or the house is closing.
        }
        finally
        {
            hub.Leave(listener);
        }

        return Results.Empty;
    }

    private static async Task WriteAsync(HttpResponse response, StreamListener listener, TimeProvider clock, CancellationToken ct)
    {
        while (true)
        {
            var next = listener.Frames.WaitToReadAsync(ct).AsTask();
            while (await Task.WhenAny(next, Task.Delay(Heartbeat, clock, ct)) != next)
            {
                ct.ThrowIfCancellationRequested();
                await SendAsync(response, ":thump\n", ct);
            }

            if (!await next) return;
            while (listener.Frames.TryRead(out var frame)) await SendAsync(response, $"event: {frame.Event}\ndata: {frame.Payload ?? "undefined"}\n\n", ct);
        }
    }

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken ct)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await response.Body.FlushAsync(ct);
    }

    private static IResult Refuse(HttpContext http, string error, int status) => Wire.Json(new { error = MastodonTongue.Asked(http).Say(error) }, status);
}
