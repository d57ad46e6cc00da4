using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Live;

/// <summary><c>/live</c>: the WebSocket of pages; <c>/api/live</c>: the same topics as server-sent events, for programs.</summary>
internal static class LiveEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapSocket("/live", ConnectAsync).ExcludeFromDescription().AllowAnonymous().Rate(RateClass.Read);
        app.MapApi("live", "kernel").MapGet("", StreamAsync).Operation("streamTopic", "Streams a topic's changes as server-sent events", "live:read", RateClass.Read, "not_found");
    }

    public static async ValueTask<long?> CursorAsync(IServiceProvider services, string topic, Actor actor, CancellationToken ct)
    {
        var colon = topic.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return null;
        var rule = services.GetServices<ITopicRule>().FirstOrDefault(r => r.Kind == topic[..colon]);
        return rule is null ? null : await rule.CursorAsync(topic[(colon + 1)..], actor, ct);
    }

    private static async Task ConnectAsync(HttpContext context, Actor actor, ILiveBus bus, Presence presence, IServiceScopeFactory scopes, TimeProvider clock, HouseClosing closing)
    {
        if (!context.WebSockets.IsWebSocketRequest) throw Refusal.Invalid("", "This address speaks WebSocket.", "upgrade_required");
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(20), KeepAliveTimeout = TimeSpan.FromSeconds(20) });
        await using var connection = new LiveConnection(socket, actor, bus, presence, scopes, clock);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closing.Token);
        await connection.RunAsync(ends.Token);
    }

    private static async Task<ServerSentEventsResult<LiveMessage>> StreamAsync(string topic, Actor actor, ILiveBus bus, IServiceProvider services, HouseClosing closing, CancellationToken ct)
    {
        var stands = await CursorAsync(services, topic, actor, ct) ?? throw Refusal.NotFound();
        return TypedResults.ServerSentEvents(EventsAsync(topic, stands, bus, closing.Token, ct));
    }

    private static async IAsyncEnumerable<SseItem<LiveMessage>> EventsAsync(string topic, long stands, ILiveBus bus, CancellationToken closing, [EnumeratorCancellation] CancellationToken ct)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct, closing);
        var queue = Channel.CreateBounded<LiveMessage>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        using var subscription = bus.Subscribe(topic, m => queue.Writer.TryWrite(m));
        yield return new(new(topic, stands, "resync"), "resync") { EventId = stands.ToString() };
        await foreach (var message in queue.Reader.ReadAllAsync(ends.Token))
            yield return new(message, message.Kind) { EventId = message.Cursor.ToString() };
    }
}
