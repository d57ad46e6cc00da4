using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>What taking the next seq of a project came to.</summary>
/// <param name="NextNumber">The number after those taken.</param>
/// <param name="Numbers">How many were taken.</param>
internal sealed record Counted(long Id, long Seq, long NextNumber, int Numbers)
{
    public long FirstNumber => NextNumber - Numbers;
}

internal abstract partial class TasksDb
{
    /// <summary>
    /// Takes the next seq of a project, and so many numbers, and holds its row until the transaction ends: a lower seq can never be
    /// committed after a higher one was handed out.
    /// </summary>
    public async Task<Counted?> CountAsync(Id<Project> project, int numbers, CancellationToken ct) => Read(
        await Database.SqlQueryRaw<CountedRow>(
            "UPDATE tasks_project SET seq = seq + 1, next_number = next_number + {1} WHERE id = {0} RETURNING id, seq, next_number",
            project.Value, numbers).ToListAsync(ct),
        numbers);

    /// <summary>The same for the project of a task.</summary>
    public async Task<Counted?> CountAsync(Id<TaskItem> task, CancellationToken ct) => Read(
        await Database.SqlQueryRaw<CountedRow>(
            "UPDATE tasks_project SET seq = seq + 1 WHERE id = (SELECT t.project_id FROM tasks_task_item t WHERE t.id = {0}) RETURNING id, seq, next_number",
            task.Value).ToListAsync(ct),
        0);

    private static Counted? Read(List<CountedRow> rows, int numbers) => rows is [var row] ? new(row.Id, row.Seq, row.NextNumber, numbers) : null;

    private sealed class CountedRow
    {
        public long Id { get; init; }
        public long Seq { get; init; }
        public long NextNumber { get; init; }
    }
}
