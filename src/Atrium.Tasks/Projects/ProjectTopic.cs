using Atrium.Kernel;
using Atrium.Kernel.Live;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Whoever can read a project may watch it live; its cursor is its seq.</summary>
internal sealed class ProjectTopic(TasksDb db) : ITopicRule
{
    public string Kind => "project";

    public async ValueTask<long?> CursorAsync(string key, Actor actor, CancellationToken ct) => Id<Project>.TryParse(key, null, out var id)
        ? await db.Projects.Where(p => p.Id == id && p.DeletedAt == null).Join(db.Access(actor), p => p.Id, a => a.ProjectId, (p, a) => (long?)p.Seq).FirstOrDefaultAsync(ct)
        : null;
}
