using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>NodeInfo 2.0 and 2.1: by it apps find out whose tongue the house speaks.</summary>
internal static class NodeInfo
{
    private const string Schema = "http://nodeinfo.diaspora.software/ns/schema/";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/nodeinfo", (HouseAddress house) => Wire.Json(new
        {
            links = new[] { "2.0", "2.1" }.Select(v => new { rel = Schema + v, href = $"{house.Root}/nodeinfo/{v}" }),
        })).ExcludeFromDescription().AllowAnonymous().Rate(RateClass.Read);
        foreach (var version in (string[])["2.0", "2.1"])
            app.MapGet("/nodeinfo/" + version, (SocialDb db, CancellationToken ct) => ShowAsync(version, db, ct)).ExcludeFromDescription().AllowAnonymous().Rate(RateClass.Read);
    }

    private static async Task<IResult> ShowAsync(string version, SocialDb db, CancellationToken ct)
    {
        var (month, half) = (db.Now.AddDays(-30), db.Now.AddDays(-180));
        var users = await db.Accounts.Where(a => a.MemberId != null).GroupBy(a => 1)
            .Select(g => new { Total = g.Count(), Month = g.Count(a => a.LastStatusAt > month), Half = g.Count(a => a.LastStatusAt > half) }).FirstOrDefaultAsync(ct);
        var posts = await db.AccountStats.Where(s => db.Accounts.Any(a => a.Id == s.AccountId && a.Domain == "")).SumAsync(s => s.Statuses, ct);
        return Wire.Json(new
        {
            version,
            software = new { name = "atrium", version = typeof(NodeInfo).Assembly.GetName().Version?.ToString(3) },
            protocols = Array.Empty<string>(),
            services = new { inbound = Array.Empty<string>(), outbound = Array.Empty<string>() },
            openRegistrations = false,
            usage = new { users = new { total = users?.Total ?? 0, activeMonth = users?.Month ?? 0, activeHalfyear = users?.Half ?? 0 }, localPosts = posts },
            metadata = new { upstream = new { name = "mastodon" } },
        });
    }
}
