using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Push;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

internal sealed record PushSubscriptionEntity(int Id, string Endpoint, bool Standard, IReadOnlyDictionary<string, bool> Alerts, string ServerKey, string Policy);

/// <summary>Where an app wants to be woken: one subscription for each token.</summary>
internal static class PushRoutes
{
    public const string Purpose = "Atrium.Social.Push";

    private static readonly string[] Policies = ["all", "followed", "follower", "none"];
    private static readonly string[] Types = [.. Enum.GetValues<NoticeType>().Select(NoticeReader.WordOf).Except(["moderation_warning", "severed_relationships"])];

    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("POST", "v1/push/subscription", "createPush", "Wakes this app when you are told something", "push", CreateAsync);
        api.Mine("GET", "v1/push/subscription", "getPush", "Shows how this app is woken", "push", async (Wire wire, SocialDb db, VapidKey vapid, CancellationToken ct) => Wire.Json(Entity(await MineAsync(wire, db, ct), vapid)));
        api.Mine("PUT", "v1/push/subscription", "editPush", "Says what wakes this app", "push", EditAsync);
        api.Mine("DELETE", "v1/push/subscription", "deletePush", "Wakes this app no longer", "push", async (Wire wire, SocialDb db, CancellationToken ct) =>
        {
            var hash = Hash(wire);
            await db.ClientPushes.Where(p => p.TokenHash == hash).ExecuteDeleteAsync(ct);
            return Wire.Empty();
        });
    }

    private static string Hash(Wire wire) => RandomKey.Hash(wire.Token ?? throw Refusal.SignIn("The access token is invalid"));

    private static async Task<ClientPush> MineAsync(Wire wire, SocialDb db, CancellationToken ct)
    {
        var hash = Hash(wire);
        return await db.ClientPushes.AsTracking().FirstOrDefaultAsync(p => p.TokenHash == hash, ct) ?? throw Wire.NotFound();
    }

    private static async Task<IResult> CreateAsync(Wire wire, SocialDb db, VapidKey vapid, IDataProtectionProvider protection, CancellationToken ct)
    {
        var (hash, me) = (Hash(wire), wire.Me);
        var subscription = wire.Sent.Part("subscription");
        var keys = subscription?.Part("keys");
        if (subscription?.Text("endpoint") is not { Length: > 0 and < 2000 } endpoint || !Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http")) throw Refusal.Invalid("endpoint", "Endpoint is not a valid URL", "unknown");
        if (keys?.Text("p256dh") is not { Length: > 0 and < 200 } p256dh || keys.Text("auth") is not { Length: > 0 and < 100 } auth) throw Refusal.Invalid("keys", "Keys can't be blank", "required");
        // Apps that say nothing expect the draft before RFC 8291.
        var row = new ClientPush
        {
            AccountId = me, TokenHash = hash, ProtectedToken = protection.CreateProtector(Purpose).Protect(wire.Token!), Endpoint = endpoint, P256dh = p256dh, Auth = auth, Standard = subscription.Switch("standard") ?? false,
            Alerts = Alerts(wire.Sent.Part("data")?.Part("alerts")), Policy = PolicyOf(wire.Sent) ?? "all", Locale = wire.Actor.Culture,
        };
        await db.WriteAsync(
            async token =>
            {
                await db.ClientPushes.Where(p => p.TokenHash == hash).ExecuteDeleteAsync(token);
                db.ClientPushes.Add(row);
            },
            ct);
        return Wire.Json(Entity(row, vapid));
    }

    private static async Task<IResult> EditAsync(Wire wire, SocialDb db, VapidKey vapid, CancellationToken ct)
    {
        var row = await db.WriteAsync(
            async token =>
            {
                var found = await MineAsync(wire, db, token);
                if (wire.Sent.Part("data")?.Part("alerts") is { } alerts) found.Alerts = Alerts(alerts);
                found.Policy = PolicyOf(wire.Sent) ?? found.Policy;
                return found;
            },
            ct);
        return Wire.Json(Entity(row, vapid));
    }

    private static List<string> Alerts(LooseParameters? alerts) => alerts is null ? [] : [.. Types.Where(t => alerts.Switch(t) == true)];

    private static string? PolicyOf(LooseParameters sent) => (sent.Part("data")?.Text("policy") ?? sent.Text("policy")) is { } policy && Policies.Contains(policy) ? policy : null;

    private static PushSubscriptionEntity Entity(ClientPush row, VapidKey vapid) => new(row.Id, row.Endpoint, row.Standard, Types.ToDictionary(t => t, row.Alerts.Contains), vapid.PublicKey, row.Policy);
}
