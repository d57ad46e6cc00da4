using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Makes a new project with the same columns and labels, and no tasks.</summary>
internal static class DuplicateProject
{
    public sealed record Request(string Title, string? Key = null);

    public static void Map(RouteGroupBuilder projects) => projects.MapPost("{id}/duplicate", HandleAsync)
        .Operation("duplicateProject", "Makes a new project of the same structure", "tasks:admin", RateClass.Write, "key_taken", "bad_key");

    public static async Task<ProjectView> HandleAsync(Id<Project> id, Request request, ProjectDesk desk, ProjectReader reader, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var copy = await desk.GuardAsync(async token =>
        {
            var db = desk.Db;
            await db.DemandAsync(id, actor, ProjectRole.Admin, token);
            var source = await db.Projects.Include(p => p.Columns).Include(p => p.Labels).AsSplitQuery().FirstAsync(p => p.Id == id, token);
            var made = new Project(request.Title, request.Key, me, db.Now) { CalendarName = Id<Project>.New().ToString() };
            made.Paint(source.Color);
            made.Describe(source.Description);
            made.Show(Visibility.Private, Audience.NewSet());
            var given = made.Columns.ToList();
            var first = new List<Id<Column>>();
            foreach (var column in source.Columns.OrderBy(c => c.Rank, StringComparer.Ordinal))
            {
                var own = made.AddColumn(column.Name, column.Category);
                if (column.WipLimit is not null) made.ChangeColumn(own.Id, null, column.WipLimit);
                if (column.IsDefault) first.Add(own.Id);
            }

            foreach (var column in given) made.RemoveColumn(column.Id, null, isEmpty: true);
            foreach (var column in first) made.MakeDefault(column);
            foreach (var label in source.Labels) made.AddLabel(label.Name, label.Color);
            db.Projects.Add(made);
            await db.SaveChangesAsync(token);
            await ProjectAudience.SyncAsync(made.Id, db, token);
            await desk.IndexAsync(made, token);
            db.Tell("project.created", made, actor);
            return made.Id;
        }, ct);
        return await reader.ViewAsync(copy, actor, ct);
    }
}
