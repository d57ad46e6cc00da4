using System.Text.Json.Nodes;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>How other servers find people here (WebFinger, RFC 7033; host-meta, RFC 6415) and learn what runs here (NodeInfo).</summary>
internal static class DiscoveryRoutes
{
    private const string Jrd = "application/jrd+json";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/.well-known/webfinger", FingerAsync);
        group.MapGet("/.well-known/host-meta", HostMetaAsync);
        group.MapGet("/.well-known/nodeinfo", (HouseAddress house) => Json(new()
        {
            ["links"] = new JsonArray([.. new[] { "2.0", "2.1" }.Select(v => (JsonNode)new JsonObject { ["rel"] = "http://nodeinfo.diaspora.software/ns/schema/" + v, ["href"] = $"{house.Root}/nodeinfo/{v}" })]),
        }));
        foreach (var version in (string[])["2.0", "2.1"])
            group.MapGet("/nodeinfo/" + version, async (SocialDb db, HouseSettings settings, FederationGate gate, ISignUp door, CancellationToken ct) =>
                Json(await NodeInfoAsync(version, db, settings, gate, door, ct), $"application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/{version}#\""));
    }

    private static async Task<IResult> FingerAsync(HttpContext http, SocialDb db, FederationGate gate, CancellationToken ct)
    {
        await gate.DemandAsync(ct);
        var resource = http.Request.Query["resource"].ToString();
        if (resource.Length == 0) return Results.BadRequest();
        var account = await FindAsync(resource, db, gate, ct) ?? throw Refusal.NotFound();
        if (account.Standing is AccountStanding.Suspended or AccountStanding.Deleted or AccountStanding.Purged) return Results.StatusCode(StatusCodes.Status410Gone);
        var (uri, url) = (gate.Absolute(account.Uri), gate.Absolute(account.Url));
        return Json(new()
        {
            ["subject"] = $"acct:{account.Username}@{gate.Domain}",
            ["aliases"] = Ap.List([url, uri]),
            ["links"] = new JsonArray(
                new JsonObject { ["rel"] = "http://webfinger.net/rel/profile-page", ["type"] = "text/html", ["href"] = url },
                new JsonObject { ["rel"] = "self", ["type"] = Ap.Type, ["href"] = uri },
                new JsonObject { ["rel"] = "http://ostatus.org/schema/1.0/subscribe", ["template"] = gate.Absolute("/social/explore?q={uri}") }),
        }, Jrd);
    }

    private static async Task<Account?> FindAsync(string resource, SocialDb db, FederationGate gate, CancellationToken ct)
    {
        if (resource.StartsWith("acct:", StringComparison.OrdinalIgnoreCase)) resource = resource[5..];
        if (resource.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            var stored = gate.Stored(resource);
            return stored.StartsWith('/') ? await db.Accounts.FirstOrDefaultAsync(a => a.Domain == "" && (a.Uri == stored || a.Url == stored), ct) : null;
        }

        var parts = resource.TrimStart('@').ToLowerInvariant().Split('@');
        if (parts is not [{ Length: > 0 } name, var domain] || domain != gate.Domain) return null;
        return await db.Accounts.FirstOrDefaultAsync(a => a.Domain == "" && a.UsernameFolded == name, ct);
    }

    private static async Task<IResult> HostMetaAsync(FederationGate gate, CancellationToken ct)
    {
        await gate.DemandAsync(ct);
        return Results.Text(
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0"><Link rel="lrdd" template="{gate.Absolute("/.well-known/webfinger")}?resource={"{uri}"}"/></XRD>
            """,
            "application/xrd+xml; charset=utf-8");
    }

    private static async Task<JsonObject> NodeInfoAsync(string version, SocialDb db, HouseSettings settings, FederationGate gate, ISignUp door, CancellationToken ct)
    {
        var (month, half) = (db.Now.AddDays(-30), db.Now.AddDays(-180));
        var counts = await InstanceReader.People(db).GroupBy(a => 1)
            .Select(g => new { All = g.Count(), Month = g.Count(a => a.LastStatusAt > month || a.HomeReadAt > month), Half = g.Count(a => a.LastStatusAt > half || a.HomeReadAt > half) }).FirstOrDefaultAsync(ct);
        var posts = await db.AccountStats.Where(s => db.Accounts.Any(a => a.Id == s.AccountId && a.Domain == "")).SumAsync(s => s.Statuses, ct);
        var software = new JsonObject { ["name"] = "atrium", ["version"] = typeof(DiscoveryRoutes).Assembly.GetName().Version?.ToString(3) };
        return new()
        {
            ["version"] = version,
            ["software"] = software,
            ["protocols"] = await gate.ModeAsync(ct) == FederationMode.Off ? new JsonArray() : new JsonArray("activitypub"),
            ["services"] = new JsonObject { ["inbound"] = new JsonArray(), ["outbound"] = new JsonArray() },
            ["openRegistrations"] = (await door.RulesAsync(ct)).Open,
            ["usage"] = new JsonObject { ["users"] = new JsonObject { ["total"] = counts?.All ?? 0, ["activeMonth"] = counts?.Month ?? 0, ["activeHalfyear"] = counts?.Half ?? 0 }, ["localPosts"] = posts },
            // By the last of these apps find out whose tongue the house speaks.
            ["metadata"] = new JsonObject { ["nodeName"] = await settings.TextAsync(KernelModule.HouseName, ct), ["nodeDescription"] = await settings.TextAsync(KernelModule.Tagline, ct), ["upstream"] = new JsonObject { ["name"] = "mastodon" } },
        };
    }

    private static IResult Json(JsonObject node, string type = "application/json") => Results.Text(Ap.Write(node), type);
}
