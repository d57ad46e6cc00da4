using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Brings a task to what a phone sent, inside a write. The rules are the task's own; what a task cannot take stays in the octets only.</summary>
internal sealed class ApplyTodo(TaskDesk desk, TaskNames names)
{
    private TasksDb Db => desk.Db;

    /// <param name="was">What the octets sent before meant; null for a new one.</param>
    public async Task RunAsync(ProjectWrite write, TaskItem task, TodoFields sent, TodoFields? was, IcalComponent calendar, IReadOnlySet<Category> categories, CancellationToken ct)
    {
        var by = write.By;
        task.Rename(sent.Title, by);
        task.Describe(sent.Description, by);
        task.Prioritise(sent.Priority, by);
        task.SequenceFrom(sent.Sequence);
        var late = IsLate(task, sent);
        if (!late)
        {
            Dates(task, sent, by);

            // Before the status: a series that goes on takes its reminders along.
            Remind(task, sent, by);
        }

        Overrides(task, calendar, categories, by);
        if (!late) await StatusAsync(write, task, sent, ct);
        Percent(task, sent, late, by);
        await LabelsAsync(write, task, sent, ct);
        await ParentAsync(write, task, sent, ct);
        await RelateAsync(write, task, sent, was, ct);
    }

    /// <summary>Those who named this task as parent before it was here (RFC 5545, 3.8.4.5).</summary>
    public async Task JoinChildrenAsync(ProjectWrite write, TaskItem parent, TodoFields sent, CancellationToken ct)
    {
        var uid = parent.Uid;
        var waiting = await Db.Tasks.Where(t => t.ProjectId == write.Project.Id && t.ParentUidPending == uid && t.DeletedAt == null).Select(t => t.Id).ToListAsync(ct);
        var named = sent.Relations.Where(r => r.Type == "CHILD").Select(r => r.Uid).ToList();
        if (named.Count > 0)
            waiting.AddRange(await Db.Tasks.Where(t => t.ProjectId == write.Project.Id && named.Contains(t.Uid) && t.ParentId == null && t.DeletedAt == null).Select(t => t.Id).ToListAsync(ct));
        if (waiting.Count == 0) return;
        await Db.SaveChangesAsync(ct);
        foreach (var id in waiting.Distinct().Where(id => id != parent.Id))
        {
            var child = await write.TaskAsync(id, Parts.None, ct);
            var resource = await Db.DavResources.AsTracking().FirstOrDefaultAsync(r => r.TaskId == id, ct);
            var saidAll = resource is not null && resource.RawRevision == child.Revision && child.ParentUidPending is not null;
            await TryNestAsync(write, child, parent.Id, ct);

            // Its octets named this parent all along.
            if (saidAll && child.ParentId == parent.Id) resource!.RawRevision = child.Revision;
        }
    }

    /// <summary>The completion of an instance that somebody else completed meanwhile: nothing to do twice.</summary>
    private static bool IsLate(TaskItem task, TodoFields sent) =>
        task.Recurrence is not null && sent is { Repeats: true, Category: Category.Done } && sent.Anchor is { } anchor && anchor != task.Anchor
        && task.Occurrences.Exists(o => o.RecurrenceId == anchor.ToString());

    private static void Dates(TaskItem task, TodoFields sent, Change by)
    {
        if (!sent.Repeats)
        {
            task.StopRepeating(by);
            task.Schedule(sent.Start, sent.Due, by, sent.Duration);
            return;
        }

        if (IsAdvanced(task, sent))
        {
            // Nothing is said of a duration where there is none to say.
            task.AdvancedElsewhere(sent.Start, sent.Due, by);
            foreach (var item in task.Checklist) item.Done = false;
        }

        if (task.Start != sent.Start || task.Due != sent.Due || task.Duration != sent.Duration) task.Schedule(sent.Start, sent.Due, by, sent.Duration);
        var rule = sent.Rrule is { } text ? Kernel.Ical.Rrule.Read(text).Rule : null;
        if (task.Recurrence is { } now && now.Rrule == (sent.Rrule ?? "") && Same(now.Rdates, sent.Rdates) && Same(now.Exdates, sent.Exdates)) return;
        var (mode, style) = (rule is null ? RecurrenceMode.FromDue : task.Recurrence?.Mode ?? RecurrenceMode.FromDue, task.Recurrence?.Style ?? RecurrenceStyle.Advance);
        task.Repeat(rule, mode, by, sent.Rdates, sent.Exdates);
        task.Recurrence!.Style = style;

        static bool Same(List<string> now, IReadOnlyList<When> then) => now.ToHashSet(StringComparer.Ordinal).SetEquals(then.Select(t => t.ToString()));
    }

    /// <summary>An open series that stands at a later instance of its own rule than we know: the phone completed one by itself.</summary>
    private static bool IsAdvanced(TaskItem task, TodoFields sent) =>
        task is { IsOpen: true, Recurrence: { Style: RecurrenceStyle.Advance } series, Anchor: { } anchor } && sent is { IsOpen: true, Anchor: { } next }
        && next.Kind == anchor.Kind && next.TzId == anchor.TzId && next > anchor && series.Set().Contains(next.ToLocal());

    private async Task StatusAsync(ProjectWrite write, TaskItem task, TodoFields sent, CancellationToken ct)
    {
        if (sent.Category != task.Category)
        {
            var at = await write.AtAsync(task, ct);
            var outcome = sent.Category switch
            {
                Category.Done when task.Category == Category.Cancelled => task.MoveTo(at.Board.Demand(Category.Done).Id, at, write.By),
                Category.Done => task.Complete(at, write.By),
                Category.Cancelled => task.Cancel(at, write.By),
                _ when task.IsOpen => task.MoveTo(at.Board.Demand(sent.Category).Id, at, write.By),
                _ => task.Reopen(at, write.By, at.Board.Demand(sent.Category)),
            };
            if (outcome.Turn is { } turn) desk.TellTurn(task, turn, write);
        }

        if (sent.Completed is { } completed) task.CompletedOn(completed, write.By);
    }

    private static void Percent(TaskItem task, TodoFields sent, bool late, Change by)
    {
        if (late || sent.Category != task.Category) return;
        if (sent.Percent is { } told)
        {
            if (told != task.Percent) task.SetPercent(told, by);
        }
        else if (task.IsOpen && task.Percent != 0)
        {
            task.SetPercent(0, by);
            task.SetPercent(null, by);
        }
    }

    private static void Overrides(TaskItem task, IcalComponent calendar, IReadOnlySet<Category> categories, Change by)
    {
        if (task.Recurrence is null) return;
        var zones = new IcalZoneBook(calendar);
        foreach (var other in calendar.ComponentsOf("VTODO").Where(c => c.Line("RECURRENCE-ID") is not null))
        {
            if (TodoInstances.IdOf(other, task, task.Recurrence, zones) is not { } id) continue;
            var state = TodoFields.Read(other, zones, categories);
            var known = task.Occurrences.Find(o => o.RecurrenceId == id.ToString());
            if (!state.IsOpen && known is null) task.OverrideDone(id, by, TodoFields.IsCancelled(other) ? OccurrenceOutcome.Cancelled : OccurrenceOutcome.Done);
            else if (state.IsOpen && known is not null && task.Recurrence.Style == RecurrenceStyle.Overrides) task.OverrideOpen(id, by);
        }
    }

    private static async Task LabelsAsync(ProjectWrite write, TaskItem task, TodoFields sent, CancellationToken ct)
    {
        if (sent.Labels.Count == 0 && task.Labels.Count == 0) return;
        await write.LabelsAsync(ct);
        var known = sent.Labels.Where(n => write.Project.FindLabel(n) is not null).ToList();

        // Where the project's labels are full, a category stays a category.
        var room = Limits.LabelsOfProject - write.Project.Labels.Count;
        var wanted = known.Concat(sent.Labels.Except(known).Take(Math.Max(0, room))).Select(n => write.Project.FindLabel(n) ?? write.Project.AddLabel(n, null)).Distinct().ToList();
        task.LabelWith(wanted, write.By);
    }

    private static void Remind(TaskItem task, TodoFields sent, Change by)
    {
        var left = task.Reminders.OrderBy(r => r.Id).ToList();
        var fresh = new List<TodoAlarm>();
        foreach (var alarm in sent.Alarms)
        {
            if (left.Find(alarm.Is) is not { } reminder)
            {
                fresh.Add(alarm);
                continue;
            }

            left.Remove(reminder);
            if (alarm.Acknowledged is not null && reminder.AcknowledgedAt is null) task.Acknowledge(reminder.Id, by);
        }

        foreach (var gone in left) task.RemoveReminder(gone.Id, by);
        foreach (var alarm in fresh)
        {
            var made = alarm.At is { } at ? task.RemindAt(at, by, ReminderOrigin.Dav) : task.RemindBy(alarm.Anchor, alarm.OffsetSeconds ?? 0, by, ReminderOrigin.Dav);
            if (alarm.Acknowledged is not null) made.Acknowledge(alarm.Acknowledged.Value);
        }
    }

    private async Task ParentAsync(ProjectWrite write, TaskItem task, TodoFields sent, CancellationToken ct)
    {
        if (sent.ParentUid is not { } uid)
        {
            if (task.ParentId is not null || task.ParentUidPending is not null) task.Nest(null, [], 0, write.By);
            return;
        }

        var parent = await Db.Tasks.Where(t => t.ProjectId == write.Project.Id && t.Uid == uid && t.DeletedAt == null).Select(t => (Id<TaskItem>?)t.Id).FirstOrDefaultAsync(ct);
        if (parent is { } there && there == task.ParentId) return;
        if (parent is null || !await TryNestAsync(write, task, parent.Value, ct))
        {
            if (task.ParentId is not null) task.Nest(null, [], 0, write.By);
            task.AwaitParent(uid);
        }
    }

    /// <summary>False where the parent would be inside its own subtask, or too deep: then the name is only kept.</summary>
    private async Task<bool> TryNestAsync(ProjectWrite write, TaskItem task, Id<TaskItem> parent, CancellationToken ct)
    {
        try
        {
            await names.NestAsync(write, task, parent, ct);
            return true;
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.Invalid)
        {
            return false;
        }
    }

    /// <summary>Relations that were added to or taken from the octets since the last time; a task that is not here is left alone.</summary>
    private async Task RelateAsync(ProjectWrite write, TaskItem task, TodoFields sent, TodoFields? was, CancellationToken ct)
    {
        IReadOnlyList<(string Type, string Uid)> before = was?.Relations ?? [];
        var changes = sent.Relations.Except(before).Select(r => (r.Type, r.Uid, Adds: true)).Concat(before.Except(sent.Relations).Select(r => (r.Type, r.Uid, Adds: false))).Where(r => r.Type != "CHILD").ToList();
        if (changes.Count == 0) return;
        await Db.SaveChangesAsync(ct);
        foreach (var (type, uid, adds) in changes)
        {
            var other = await Db.Tasks.Where(t => t.ProjectId == write.Project.Id && t.Uid == uid && t.DeletedAt == null && t.Id != task.Id).Select(t => (Id<TaskItem>?)t.Id).FirstOrDefaultAsync(ct);
            if (other is not { } far || Named(type, task.Id, far) is not { } relation) continue;
            var end = await write.TaskAsync(far, Parts.None, ct);
            if (!adds) await EditRelations.UnrelateAsync(write, task, end, relation, Db, ct);
            else
            {
                try
                {
                    await EditRelations.RelateAsync(write, task, end, relation, Db, ct);
                }
                catch (Refusal refusal) when (refusal.Kind == RefusalKind.Invalid)
                {
                    // A ring, or too many: the line is kept, and nobody waits for ever.
                }
            }
        }
    }

    private static Relation? Named(string type, Id<TaskItem> self, Id<TaskItem> other) => type switch
    {
        "SIBLING" => Relation.Named("relates", self, other),
        "DEPENDS-ON" or "FINISHTOSTART" => Relation.Named("blocked_by", self, other),
        _ => null,
    };
}
