using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Tasks;

/// <summary>What taking the next seq of a project came to.</summary>
/// <param name="NextNumber">The number after those taken.</param>
/// <param name="Numbers">How many were taken.</param>
/// <param name="Role">Of who asked, as it is now that the row is held; null where they do not see the project.</param>
internal sealed record Counted(Id<Project> Id, long Seq, long NextNumber, int Numbers, ProjectRole? Role)
{
    public long FirstNumber => NextNumber - Numbers;
}

internal abstract partial class TasksDb
{
    /// <summary>
    /// Takes the next seq of a project, and so many numbers, and holds its row until the transaction ends: a lower seq can never be
    /// committed after a higher one was handed out.
    /// </summary>
    public Task<Counted?> CountAsync(Id<Project> project, int numbers, Actor actor, CancellationToken ct) => CountAsync("{3}", project.Value, numbers, actor, ct);

    /// <summary>The same for the project of a task.</summary>
    public Task<Counted?> CountAsync(Id<TaskItem> task, Actor actor, CancellationToken ct) => CountAsync("(SELECT t.project_id FROM tasks_task_item t WHERE t.id = {3})", task.Value, 0, actor, ct);

    // A statement of its own asks for the role: whoever waited for the row sees what the one before did.
    private async Task<Counted?> CountAsync(string project, long id, int numbers, Actor actor, CancellationToken ct)
    {
        Counted? counted = null;
        await this.ReadSqlAsync(
            $"UPDATE tasks_project SET seq = seq + 1, next_number = next_number + {{4}} WHERE id = {project} RETURNING id, seq, next_number; {AccessTo(actor, project)}",
            [.. AccessParameters(actor), id, numbers],
            [row => counted = new(new(row.GetInt64(0)), row.GetInt64(1), row.GetInt64(2), numbers, null), row => counted = counted is { } held ? held with { Role = (ProjectRole)row.GetInt32(1) } : null],
            ct);
        return counted;
    }
}
