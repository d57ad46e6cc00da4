using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>After the dates of a task changed: puts its next reminders and its overdue notice where they wait for their moment.</summary>
internal sealed class PlanComing(TasksDb db) : IReaction<DatesChanged>
{
    public async Task HandleAsync(DatesChanged happened, CancellationToken ct)
    {
        var task = await db.Tasks.AsSplitQuery().Include(t => t.Reminders).Include(t => t.Recurrence).FirstOrDefaultAsync(t => t.Id == happened.Task, ct);
        if (task is not null) Coming.Announce(db, task);
    }
}
