using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>One task, by its id or by its key, old keys included.</summary>
internal static class ReadTask
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("tasks/{id}", GetAsync).Operation("getTask", "Shows a task", "tasks:read", RateClass.Read, "not_found").AllowAnonymous();
        api.MapGet("by-key/{key}", ByKeyAsync).Operation("getTaskByKey", "Shows the task CLUB-123; an old key redirects", "tasks:read", RateClass.Read, "not_found").AllowAnonymous();
    }

    public static Task<TaskView> GetAsync(Id<TaskItem> id, TaskReader reader, Actor actor, CancellationToken ct) => reader.ViewAsync(id, actor, ct);

    public static async Task<IResult> ByKeyAsync(string key, TasksDb db, TaskReader reader, Actor actor, CancellationToken ct)
    {
        var view = await reader.ViewAsync(await FindAsync(key, db, ct), actor, ct);
        return string.Equals(view.Key, key, StringComparison.OrdinalIgnoreCase) || Id<TaskItem>.TryParse(key, null, out _) ? TypedResults.Ok(view) : TypedResults.Redirect($"/api/tasks/by-key/{view.Key}", permanent: true, preserveMethod: true);
    }

    /// <summary>The task that a key, an old key or an id leads to. Whether the caller may see it is asked afterwards.</summary>
    /// <exception cref="Refusal">NotFound.</exception>
    public static async Task<Id<TaskItem>> FindAsync(string keyOrId, TasksDb db, CancellationToken ct)
    {
        if (Id<TaskItem>.TryParse(keyOrId, null, out var id)) return id;
        var dash = keyOrId.LastIndexOf('-');
        if (dash <= 0 || !long.TryParse(keyOrId.AsSpan(dash + 1), System.Globalization.NumberStyles.None, null, out var number)) throw Refusal.NotFound();
        var key = keyOrId[..dash].ToUpperInvariant();
        return await db.Tasks.Where(t => t.Number == number && db.Projects.Any(p => p.Id == t.ProjectId && p.Key == key)).Select(t => (Id<TaskItem>?)t.Id).FirstOrDefaultAsync(ct)
            ?? await db.Aliases.Where(a => a.Key == key && a.Number == number).Select(a => (Id<TaskItem>?)a.TaskId).FirstOrDefaultAsync(ct)
            ?? await db.Tasks.Where(t => t.Number == number && db.OldKeys.Any(o => o.Key == key && o.ProjectId == t.ProjectId)).Select(t => (Id<TaskItem>?)t.Id).FirstOrDefaultAsync(ct)
            ?? throw Refusal.NotFound();
    }
}
