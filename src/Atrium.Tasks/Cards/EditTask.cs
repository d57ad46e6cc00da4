using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>
/// Changes fields of a task. With <c>If-Match</c> strictly the revision that was read; with <c>base</c> merged field by field with what
/// happened since.
/// </summary>
internal static class EditTask
{
    public static void Map(RouteGroupBuilder tasks) => tasks.MapPatch("{id}", PatchAsync).Operation(
        "editTask", "Changes fields of a task (JSON Merge Patch, with the revision it was edited from as base)", "tasks:write", RateClass.Write,
        "stale_revision", "edit_conflict", "assignee_cannot_read", "due_before_start", "cycle", "depth", "bad_rrule", "too_many_items").Takes<TaskFields>();

    public static Task<TaskView> PatchAsync(
        Id<TaskItem> id, JsonElement body, [FromHeader(Name = "If-Match")] Etag? ifMatch, TaskDesk desk, TaskEditing editing, TaskReader reader, Actor actor, CancellationToken ct) =>
        HandleAsync(id, TaskEdit.Read(body), ifMatch, desk, editing, reader, actor, ct);

    /// <exception cref="Refusal">Stale with <c>current</c> and <c>changed_fields</c>; Conflict <c>edit_conflict</c> with <c>conflicts</c>.</exception>
    public static async Task<TaskView> HandleAsync(
        Id<TaskItem> id, TaskEdit edit, Etag? ifMatch, TaskDesk desk, TaskEditing editing, TaskReader reader, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        await desk.ChangeTaskAsync(id, actor, edit.Parts, async (write, task) =>
        {
            if (ifMatch is { Revision: { } read } && read != task.Revision) throw await StaleAsync(task, read, reader, desk.Db, actor, ct);
            if (edit.Fields.Count == 1 && edit.Has(Field.Column)) write.DemandStatus(task);
            await editing.ApplyAsync(write, task, edit, ct);
            return true;
        }, ct);
        return await reader.ViewAsync(id, actor, ct);
    }

    /// <summary>The refusal of a stale edit, with the task as it is and what has changed.</summary>
    public static async Task<Refusal> StaleAsync(TaskItem task, long read, TaskReader reader, TasksDb db, Actor actor, CancellationToken ct)
    {
        var fields = await db.Activities.Where(a => a.TaskId == task.Id && a.Revision > read).Select(a => a.Field).Distinct().ToListAsync(ct);
        return Refusal.Stale().With("current", await reader.ViewAsync(task.Id, actor, ct)).With("changed_fields", fields);
    }
}
