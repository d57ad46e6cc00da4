using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbound;
using Atrium.Kernel.Push;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Which of a member's browsers ring.</summary>
public static class PushSubscriptions
{
    /// <summary>A browser's <c>PushSubscription.toJSON()</c>.</summary>
    public sealed record Request(string Endpoint, Keys Keys);

    public sealed record Keys(string P256dh, string Auth);

    public sealed record Ending(string Endpoint);

    public sealed record PublicKeyAnswer(string PublicKey);

    public sealed record Device(Id<PushDevice> Id, string Name, DateTimeOffset CreatedAt);

    internal static void Map(RouteGroupBuilder home)
    {
        home.MapGet("/push/key", Key).Operation("getPushKey", "Answers the house's public VAPID key", "home:read", RateClass.Read);
        home.MapGet("/push", ListAsync).Operation("listPushDevices", "Lists your browsers that ring", "home:read", RateClass.Read);
        home.MapPost("/push", SubscribeAsync).Operation("subscribePush", "Lets this browser ring", "home:write", RateClass.Write);
        home.MapDelete("/push", UnsubscribeAsync).Operation("unsubscribePush", "Lets a browser ring no more", "home:write", RateClass.Write);
    }

    internal static PublicKeyAnswer Key(VapidKey key) => new(key.PublicKey);

    internal static async Task<IReadOnlyList<Device>> ListAsync(HomeDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        return await db.PushDevices.Where(d => d.MemberId == me).OrderByDescending(d => d.Id).Select(d => new Device(d.Id, d.Name, d.CreatedAt)).ToListAsync(ct);
    }

    internal static async Task<Device> SubscribeAsync(Request request, [FromHeader(Name = "User-Agent")] string? userAgent, HomeDb db, OutboundOptions outbound, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        if (!Uri.TryCreate(request.Endpoint, UriKind.Absolute, out var endpoint) || (endpoint.Scheme != Uri.UriSchemeHttps && !(outbound.AllowPrivate && endpoint.Scheme == Uri.UriSchemeHttp)) || request.Endpoint.Length > 2000)
            throw Refusal.Invalid("endpoint", "The endpoint is an https address that the browser gave.");
        if (request.Keys is not { P256dh.Length: > 40 and < 200, Auth.Length: > 10 and < 100 }) throw Refusal.Invalid("keys", "The browser's keys p256dh and auth are missing.");

        var hash = RandomKey.Hash(request.Endpoint);
        return await db.WriteAsync(
            async token =>
            {
                // A browser that another member used before is now this member's.
                await db.PushDevices.Where(d => d.EndpointHash == hash).ExecuteDeleteAsync(token);
                var surplus = await db.PushDevices.AsTracking().Where(d => d.MemberId == me).OrderByDescending(d => d.Id).Skip(PushDevice.Most - 1).ToListAsync(token);
                db.PushDevices.RemoveRange(surplus);
                var device = new PushDevice
                {
                    MemberId = me, Endpoint = request.Endpoint, EndpointHash = hash, P256dh = request.Keys.P256dh, Auth = request.Keys.Auth, Name = NameOf(userAgent), CreatedAt = db.Now,
                };
                db.PushDevices.Add(device);
                return new Device(device.Id, device.Name, device.CreatedAt);
            },
            ct);
    }

    internal static async Task<NoContent> UnsubscribeAsync([FromBody] Ending request, HomeDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var hash = RandomKey.Hash(request.Endpoint ?? "");
        await db.PushDevices.Where(d => d.EndpointHash == hash && d.MemberId == me).ExecuteDeleteAsync(ct);
        return TypedResults.NoContent();
    }

    private static string NameOf(string? userAgent)
    {
        var browser = new[] { "Edg", "OPR", "Firefox", "Chrome", "Safari" }.FirstOrDefault(b => userAgent?.Contains(b, StringComparison.Ordinal) == true) switch
        {
            "Edg" => "Edge", "OPR" => "Opera", { } known => known, null => "A browser",
        };
        var system = new[] { "Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux" }.FirstOrDefault(s => userAgent?.Contains(s, StringComparison.Ordinal) == true);
        return system is null ? browser : $"{browser} on {system}";
    }
}
