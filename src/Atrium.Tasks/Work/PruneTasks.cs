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
        await db.Tombstones.Where(t => t.At < tombs).ExecuteDeleteAsync(ct);
        await db.ReminderFires.Where(f => f.At < fires).ExecuteDeleteAsync(ct);
        var day = fires.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await db.DigestsSent.Where(d => string.Compare(d.LocalDate, day) < 0).ExecuteDeleteAsync(ct);
    }
}
