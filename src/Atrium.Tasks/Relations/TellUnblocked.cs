using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>When the last task that blocked another is finished, tells who is assigned to that other.</summary>
internal sealed class TellUnblocked(TasksDb db) : IReaction<TaskHappened>
{
    public const string Kind = "task.unblocked";

    public async Task HandleAsync(TaskHappened happened, CancellationToken ct)
    {
        if (!happened.Types.Contains("task.completed")) return;
        var waiting = await db.Relations.Where(r => r.From == happened.Task && r.Kind == RelationKind.Blocks).Select(r => r.To).ToListAsync(ct);
        if (waiting.Count == 0) return;
        var blocked = await db.Relations
            .Where(r => waiting.Contains(r.To) && r.Kind == RelationKind.Blocks && db.Tasks.Any(t => t.Id == r.From && t.DeletedAt == null && (t.Category == Category.Todo || t.Category == Category.Doing)))
            .Select(r => r.To).Distinct().ToListAsync(ct);
        var free = waiting.Except(blocked).ToList();
        var tasks = await db.Tasks.Include(t => t.Assignees).Where(t => free.Contains(t.Id) && t.DeletedAt == null && (t.Category == Category.Todo || t.Category == Category.Doing)).ToListAsync(ct);
        foreach (var task in tasks.Where(t => t.Assignees.Count > 0))
            db.Publish(new NotificationRaised(
                Kind, [.. task.Assignees.Select(a => a.MemberId)], Thing.Of(TaskPath.Kind, task.Id), happened.Actor, $"{task.Title} waits for nothing any more", Once: $"unblocked/{task.Id}/{happened.Task}/{happened.Revision}"));
    }
}
