using System.Security.Cryptography;
using System.Text;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Answers a secret feed: the member's open tasks, or a saved filter's, as iCalendar. Whoever knows the address may read it.</summary>
internal static class ReadFeed
{
    private const int Most = 2000;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods("/feeds/tasks/{key}.ics", ["GET", "HEAD"], HandleAsync).AllowAnonymous().Rate(RateClass.Read).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(string key, string? @as, HttpContext http, TasksDb db, IMembers members, FilterReader filters, CancellationToken ct)
    {
        var hash = RandomKey.Hash(key);
        var feed = await db.Feeds.FirstOrDefaultAsync(f => f.KeyHash == hash, ct) ?? throw Refusal.NotFound();
        var actor = await members.ActorAsync(feed.MemberId, "feed", ct) ?? throw Refusal.NotFound();
        var filter = feed.FilterId is { } id ? await db.SavedFilters.FirstOrDefaultAsync(f => f.Id == id, ct) ?? throw Refusal.NotFound() : null;
        var tasks = filter is null
            ? await MyTasks.Open(db, actor, feed.MemberId).OrderBy(t => t.NextDueSort).ThenBy(t => t.Id).Take(Most).ToListAsync(ct)
            : await FilteredAsync(filter, db, filters, actor, ct);
        var projects = tasks.Select(t => t.ProjectId).Distinct().ToList();
        var keys = await db.Projects.Where(p => projects.Contains(p.Id)).Select(p => new { p.Id, p.Key, p.Title }).ToDictionaryAsync(p => p.Id, p => (p.Key, p.Title), ct);

        var text = new StringWriter();
        new FeedWriter(text, $"{http.Request.Scheme}://{http.Request.Host}").Write(filter?.Name ?? "My tasks", tasks, keys, asEvents: @as == "events");
        var body = Encoding.UTF8.GetBytes(text.ToString());
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, max-age=300";
        if (http.Request.Headers.IfNoneMatch.Contains(tag)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Bytes(body, "text/calendar; charset=utf-8");
    }

    private static async Task<List<TaskItem>> FilteredAsync(SavedFilter filter, TasksDb db, FilterReader filters, Actor actor, CancellationToken ct)
    {
        var condition = await filters.CompileAsync(Filter.Parse(filter.Query), actor, ct);
        return await (from t in db.Tasks.Where(condition)
                      join p in db.Projects on t.ProjectId equals p.Id
                      join a in db.Access(actor) on t.ProjectId equals a.ProjectId
                      where t.DeletedAt == null && p.DeletedAt == null
                      orderby t.NextDueSort, t.Id
                      select t).Take(Most).ToListAsync(ct);
    }
}
