using Atrium.Kernel;
using Atrium.Kernel.Files;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Who may read a task's files is who may see the task: after a project or task has another audience, they are told so.</summary>
internal sealed class ShowFiles(TasksDb db, FileDesk files) : IEffect<ProjectShown>, IEffect<TaskShown>
{
    public async Task HandleAsync(ProjectShown happened, Delivery delivery, CancellationToken ct)
    {
        foreach (var project in await db.BelowAsync(happened.Project, ct)) await ShowAsync(db.Tasks.Where(t => t.ProjectId == project), ct);
    }

    public Task HandleAsync(TaskShown happened, Delivery delivery, CancellationToken ct) => ShowAsync(db.Tasks.Where(t => t.Id == happened.Task), ct);

    private async Task ShowAsync(IQueryable<TaskItem> tasks, CancellationToken ct)
    {
        var rows = await (from t in tasks
                          join p in db.Projects on t.ProjectId equals p.Id
                          join f in db.Files on t.Id equals f.TaskId
                          select new { Task = t, Project = p, f.FileRef }).ToListAsync(ct);
        foreach (var audience in rows.GroupBy(r => r.Task.AudienceIn(r.Project)))
            foreach (var batch in audience.Select(r => new Id<FileRecord>(r.FileRef)).Distinct().Chunk(500))
                await files.ShowToAsync(batch, audience.Key, ct);
    }
}
