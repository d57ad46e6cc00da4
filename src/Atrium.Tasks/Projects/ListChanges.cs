using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>What changed in a project since a seq.</summary>
/// <param name="Deleted">Tasks no longer in this project: deleted, or moved to another.</param>
/// <param name="Next">Ask again with this.</param>
/// <param name="More">Whether there is more at once.</param>
internal sealed record ChangesView(IReadOnlyList<TaskCard> Tasks, IReadOnlyList<Id<TaskItem>> Deleted, long Next, bool More);

/// <summary>The change feed of a project.</summary>
internal static class ListChanges
{
    public static void Map(RouteGroupBuilder projects) => projects.MapGet("{id}/changes", HandleAsync)
        .Operation("listChanges", "Lists what changed in a project since a seq", "tasks:read", RateClass.Read, "since_expired");

    /// <exception cref="Refusal">Gone <c>since_expired</c>: start anew from 0.</exception>
    public static async Task<ChangesView> HandleAsync(Id<Project> id, long? since, int? limit, TasksDb db, TaskReader reader, Actor actor, CancellationToken ct)
    {
        var from = since ?? 0;
        var size = new Page(limit, null).Size;
        var project = await db.Projects.Where(p => p.Id == id && p.DeletedAt == null).Join(db.Access(actor), p => p.Id, a => a.ProjectId, (p, a) => new { p.Seq, p.Horizon, a.Level }).FirstOrDefaultAsync(ct)
            ?? throw Refusal.NotFound();
        if (from > project.Seq || (from > 0 && from < project.Horizon)) throw Refusal.Gone("since_expired", "That is too long ago. Start anew with since=0.");

        // Up to the seq just read: what is committed now has it or a lower one. A page ends where a transaction ends.
        var seqs = await db.Tasks.Where(t => t.ProjectId == id && t.DeletedAt == null && t.Seq > from && t.Seq <= project.Seq).Select(t => t.Seq)
            .Concat(db.Tombstones.Where(t => t.ProjectId == id && t.Seq > from && t.Seq <= project.Seq).Select(t => t.Seq))
            .OrderBy(s => s).Take(size + 1).ToListAsync(ct);
        var more = seqs.Count > size;
        var last = more ? seqs[size - 1] : project.Seq;
        if (more && seqs[size] == last) last = seqs.LastOrDefault(s => s < last, last);
        var rows = await reader.Rows(db.Tasks.Where(t => t.ProjectId == id && t.Seq > from && t.Seq <= last), SeenProjects.One(id, (ProjectRole)project.Level), actor).OrderBy(r => r.Seq).ThenBy(r => r.Id).ToListAsync(ct);
        var gone = from == 0 ? [] : await db.Tombstones
            .Where(t => t.ProjectId == id && t.Seq > from && t.Seq <= last && t.TaskId != null && !db.Tasks.Any(x => x.Id == t.TaskId && x.ProjectId == id && x.DeletedAt == null))
            .Select(t => t.TaskId!.Value).Distinct().ToListAsync(ct);
        return new(await reader.CardsAsync(rows, actor, ct), gone, last, last < project.Seq);
    }
}
