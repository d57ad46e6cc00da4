using Atrium.Contracts.Accounts;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Search;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Tells search anew who may find a project's tasks, or that nobody may.</summary>
internal sealed class ReindexProject(TasksDb db, ISearch search, IMembers members) : IReaction<ProjectShown>, IReaction<TaskShown>
{
    public async Task HandleAsync(TaskShown happened, CancellationToken ct)
    {
        if (await db.Tasks.Include(t => t.Assignees).Include(t => t.Labels).AsSplitQuery().FirstOrDefaultAsync(t => t.Id == happened.Task && t.DeletedAt == null, ct) is not { } task) return;
        var project = await db.Projects.FirstAsync(p => p.Id == task.ProjectId, ct);
        await search.IndexAsync(db, [await TaskDocument.OfAsync(task, project, false, db, members, ct)], ct);
    }

    public async Task HandleAsync(ProjectShown happened, CancellationToken ct)
    {
        var shown = await db.Projects.Where(p => p.Id == happened.Project).Select(p => new { p.DeletionId }).FirstOrDefaultAsync(ct);
        if (shown is null) return;
        foreach (var id in await db.BelowAsync(happened.Project, ct))
        {
            var project = await db.Projects.FirstAsync(p => p.Id == id, ct);
            foreach (var task in await db.Tasks.Where(t => t.ProjectId == id).Select(t => t.Id).ToListAsync(ct)) db.Publish(new DiscussedThingChanged(Thing.Of("task", task)), $"task:{task}");
            if (project.DeletedAt is null)
            {
                await search.IndexAsync(db, [ProjectDesk.Document(project)], ct);
                await foreach (var batch in TaskDocuments.OfAsync(project, db, members, ct)) await search.IndexAsync(db, batch, ct);
                continue;
            }

            var tasks = await db.Tasks.Where(t => t.ProjectId == id).Select(t => t.Id).ToListAsync(ct);
            await search.RemoveAsync(db, [Thing.Of("project", id), .. tasks.Select(t => Thing.Of("task", t))], ct);
        }
    }
}

/// <summary>All tasks of a project as search documents, in batches of a few statements each.</summary>
internal static class TaskDocuments
{
    private const int Batch = 200;

    public static async IAsyncEnumerable<IReadOnlyList<SearchDocument>> OfAsync(Project project, TasksDb db, IMembers members, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var labels = await db.Labels.Where(l => l.ProjectId == project.Id).ToDictionaryAsync(l => l.Id, l => l.Name, ct);
        Id<TaskItem> last = default;
        while (true)
        {
            var tasks = await db.Tasks.Include(t => t.Assignees).Include(t => t.Labels).AsSplitQuery()
                .Where(t => t.ProjectId == project.Id && t.DeletedAt == null && t.Id > last).OrderBy(t => t.Id).Take(Batch).ToListAsync(ct);
            if (tasks.Count == 0) yield break;
            last = tasks[^1].Id;
            var ids = tasks.Select(t => t.Id).ToList();
            var files = (await db.Files.Where(f => ids.Contains(f.TaskId)).Select(f => new { f.TaskId, f.Name }).ToListAsync(ct)).ToLookup(f => f.TaskId, f => f.Name);
            var people = await members.CardsAsync([.. tasks.SelectMany(t => t.Assignees).Select(a => a.MemberId).Distinct()], ct);
            yield return [.. tasks.Select(t => TaskDocument.Of(
                t, project, t.Labels.Select(l => labels.GetValueOrDefault(l.LabelId)).OfType<string>(), files[t.Id], t.Assignees.Select(a => people[a.MemberId])))];
        }
    }
}
