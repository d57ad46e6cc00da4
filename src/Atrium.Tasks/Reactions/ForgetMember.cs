using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Search;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>
/// A member is gone: their own list and the private projects that were theirs alone are erased, they are let go everywhere else, and what
/// they wrote there is by nobody we know.
/// </summary>
internal sealed class ForgetMember(TaskDesk desk, ISearch search) : IReaction<MemberErased>
{
    public async Task HandleAsync(MemberErased happened, CancellationToken ct)
    {
        var db = desk.Db;
        var (member, self) = (happened.Member, Principal.Of(happened.Member));
        await EraseOwnAsync(member, self, ct);
        await PassOnAsync(self, ct);
        await db.ProjectMembers.Where(m => m.Principal == self).ExecuteDeleteAsync(ct);

        var held = await db.Tasks.Where(t => db.Assignees.Any(a => a.TaskId == t.Id && a.MemberId == member) || db.Places.Any(p => p.TaskId == t.Id && p.MemberId == member)).Select(t => t.ProjectId)
            .Union(db.Tasks.Where(t => t.Recurrence!.Rotation != null).Select(t => t.ProjectId)).Distinct().ToListAsync(ct);
        foreach (var project in held) await ReleaseAsync(project, member, ct);

        await db.Tasks.Where(t => t.CreatedBy == member).ExecuteUpdateAsync(set => set.SetProperty(t => t.CreatedBy, (Id<Member>?)null), ct);
        await db.Tasks.Where(t => t.CompletedBy == member).ExecuteUpdateAsync(set => set.SetProperty(t => t.CompletedBy, (Id<Member>?)null), ct);
        await db.Activities.Where(a => a.ActorId == member).ExecuteUpdateAsync(set => set.SetProperty(a => a.ActorId, (Id<Member>?)null), ct);
        await db.Occurrences.Where(o => o.By == member).ExecuteUpdateAsync(set => set.SetProperty(o => o.By, (Id<Member>?)null), ct);
        await db.Files.Where(f => f.AddedBy == member).ExecuteUpdateAsync(set => set.SetProperty(f => f.AddedBy, (Id<Member>?)null), ct);
        await db.Watches.Where(w => w.MemberId == member).ExecuteDeleteAsync(ct);
        await db.Feeds.Where(f => f.MemberId == member).ExecuteDeleteAsync(ct);
        await db.SavedFilters.Where(f => f.OwnerId == member).ExecuteDeleteAsync(ct);
        await db.ReminderFires.Where(f => f.MemberId == member).ExecuteDeleteAsync(ct);
        await db.AgendaChoices.Where(c => c.MemberId == member).ExecuteDeleteAsync(ct);
        await db.CsvChoices.Where(c => c.MemberId == member).ExecuteDeleteAsync(ct);
        await db.DigestsSent.Where(d => d.MemberId == member).ExecuteDeleteAsync(ct);
    }

    private async Task EraseOwnAsync(Id<Member> member, string self, CancellationToken ct)
    {
        var db = desk.Db;
        var own = await db.Projects.Where(p => p.PersonalOf == member
            || (p.Visibility == Visibility.Private && p.Members.Any(m => m.Principal == self) && p.Members.All(m => m.Principal == self) && !db.Projects.Any(c => c.ParentId == p.Id) && p.ParentId == null)).Select(p => p.Id).ToListAsync(ct);
        foreach (var project in own)
        {
            var tasks = await db.Tasks.Where(t => t.ProjectId == project).Select(t => t.Id).ToListAsync(ct);
            await search.RemoveAsync(db, [Thing.Of("project", project), .. tasks.Select(t => Thing.Of("task", t))], ct);
            await db.Projects.Where(p => p.Id == project).ExecuteDeleteAsync(ct);
        }
    }

    /// <summary>A project that loses its last admin goes to who may most in it.</summary>
    private async Task PassOnAsync(string self, CancellationToken ct)
    {
        var db = desk.Db;
        var orphans = await db.Projects.AsTracking().Include(p => p.Members)
            .Where(p => p.Members.Any(m => m.Principal == self && m.Role == ProjectRole.Admin) && !p.Members.Any(m => m.Principal != self && m.Role == ProjectRole.Admin)).ToListAsync(ct);
        foreach (var project in orphans)
            if (project.Members.Where(m => m.Principal != self).OrderByDescending(m => m.Role).ThenBy(m => m.Principal, StringComparer.Ordinal).FirstOrDefault() is { } heir)
                project.SetMember(heir.Principal, ProjectRole.Admin);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private async Task ReleaseAsync(Id<Project> id, Id<Member> member, CancellationToken ct)
    {
        var db = desk.Db;
        if (!await db.Projects.AnyAsync(p => p.Id == id && p.DeletedAt == null && p.ArchivedAt == null, ct))
        {
            // Nobody works there: no history to write, only the name to take out.
            await db.Assignees.Where(a => a.MemberId == member && db.Tasks.Any(t => t.Id == a.TaskId && t.ProjectId == id)).ExecuteDeleteAsync(ct);
            await db.Places.Where(p => p.MemberId == member && db.Tasks.Any(t => t.Id == p.TaskId && t.ProjectId == id)).ExecuteDeleteAsync(ct);
            return;
        }

        var tasks = db.Tasks.Where(t => t.ProjectId == id);
        var rotating = (await db.Recurrences.Where(r => r.Rotation != null && tasks.Any(t => t.Id == r.TaskId)).ToListAsync(ct)).Where(r => r.Rotation!.Members.Contains(member)).Select(r => r.TaskId);
        var held = await tasks.Where(t => db.Assignees.Any(a => a.TaskId == t.Id && a.MemberId == member) || db.Places.Any(p => p.TaskId == t.Id && p.MemberId == member)).Select(t => t.Id).ToListAsync(ct);
        List<Id<TaskItem>> ids = [.. held.Union(rotating)];
        if (ids.Count == 0) return;
        await desk.ChangeAsync(id, Actor.System, ProjectRole.Writer, async write =>
        {
            foreach (var task in await write.TasksAsync(ids, Parts.Places, ct, deleted: true)) MoveToProject.Leave(task, member, write.By);
            return true;
        }, ct);
    }
}
