using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Search;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>A task as search knows it.</summary>
internal static class TaskDocument
{
    private static readonly string[] Indexed = [Field.Created, Field.Title, Field.Description, Field.Labels, Field.Assignees, Field.Files, Field.Project, Field.Deleted];

    public static bool IsTouchedBy(TaskHappened happened) => happened.Fields.Any(Indexed.Contains);

    /// <summary>Made inside the transaction that changes the task.</summary>
    /// <param name="bare">Whether it is known to have no files.</param>
    public static async Task<SearchDocument> OfAsync(TaskItem task, Project project, bool bare, TasksDb db, IMembers members, CancellationToken ct)
    {
        var labelIds = task.Labels.Select(l => l.LabelId).ToList();
        if (labelIds.Count == 0 && !db.Entry(task).Collection(t => t.Labels).IsLoaded)
            labelIds = await db.TaskLabels.Where(l => l.TaskId == task.Id).Select(l => l.LabelId).ToListAsync(ct);
        var labels = labelIds.Count == 0 ? [] : db.Labels.Local.Where(l => labelIds.Contains(l.Id)).Select(l => l.Name).ToList();
        if (labels.Count < labelIds.Count) labels = await db.Labels.Where(l => labelIds.Contains(l.Id)).Select(l => l.Name).ToListAsync(ct);

        // What this transaction adds or removes is not in the database yet.
        var here = db.ChangeTracker.Entries<TaskFile>().Where(f => f.Entity.TaskId == task.Id).ToDictionary(f => f.Entity.Id, f => f.State);
        var stored = task.Revision <= 1 || bare ? [] : await db.Files.Where(f => f.TaskId == task.Id).Select(f => new { f.Id, f.Name }).ToListAsync(ct);
        var files = stored.Where(f => here.GetValueOrDefault(f.Id) != EntityState.Deleted).Select(f => f.Name)
            .Concat(db.ChangeTracker.Entries<TaskFile>().Where(f => f.State == EntityState.Added && f.Entity.TaskId == task.Id).Select(f => f.Entity.Name)).ToList();
        var people = await members.CardsAsync([.. task.Assignees.Select(a => a.MemberId)], ct);
        return Of(task, project, labels, files, people.Values);
    }

    public static SearchDocument Of(TaskItem task, Project project, IEnumerable<string> labels, IEnumerable<string> files, IEnumerable<MemberCard> people)
    {
        var key = TaskReader.KeyOf(project.Key, task.Number);
        var names = labels.ToList();
        string[] body = [Markup.Render(task.Description).Plain, .. names, .. files, .. people.Select(p => $"{p.Name} @{p.Handle}")];
        return new(
            Thing.Of("task", task.Id), TasksDb.Name, task.AudienceIn(project), $"{key} {task.Title}".Trim(), string.Join('\n', body.Where(t => t.Length > 0)),
            $"/tasks/t/{key ?? task.Id.ToString()}", task.UpdatedAt, [$"project:{project.Id}", .. names.Select(n => $"label:{n}"), .. task.Assignees.Select(a => $"assignee:{a.MemberId}")]);
    }
}
