using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>What moderators can do with a task of an open project: then only those who may change it, and they themselves, see it.</summary>
internal sealed class TaskSubject(TasksDb db) : IModerationSubject
{
    public string Kind => TaskPath.Kind;

    public Task SetHiddenAsync(Thing thing, bool hidden, string reason, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var id = thing.As<TaskItem>();
            if (await db.Tasks.Where(t => t.Id == id).Select(t => (Id<Project>?)t.ProjectId).FirstOrDefaultAsync(token) is not { } project) return;
            var seq = await db.TakeSeqAsync(project, token);
            DateTimeOffset? at = hidden ? db.Now : null;
            if (await db.Tasks.Where(t => t.Id == id && (t.HiddenAt != null) != hidden).ExecuteUpdateAsync(set => set.SetProperty(t => t.HiddenAt, at).SetProperty(t => t.Seq, seq).SetProperty(t => t.Revision, t => t.Revision + 1), token) == 0) return;
            db.Publish(new TaskShown(id), id.ToString());
            db.Announce(ProjectPath.Topic(project), seq);
        },
        ct);
}

/// <summary>The same for a whole project: only its members and moderators see it.</summary>
internal sealed class ProjectSubject(ProjectDesk desk) : IModerationSubject
{
    public string Kind => ProjectPath.Kind;

    public Task SetHiddenAsync(Thing thing, bool hidden, string reason, CancellationToken ct) => desk.GuardAsync(
        async token =>
        {
            var db = desk.Db;
            var id = thing.As<Project>();
            await db.LockTreeAsync(token);
            if (await db.CountAsync(id, 0, Actor.System, token) is not { } counted) return false;
            var project = await db.Projects.AsTracking().FirstAsync(p => p.Id == id, token);
            if ((project.HiddenAt is not null) == hidden || project.IsPersonal) return false;
            project.Hide(hidden ? db.Now : null);
            await db.SaveChangesAsync(token);
            await ProjectAudience.SyncAsync(id, db, token);
            db.Publish(new ProjectShown(id), id.ToString());
            if (hidden) db.Publish(new AccessNarrowed(id), id.ToString());
            db.Announce(ProjectPath.Topic(id), counted.Seq);
            return true;
        },
        ct);
}

/// <summary>A task, alone, has another audience: its files and search have to learn it.</summary>
[EventName("tasks.task_shown")]
internal sealed record TaskShown(Id<TaskItem> Task);
