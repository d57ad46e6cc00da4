using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Whoever can no longer read a project is let go from its tasks, with history.</summary>
internal sealed class LetGoOfStrangers(TaskDesk desk) : IReaction<AccessNarrowed>, IReaction<GroupMembersChanged>, IReaction<GroupDeleted>
{
    public async Task HandleAsync(AccessNarrowed happened, CancellationToken ct)
    {
        foreach (var project in await desk.Db.BelowAsync(happened.Project, ct)) await SweepAsync(project, null, desk, ct);
    }

    public async Task HandleAsync(GroupMembersChanged happened, CancellationToken ct)
    {
        if (happened.Removed.Count == 0) return;
        foreach (var project in await OfGroupAsync(happened.Group, ct)) await SweepAsync(project, happened.Removed, desk, ct);
    }

    public async Task HandleAsync(GroupDeleted happened, CancellationToken ct)
    {
        var projects = await OfGroupAsync(happened.Group, ct);
        var principal = Principal.Of(happened.Group);
        await desk.Db.ProjectMembers.Where(m => m.Principal == principal).ExecuteDeleteAsync(ct);
        foreach (var project in projects) await SweepAsync(project, null, desk, ct);
    }

    /// <summary>Checks everybody on the project's tasks, or only <paramref name="suspects"/>.</summary>
    public static async Task SweepAsync(Id<Project> id, IReadOnlyList<Id<Member>>? suspects, TaskDesk desk, CancellationToken ct)
    {
        var db = desk.Db;
        var project = await db.Projects.FirstOrDefaultAsync(p => p.Id == id, ct);
        if (project is null || project.IsPersonal || project.DeletedAt is not null || project.ArchivedAt is not null) return;
        var tasks = db.Tasks.Where(t => t.ProjectId == id);
        var rotating = await db.Recurrences.Where(r => r.Rotation != null && tasks.Any(t => t.Id == r.TaskId)).ToListAsync(ct);
        var people = suspects ??
        [
            .. await db.Assignees.Where(a => tasks.Any(t => t.Id == a.TaskId)).Select(a => a.MemberId)
                .Union(db.Places.Where(p => tasks.Any(t => t.Id == p.TaskId)).Select(p => p.MemberId)).ToListAsync(ct),
            .. rotating.SelectMany(r => r.Rotation!.Members),
        ];
        var readers = await desk.ReadersAsync(project, [.. people.Distinct()], ct);
        var blind = people.Distinct().Where(p => !readers.Contains(p)).ToList();
        if (blind.Count == 0) return;
        var ids = await tasks.Where(t => db.Assignees.Any(a => a.TaskId == t.Id && blind.Contains(a.MemberId)) || db.Places.Any(p => p.TaskId == t.Id && blind.Contains(p.MemberId))).Select(t => t.Id).ToListAsync(ct);
        ids = [.. ids.Union(rotating.Where(r => r.Rotation!.Members.Exists(blind.Contains)).Select(r => r.TaskId))];
        if (ids.Count == 0) return;
        await desk.ChangeAsync(id, Actor.System, ProjectRole.Writer, async write =>
        {
            foreach (var task in await write.TasksAsync(ids, Parts.Places, ct, deleted: true))
                foreach (var member in blind) MoveToProject.Leave(task, member, write.By);
            return true;
        }, ct);
    }

    private async Task<IReadOnlyList<Id<Project>>> OfGroupAsync(Id<Group> group, CancellationToken ct)
    {
        var principal = Principal.Of(group);
        var direct = await desk.Db.ProjectMembers.Where(m => m.Principal == principal).Select(m => m.ProjectId).ToListAsync(ct);
        var all = new HashSet<Id<Project>>();
        foreach (var project in direct) all.UnionWith(await desk.Db.BelowAsync(project, ct));
        return [.. all];
    }
}
