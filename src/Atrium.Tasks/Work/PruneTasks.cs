using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Lets go of what is kept only for a while: trash after 30 days, tombstones after 180, fired reminders after 90.</summary>
internal sealed class PruneTasks(TasksDb db) : IRecurringWork
{
    public const int TrashDays = 30;
    public const int FireDays = 90;

    public async Task RunAsync(CancellationToken ct)
    {
        var now = db.Now;
        var (trash, tombs, fires) = (now.AddDays(-TrashDays), now.AddDays(-Tombstone.Days), now.AddDays(-FireDays));
        var deletions = await db.Tasks.Where(t => t.DeletedAt < trash).Select(t => t.DeletionId!.Value)
            .Union(db.Projects.Where(p => p.DeletedAt < trash).Select(p => p.DeletionId!.Value)).ToListAsync(ct);
        foreach (var deletion in deletions) await PurgeTrash.PurgeAsync(deletion, db, ct);
        await ForgetDeletionsAsync(tombs, ct);
        await db.ReminderFires.Where(f => f.At < fires).ExecuteDeleteAsync(ct);
        var day = fires.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await db.DigestsSent.Where(d => string.Compare(d.LocalDate, day) < 0).ExecuteDeleteAsync(ct);
    }

    /// <summary>A project remembers up to where its deletions are forgotten: who was last here before starts anew, rather than keep what is gone.</summary>
    private Task ForgetDeletionsAsync(DateTimeOffset before, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            await db.Database.ExecuteSqlRawAsync(
                """
                UPDATE tasks_project SET horizon = f.seq
                FROM (SELECT t.project_id, MAX(t.seq) AS seq FROM tasks_tombstone t WHERE t.at < {0} GROUP BY t.project_id) f
                WHERE tasks_project.id = f.project_id AND tasks_project.horizon < f.seq
                """,
                [db.Instant(before)], token);
            await db.Tombstones.Where(t => t.At < before).ExecuteDeleteAsync(token);
        },
        ct);
}
