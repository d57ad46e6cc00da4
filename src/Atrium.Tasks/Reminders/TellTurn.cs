using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>When a rotating task goes on, tells whose turn it is now, and when.</summary>
internal sealed class TellTurn(TasksDb db) : IReaction<TaskHappened>
{
    public const string Kind = "task.turn";

    public async Task HandleAsync(TaskHappened happened, CancellationToken ct)
    {
        if (happened.Assigned.Count == 0 || !happened.Fields.Contains(Field.Occurrence)) return;
        var task = await db.Tasks.Include(t => t.Recurrence).FirstOrDefaultAsync(t => t.Id == happened.Task && t.DeletedAt == null, ct);
        if (task?.Recurrence?.Rotation is not { } rotation || !happened.Assigned.Contains(rotation.Current)) return;
        var until = task.NextDue is { } due ? $", due {due.ToDate().ToString("ddd d MMM", System.Globalization.CultureInfo.InvariantCulture)}" : "";
        db.Publish(new NotificationRaised(Kind, [rotation.Current], Thing.Of(TaskPath.Kind, task.Id), happened.Actor, $"It is your turn: {task.Title}{until}", Once: $"turn/{task.Id}/{happened.Revision}"));
    }
}
