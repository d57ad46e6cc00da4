using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>After a task changed: puts its next reminders and its overdue notice where they wait for their moment.</summary>
internal sealed class PlanComing(TasksDb db) : IReaction<TaskHappened>
{
    public async Task HandleAsync(TaskHappened happened, CancellationToken ct)
    {
        if (!Coming.IsDecidedBy(happened.Fields)) return;
        var task = await db.Tasks.AsSplitQuery().Include(t => t.Reminders).Include(t => t.Recurrence).FirstOrDefaultAsync(t => t.Id == happened.Task, ct);
        if (task is not null) Coming.Announce(db, task);
    }
}
