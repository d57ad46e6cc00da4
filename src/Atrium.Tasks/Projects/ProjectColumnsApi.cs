using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>The columns of a project: each is a status.</summary>
internal static class ProjectColumnsApi
{
    public sealed record Request(string Name, Category Category, int? WipLimit = null, Id<Column>? After = null);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("projects/{id}/columns", ListAsync).Operation("listColumns", "Lists the columns of a project in order", "tasks:read", RateClass.Read);
        api.MapPost("projects/{id}/columns", AddAsync).Operation("addColumn", "Adds a column", "tasks:admin", RateClass.Write, "too_many_items");
        api.MapPatch("columns/{id}", EditAsync).Operation("editColumn", "Renames, moves or limits a column, or makes it its category's default", "tasks:admin", RateClass.Write)
            .Takes<ColumnFields>();
        api.MapDelete("columns/{id}", RemoveAsync).Operation("removeColumn", "Removes a column; its tasks go to another", "tasks:admin", RateClass.Write, "column_in_use", "last_of_category");
    }

    public static async Task<Slice<ProjectColumnView>> ListAsync(Id<Project> id, ProjectReader reader, Actor actor, CancellationToken ct) =>
        new((await reader.ViewAsync(id, actor, ct)).Columns, null);

    public static async Task<ProjectView> AddAsync(Id<Project> id, Request request, ProjectDesk desk, ProjectReader reader, Actor actor, CancellationToken ct)
    {
        await desk.ChangeAsync(id, actor, null, project =>
        {
            var column = project.AddColumn(request.Name, request.Category, request.After);
            if (request.WipLimit is not null) project.ChangeColumn(column.Id, null, request.WipLimit);
            return Task.FromResult(true);
        }, ct);
        return await reader.ViewAsync(id, actor, ct);
    }

    /// <summary>A JSON Merge Patch of <c>name, wip_limit, after, is_default</c>; <c>after: null</c> puts it first.</summary>
    public static async Task<ProjectView> EditAsync(Id<Column> id, JsonElement body, ProjectDesk desk, ProjectReader reader, Actor actor, CancellationToken ct)
    {
        if (body.ValueKind != JsonValueKind.Object) throw Refusal.Invalid("", "Send an object with the fields to change.", "unreadable");
        var project = await ProjectOfAsync(id, desk.Db, ct);
        await desk.ChangeAsync(project, actor, null, changed =>
        {
            foreach (var field in body.EnumerateObject())
            {
                switch (field.Name)
                {
                    case "name": changed.ChangeColumn(id, field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() : "", null); break;
                    case "wip_limit":
                        var none = field.Value.ValueKind == JsonValueKind.Null;
                        changed.ChangeColumn(id, null, none ? null : field.Value.TryNumber("wip_limit"), none);
                        break;
                    case "after" when field.Value.ValueKind == JsonValueKind.Null: changed.PutColumnFirst(id); break;
                    case "after": changed.MoveColumn(id, Id<Column>.TryParse(field.Value.ToString(), null, out var after) ? after : throw Refusal.Invalid("after", "A column is named by its id.")); break;
                    case "is_default": changed.MakeDefault(id); break;
                    default: throw Refusal.Invalid(field.Name, $"A column has no field “{field.Name}” that can be changed.", "unknown_field");
                }
            }

            return Task.FromResult(true);
        }, ct);
        return await reader.ViewAsync(project, actor, ct);
    }

    public static async Task<ProjectView> RemoveAsync(Id<Column> id, Id<Column>? to, TaskDesk desk, ProjectReader reader, Actor actor, CancellationToken ct)
    {
        var project = await ProjectOfAsync(id, desk.Db, ct);
        await desk.ChangeAsync(project, actor, ProjectRole.Admin, async write =>
        {
            var inside = await desk.Db.Tasks.Where(t => t.ProjectId == project && t.ColumnId == id).Select(t => new { t.Id, Trashed = t.DeletedAt != null }).ToListAsync(ct);
            var column = write.Board[id];
            var heir = to ?? (inside.All(t => t.Trashed) ? write.Board.Others(id, column.Category) : null);
            write.Project.RemoveColumn(id, inside.Count == 0 ? to : heir, inside.Count == 0);
            foreach (var task in await write.TasksAsync([.. inside.Select(t => t.Id)], Parts.State, ct, deleted: true))
                task.MoveTo(heir!.Value, await write.AtAsync(task, ct), write.By);

            return true;
        }, ct);
        return await reader.ViewAsync(project, actor, ct);
    }

    private static async Task<Id<Project>> ProjectOfAsync(Id<Column> id, TasksDb db, CancellationToken ct) =>
        await db.Columns.Where(c => c.Id == id).Select(c => (Id<Project>?)c.ProjectId).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound();
}
