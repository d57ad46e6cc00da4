using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Changes what a project is called, looks like, hangs under and who may see it. A JSON Merge Patch (RFC 7396).</summary>
internal static class EditProject
{
    public static void Map(RouteGroupBuilder projects)
    {
        projects.MapPatch("{id}", HandleAsync).Operation("editProject", "Changes a project", "tasks:admin", RateClass.Write, "stale_revision", "key_taken", "bad_key", "cycle", "depth", "archived")
            .Takes<ProjectFields>();
        projects.MapPost("{id}/archive", (Id<Project> id, ProjectDesk desk, ProjectReader reader, Actor actor, CancellationToken ct) => ArchiveAsync(id, true, desk, reader, actor, ct))
            .Operation("archiveProject", "Puts a project aside: it can be read, not changed", "tasks:admin", RateClass.Write);
        projects.MapPost("{id}/unarchive", (Id<Project> id, ProjectDesk desk, ProjectReader reader, Actor actor, CancellationToken ct) => ArchiveAsync(id, false, desk, reader, actor, ct))
            .Operation("unarchiveProject", "Takes a project up again", "tasks:admin", RateClass.Write);
    }

    public static async Task<ProjectView> HandleAsync(Id<Project> id, JsonElement body, [FromHeader(Name = "If-Match")] Etag? ifMatch, ProjectDesk desk, ProjectReader reader, Actor actor, CancellationToken ct)
    {
        if (body.ValueKind != JsonValueKind.Object) throw Refusal.Invalid("", "Send an object with the fields to change.", "unreadable");
        var tree = body.TryGetProperty("parent", out _) || body.TryGetProperty("visibility", out _);
        await desk.ChangeAsync(id, actor, ifMatch, project => ApplyAsync(project, body, desk.Db, actor, ct), ct, tree: tree);
        return await reader.ViewAsync(id, actor, ct);
    }

    public static async Task<ProjectView> ArchiveAsync(Id<Project> id, bool archive, ProjectDesk desk, ProjectReader reader, Actor actor, CancellationToken ct)
    {
        await desk.ChangeAsync(id, actor, null, project =>
        {
            if (archive) project.Archive(desk.Db.Now);
            else project.Unarchive();
            if (archive) desk.Db.Tell("project.archived", project, actor);
            return Task.FromResult(true);
        }, ct, archived: true);
        return await reader.ViewAsync(id, actor, ct);
    }

    private static async Task<bool> ApplyAsync(Project project, JsonElement body, TasksDb db, Actor actor, CancellationToken ct)
    {
        var (wasOpenTo, moved) = (project.Visibility, false);
        foreach (var field in body.EnumerateObject())
        {
            var text = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() : null;
            switch (field.Name)
            {
                case "title": project.Rename(text ?? ""); break;
                case "description": project.Describe(text); break;
                case "color": project.Paint(text ?? ""); break;
                case "key":
                    if (text is null && !project.IsPersonal) throw Refusal.Invalid("key", "A project keeps a key.", "bad_key");
                    var old = project.Key;
                    project.SetKey(text);
                    if (old is not null && old != project.Key) await KeepOldKeyAsync(project, old, db, ct);
                    break;
                case "visibility":
                    if (!Enum.TryParse<Visibility>(text, ignoreCase: true, out var visibility)) throw Refusal.Invalid("visibility", "Visibility is private, members or public.");
                    project.Show(visibility, project.Audience);
                    break;
                case "parent":
                    moved = true;
                    if (text is null) project.Nest(null, [], 0);
                    else await CreateProject.NestAsync(project, Id<Project>.TryParse(text, null, out var parent) ? parent : throw Refusal.Invalid("parent", "A project is named by its id."), await HeightAsync(project.Id, db, ct), db, actor, ct);
                    break;
                default: throw Refusal.Invalid(field.Name, $"A project has no field “{field.Name}” that can be changed here.", "unknown_field");
            }
        }

        await db.SaveChangesAsync(ct);
        if (project.IsPersonal || (!moved && wasOpenTo == project.Visibility)) return true;
        await ProjectAudience.SyncAsync(project.Id, db, ct);
        if (moved || wasOpenTo > project.Visibility) db.Publish(new AccessNarrowed(project.Id), project.Id.ToString());
        return true;
    }

    /// <summary>CLUB-123 leads to its task for ever, whatever the project is called now.</summary>
    private static Task<int> KeepOldKeyAsync(Project project, string old, TasksDb db, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(
        """
        INSERT INTO tasks_old_key (key, project_id) VALUES ({0}, {1})
        ON CONFLICT (key) DO UPDATE SET project_id = excluded.project_id
        """,
        [old, project.Id.Value], ct);

    private static async Task<int> HeightAsync(Id<Project> id, TasksDb db, CancellationToken ct) => (await db.Database.SqlQueryRaw<int>(
        """
        WITH RECURSIVE tree(id, depth) AS (
            SELECT p.id, 0 FROM tasks_project p WHERE p.id = {0}
            UNION ALL
            SELECT p.id, t.depth + 1 FROM tree t JOIN tasks_project p ON p.parent_id = t.id WHERE t.depth < 30
        )
        SELECT MAX(depth) AS value FROM tree
        """,
        id.Value).ToListAsync(ct))[0];
}
