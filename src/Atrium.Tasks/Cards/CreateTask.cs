using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary>Makes a task at the end of its project's order. Takes the fields of an edit; only a title is needed.</summary>
internal static class CreateTask
{
    public static void Map(RouteGroupBuilder projects) => projects.MapPost("{id}/tasks", PostAsync)
        .Operation("createTask", "Makes a task", "tasks:write", RateClass.Write, "assignee_cannot_read", "due_before_start", "bad_rrule", "cycle", "depth", "too_many_items", "archived")
        .Takes<TaskFields>();

    public static async Task<Created<TaskView>> PostAsync(Id<Project> id, JsonElement body, TaskDesk desk, TaskEditing editing, TaskReader reader, Actor actor, CancellationToken ct)
    {
        var view = await HandleAsync(id, TaskEdit.Read(body), desk, editing, reader, actor, ct);
        return TypedResults.Created($"/api/tasks/tasks/{view.Id}", view);
    }

    public static async Task<TaskView> HandleAsync(Id<Project> project, TaskEdit edit, TaskDesk desk, TaskEditing editing, TaskReader reader, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        var id = await desk.ChangeAsync(project, actor, ProjectRole.Writer, async write => (await AddAsync(write, edit, editing, ct)).Id, ct, numbers: 1);
        return await reader.ViewAsync(id, actor, ct);
    }

    /// <summary>Adds a task inside a write that was opened with a number for it.</summary>
    public static async Task<TaskItem> AddAsync(ProjectWrite write, TaskEdit edit, TaskEditing editing, CancellationToken ct)
    {
        if (!edit.Has(Field.Title)) throw Refusal.Invalid(Field.Title, "Write a title.", "required");
        var column = edit.Has(Field.Column) && edit.Fields[Field.Column].IdOrNull<Column>(Field.Column) is { } named ? write.Board[named] : write.Board.Demand(Category.Todo);
        var task = await write.AddAsync(edit.TextOf(Field.Title) ?? "", column, ct);
        var rest = edit.Fields.Where(f => f.Key is not (Field.Title or Field.Column)).ToDictionary();
        if (rest.Count > 0) await editing.ApplyAsync(write, task, new(rest), ct);
        return task;
    }
}
