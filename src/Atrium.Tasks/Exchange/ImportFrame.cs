using System.Text.RegularExpressions;
using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Where a plan meets its project: which column and label each of the source's became, and which task each item.</summary>
internal sealed partial class ImportFrame(ImportPlan plan, Project project, IReadOnlyDictionary<string, Id<Member>> people, Change by, DateTimeZone zone)
{
    private readonly Dictionary<string, Column> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Label> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlannedTask> _planned = plan.Tasks.ToDictionary(t => t.SourceId, StringComparer.Ordinal);

    public ImportPlan Plan => plan;

    public Project Project => project;

    /// <summary>Where each task stands in the project's order: as in the source, whatever is made first.</summary>
    public Dictionary<string, string> Ranks { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Id<TaskItem>> TaskIds { get; } = new(StringComparer.Ordinal);

    public void LayColumns()
    {
        foreach (var planned in plan.Columns)
        {
            var column = project.Columns.Find(c => c.Name.Equals(planned.Name, StringComparison.OrdinalIgnoreCase));
            if (column is null && project.Columns.Count < Limits.Columns) column = project.AddColumn(planned.Name, planned.Category);
            if (column is null)
            {
                column = project.Board().DefaultOf(planned.Category) ?? project.Board().Demand(Category.Todo);
                plan.Report.Note("columns", $"“{planned.Name}” does not fit; its tasks go to “{column.Name}”.");
            }
            else if (planned.WipLimit is { } limit && column.WipLimit is null)
            {
                project.ChangeColumn(column.Id, null, limit);
            }

            _columns[planned.SourceId] = column;
        }
    }

    public void LayLabels()
    {
        foreach (var planned in plan.Labels)
        {
            var label = project.FindLabel(planned.Name.Replace(',', ' '));
            if (label is null && project.Labels.Count < Limits.LabelsOfProject) label = project.AddLabel(planned.Name, planned.Color);
            if (label is null) plan.Report.Note(Field.Labels, $"“{planned.Name}” does not fit; a project has at most {Limits.LabelsOfProject} labels.");
            else _labels[planned.SourceId] = label;
        }
    }

    /// <summary>A task as it was in the source, begun and done when it was there.</summary>
    public TaskItem Make(PlannedTask planned, long number, string rank, TaskItem? parent)
    {
        var made = by with { At = planned.CreatedAt is { } at && at < by.At ? at : by.At };
        var column = _columns[planned.ColumnId];
        var task = new TaskItem(project.Id, number, planned.Title, column.IsOpen ? column : project.Board().Demand(Category.Todo), rank, made, planned.Uid);
        task.Describe(planned.Description, made);
        task.Prioritise(planned.Priority, made);
        Try(planned, Field.Due, () => task.Schedule(planned.Start, planned.Due, made, planned.Duration));
        task.LabelWith(LabelsOf(planned), made);
        task.Assign(PeopleOf(planned), made);
        foreach (var item in planned.Checklist) task.AddItem(item.Text, made, item.Done);
        foreach (var reminder in planned.Reminders) Try(planned, Field.Reminders, () => Remind(task, reminder, made));
        if (planned.Places is { } places) Try(planned, Field.Places, () => task.NeedPeople(places, made));
        if (planned.Percent is { } percent) task.SetPercent(percent, made);
        else task.RollUp(Progress.None, made);
        if (parent is not null) Try(planned, Field.Parent, () => task.Nest(parent, AncestorsOf(planned, parent), 0, made));
        else if (planned.ParentId is not null) plan.Report.Lost(planned.SourceId, Field.Parent, "Its parent was deleted here.");
        if (!column.IsOpen)
        {
            // A change of its own: what was done is stamped with when, not with when it was imported.
            var finished = by with { At = planned.CompletedAt is { } done && done >= made.At ? done : made.At };
            task.MoveTo(column.Id, new(project.Board(), zone), finished);
        }

        if (planned.Rrule is not null || planned.Rdates.Count > 0) Try(planned, Field.Recurrence, () => Repeat(task, planned, made));
        if (planned.Own is { } own) task.Recall(PastOf(planned, own, task));
        return task;
    }

    /// <summary>What history there is of a task just made: that of our own export, or that it was made, and done.</summary>
    public IEnumerable<Activity> HistoryOf(PlannedTask planned, TaskItem task, long seq)
    {
        var own = task.Stamp(seq);
        return planned.History.Count == 0
            ? own.Where(a => a.Field is Field.Created or Field.Column)
            : planned.History.Select(h => Activity.Recalled(task, Member(h.Actor), h.Client, h.Field, Here(h.Old, h.Field), Here(h.New, h.Field), h.At, seq));
    }

    private Recollection PastOf(PlannedTask planned, TasksDocument.TaskPart own, TaskItem task) => new(
        Math.Clamp(own.Percent, 0, 100), own.PercentManual, own.CompletedAt, Member(own.CompletedBy), Member(own.CreatedBy), own.UpdatedAt,
        task.Recurrence is null ? null : own.Recurrence?.Origin, own.Recurrence?.Style == "overrides" ? RecurrenceStyle.Overrides : RecurrenceStyle.Advance,
        RotationOf(planned, own), [.. own.Reminders.Select(r => r.AcknowledgedAt)],
        Members(own.Places?.Held, planned, Field.Places), Members(own.Places?.Queue, planned, Field.Places),
        [.. own.Occurrences.DistinctBy(o => o.RecurrenceId).Select(o => new RecalledOccurrence(
            o.RecurrenceId, Enum.TryParse<OccurrenceOutcome>(o.Outcome, ignoreCase: true, out var outcome) ? outcome : OccurrenceOutcome.Done, Member(o.By), o.At, t => SnapshotOf(o, t)))]);

    private Rotation? RotationOf(PlannedTask planned, TasksDocument.TaskPart own)
    {
        if (own.Recurrence?.Rotation is not { } rotation) return null;
        var members = Members(rotation.Members, planned, Field.Rotation);
        return members.Count < 2 ? null : new(members, rotation.Strategy == "least_load" ? RotationStrategy.LeastLoad : RotationStrategy.RoundRobin, Math.Max(0, rotation.Cursor));
    }

    private Occurrence.Snapshot SnapshotOf(TasksDocument.OccurrencePart part, TaskItem task)
    {
        if (part.Before is not { } before)
            return new(task.Start, task.Due, task.Recurrence?.Rrule ?? "", task.Recurrence?.Origin ?? "", null, task.ColumnId, task.Percent, task.PercentManual, [.. task.Assignees.Select(a => a.MemberId)], [], []);
        var lines = task.Checklist.OrderBy(i => i.Rank, StringComparer.Ordinal).ToList();
        var reminders = task.Reminders.OrderBy(r => r.Id).ToList();
        return new(
            before.Start, before.Due, before.Rrule, before.Origin, before.Cursor, _columns.GetValueOrDefault(before.Column)?.Id ?? task.ColumnId, before.Percent, before.PercentManual,
            [.. before.Assignees.Select(Member).OfType<Id<Member>>()],
            [.. before.Ticked.Where(i => i >= 0 && i < lines.Count).Select(i => lines[i].Id)],
            [.. before.Reminders.Where(r => r.Reminder >= 0 && r.Reminder < reminders.Count).Select(r => new Occurrence.ReminderState(reminders[r.Reminder].Id, r.At, r.AcknowledgedAt))]);
    }

    private Id<Member>? Member(string? handle) => handle is not null && people.TryGetValue(handle, out var member) ? member : null;

    private List<Id<Member>> Members(IReadOnlyList<string>? handles, PlannedTask planned, string field)
    {
        var found = (handles ?? []).Select(Member).OfType<Id<Member>>().ToList();
        if (found.Count < (handles?.Count ?? 0)) plan.Report.Lost(planned.SourceId, field, $"{handles!.Count - found.Count} people are not here, or cannot see this project.");
        return found;
    }

    /// <summary>A value of history with the columns, labels and tasks it names by their ids here.</summary>
    private string? Here(string? value, string field) => value is null || field is Field.Title or Field.Description or Field.Created ? value : Ids().Replace(value, m =>
        _columns.TryGetValue(m.Value, out var column) ? column.Id.ToString()
        : _labels.TryGetValue(m.Value, out var label) ? label.Id.ToString()
        : TaskIds.TryGetValue(m.Value, out var task) ? task.ToString() : m.Value);

    [GeneratedRegex("[0-9]{12,19}", RegexOptions.NonBacktracking)]
    private static partial Regex Ids();

    /// <summary>Takes over what changed in the source, but nothing that someone has since changed here.</summary>
    /// <param name="edited">The fields changed here by people.</param>
    public void Update(TaskItem task, PlannedTask planned, IReadOnlySet<string> edited)
    {
        Over(Field.Title, () => task.Rename(planned.Title, by), task.Title != planned.Title);
        Over(Field.Description, () => task.Describe(planned.Description, by), task.Description != planned.Description);
        Over(Field.Priority, () => task.Prioritise(planned.Priority, by), task.Priority != planned.Priority);
        Over(Field.Due, () => task.Schedule(planned.Start, planned.Due, by), task.Recurrence is null && (task.Due != planned.Due || task.Start != planned.Start));
        Over(Field.Labels, () => task.LabelWith(LabelsOf(planned), by), true);
        Over(Field.Assignees, () => task.Assign([.. task.Assignees.Select(a => a.MemberId).Union(PeopleOf(planned))], by), true);
        var column = _columns[planned.ColumnId];
        Over(Field.Column, () => task.MoveTo(column.Id, new(project.Board(), zone), by), task.ColumnId != column.Id && task.Recurrence is null);

        void Over(string field, Action change, bool differs)
        {
            if (!differs) return;
            if (edited.Contains(field)) plan.Report.Lost(planned.SourceId, field, "It was changed here since the last import; what is here stays.");
            else Try(planned, field, change);
        }
    }

    /// <summary>Comments, kept in the history until there is a thread for them.</summary>
    public IEnumerable<Activity> Comments(PlannedTask planned, TaskItem task, long seq)
    {
        if (planned.Comments.Count == 0) yield break;
        plan.Report.Lost(planned.SourceId, "comments", $"{planned.Comments.Count} comments are kept in the task’s history, with name and time.");
        foreach (var comment in planned.Comments)
        {
            var line = new Activity(task, by with { Actor = null, At = comment.At }, "comment", null, $"{comment.AuthorName}: {comment.Text}");
            line.Stamp(seq);
            yield return line;
        }
    }

    public IEnumerable<string> LabelNames(TaskItem task) => project.Labels.Where(l => task.Labels.Exists(t => t.LabelId == l.Id)).Select(l => l.Name);

    private List<Label> LabelsOf(PlannedTask planned) => [.. planned.LabelIds.Select(l => _labels.GetValueOrDefault(l)).OfType<Label>().Distinct()];

    private List<Id<Member>> PeopleOf(PlannedTask planned) => [.. planned.AssigneeIds.Where(people.ContainsKey).Select(a => people[a]).Distinct()];

    private List<Id<TaskItem>> AncestorsOf(PlannedTask planned, TaskItem parent)
    {
        var ancestors = new List<Id<TaskItem>> { parent.Id };
        for (var up = _planned.GetValueOrDefault(planned.ParentId!)?.ParentId; up is not null; up = _planned.GetValueOrDefault(up)?.ParentId)
            if (TaskIds.TryGetValue(up, out var id))
                ancestors.Add(id);
        return ancestors;
    }

    private static void Remind(TaskItem task, PlannedReminder reminder, Change made)
    {
        if (reminder is { Anchor: ReminderAnchor.Absolute, At: { } at }) task.RemindAt(at, made);
        else if (reminder.OffsetSeconds is { } seconds) task.RemindBy(reminder.Anchor, seconds, made);
    }

    private void Repeat(TaskItem task, PlannedTask planned, Change made)
    {
        Rrule? rule = null;
        if (planned.Rrule is { } text)
        {
            (rule, var problems) = Rrule.Read(text);
            foreach (var problem in problems) plan.Report.Lost(planned.SourceId, Field.Recurrence, problem);
            if (rule is null && planned.Rdates.Count == 0) return;
        }

        task.Repeat(rule, planned.Mode, made, planned.Rdates, planned.Exdates);
    }

    private void Try(PlannedTask planned, string field, Action change)
    {
        try
        {
            change();
        }
        catch (Refusal refusal)
        {
            plan.Report.Lost(planned.SourceId, field, refusal.Message);
        }
    }
}
