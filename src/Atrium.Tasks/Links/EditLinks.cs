using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Links a task to any thing of the house, by its pasted address; the other side can ask what links to it.</summary>
internal static class EditLinks
{
    private const int Most = 100;

    /// <param name="Url">An address of this house: <c>/recipes/…</c>, whole or from the first slash.</param>
    /// <param name="Thing">Or the thing itself.</param>
    public sealed record Request(string? Url, Thing? Thing);

    /// <param name="IsSource">True for what the task was made from.</param>
    public sealed record View(Thing Thing, string Room, string Title, string? Subtitle, string Href, string? ImageUrl, bool IsSource);

    /// <summary>A task that links to a thing.</summary>
    public sealed record BackLink(Id<TaskItem> Task, string? Key, string Title, string Href, bool Open);

    public static void Map(RouteGroupBuilder tasks)
    {
        tasks.MapGet("/tasks/{id}/links", ListAsync).Operation("listLinks", "Lists the things a task links to, as far as you may see them", "tasks:read", RateClass.Read, "not_found");
        tasks.MapPost("/tasks/{id}/links", AddAsync).Operation("addLink", "Links a task to any thing of the house, by its address", "tasks:write", RateClass.Write, "not_found", "unknown_thing", "too_many_items");
        tasks.MapDelete("/tasks/{id}/links/{thing}", async (Id<TaskItem> id, Thing thing, TaskDesk desk, Actor actor, CancellationToken ct) =>
            {
                await RemoveAsync(id, thing, desk, actor, ct);
                return TypedResults.NoContent();
            })
            .Operation("removeLink", "Takes a link away", "tasks:write", RateClass.Write, "not_found");
        tasks.MapGet("/linked/{thing}", BackAsync).Operation("listBackLinks", "Lists the tasks that link to a thing", "tasks:read", RateClass.Read, "not_found");
    }

    public static async Task<IReadOnlyList<View>> ListAsync(Id<TaskItem> id, TasksDb db, Contracts.Home.Things things, Actor actor, CancellationToken ct)
    {
        await db.DemandAsync(id, actor, ProjectRole.Reader, ct);
        var links = await db.Links.Where(l => l.TaskId == id).ToListAsync(ct);
        var parsed = links.Select(l => (Thing: Thing.Parse(l.Thing), l.IsSource)).ToList();
        var cards = await things.CardsAsync([.. parsed.Select(l => l.Thing)], actor, ct);
        return [.. parsed.Where(l => cards.ContainsKey(l.Thing)).OrderByDescending(l => l.IsSource).ThenBy(l => cards[l.Thing].Title, StringComparer.OrdinalIgnoreCase).Select(l => Show(cards[l.Thing], l.IsSource))];
    }

    public static async Task<View> AddAsync(Id<TaskItem> id, Request request, TaskDesk desk, Contracts.Home.Things things, HttpContext http, Actor actor, CancellationToken ct)
    {
        var card = request.Thing is { } named ? await things.CardAsync(named, actor, ct) : await things.AtAsync(PathOf(request.Url, http.Request.Host.Host), actor, ct);
        if (card is null) throw Refusal.Invalid("url", "That is no address of this house, or it is not shared with you.", "unknown_thing");
        if (card.Thing == Thing.Of(TaskPath.Kind, id)) throw Refusal.Invalid("url", "That is this task itself.", "unknown_thing");
        var text = card.Thing.ToString();
        await desk.ChangeTaskAsync(
            id, actor, Parts.None,
            async (write, task) =>
            {
                if (await desk.Db.Links.AnyAsync(l => l.TaskId == id && l.Thing == text, ct)) return false;
                Limits.Demand(await desk.Db.Links.CountAsync(l => l.TaskId == id, ct) + 1, Most, Field.Links, "links of a task");
                desk.Db.Add(new ThingLink(id, card.Thing));
                task.Note(write.By, Field.Links, null, text);
                return true;
            },
            ct);
        return Show(card, false);
    }

    public static Task<bool> RemoveAsync(Id<TaskItem> id, Thing thing, TaskDesk desk, Actor actor, CancellationToken ct)
    {
        var text = thing.ToString();
        return desk.ChangeTaskAsync(
            id, actor, Parts.None,
            async (write, task) =>
            {
                if (await desk.Db.Links.Where(l => l.TaskId == id && l.Thing == text).ExecuteDeleteAsync(ct) == 0) throw Refusal.NotFound();
                task.Note(write.By, Field.Links, text, null);
                return true;
            },
            ct);
    }

    /// <summary>The tasks linking to a thing, for those who may see both.</summary>
    public static async Task<IReadOnlyList<BackLink>> BackAsync(Thing thing, TasksDb db, Contracts.Home.Things things, Actor actor, CancellationToken ct)
    {
        if (await things.CardAsync(thing, actor, ct) is null) throw Refusal.NotFound();
        var text = thing.ToString();
        var rows = await (from l in db.Links
                          join t in db.Tasks on l.TaskId equals t.Id
                          join p in db.Projects on t.ProjectId equals p.Id
                          join a in db.Access(actor) on t.ProjectId equals a.ProjectId
                          where l.Thing == text && t.DeletedAt == null && p.DeletedAt == null
                          orderby t.Id descending
                          select new { t.Id, p.Key, t.Number, t.Title, t.Category }).Take(Most).ToListAsync(ct);
        return [.. rows.Select(r => new BackLink(r.Id, r.Key is null ? null : $"{r.Key}-{r.Number}", r.Title, TaskPath.Of(r.Key, r.Number, r.Id), r.Category <= Category.Doing))];
    }

    private static View Show(ThingCard card, bool isSource) => new(card.Thing, card.Room, card.Title, card.Subtitle, card.Href, card.ImageUrl, isSource);

    /// <summary>The path of an address of this house; an address elsewhere leads nowhere.</summary>
    private static string PathOf(string? url, string host)
    {
        var text = (url ?? "").Trim();
        if (text.StartsWith('/')) return text.Split('?', '#')[0];
        return Uri.TryCreate(text, UriKind.Absolute, out var whole) && whole.Host.Equals(host, StringComparison.OrdinalIgnoreCase) ? whole.AbsolutePath : "";
    }
}
