namespace Atrium.Tasks;

/// <summary>Turns our own export into a plan.</summary>
internal static class DocumentImport
{
    public static ImportPlan Plan(ReadOnlySpan<byte> json)
    {
        var document = TasksDocument.Read(json);
        var plan = new PlanBuilder("atrium", document.Project.Title);
        foreach (var column in document.Columns) plan.Column(column.Id, column.Name, CategoryOf(column.Category), column.WipLimit);
        foreach (var label in document.Labels) plan.Label(label.Id, label.Name, label.Color);
        var comments = document.Comments.ToLookup(c => c.Task, StringComparer.Ordinal);
        foreach (var person in document.Tasks.SelectMany(t => t.Assignees).Distinct(StringComparer.Ordinal)) plan.Person(new(person, person, person));
        foreach (var task in document.Tasks) Add(plan, task, comments[task.Id]);
        foreach (var relation in document.Relations) plan.Relate(relation.From, relation.To, Enum.Parse<RelationKind>(relation.Kind.Replace("_", "", StringComparison.Ordinal), ignoreCase: true));
        if (document.History.Count > 0) plan.Report.Note("history", $"{document.History.Count:N0} lines of history stay in the file; what is imported begins its own.");
        return plan.Build();
    }

    private static void Add(PlanBuilder plan, TasksDocument.TaskPart task, IEnumerable<TasksDocument.CommentPart> comments)
    {
        var column = plan.HasColumn(task.Column) ? task.Column : plan.ColumnOf(Category.Todo);
        if (task.Places is { Held.Count: > 0 } places) plan.Report.Lost(task.Id, Field.Places, $"{places.Held.Count} people held places; they take them again themselves.");
        if (task.Files.Count > 0) plan.Report.Lost(task.Id, Field.Files, $"{task.Files.Count} files lie beside the document.");
        if (task.Occurrences.Count > 0) plan.Report.Lost(task.Id, Field.Occurrence, $"{task.Occurrences.Count} earlier occurrences.");
        plan.Task(new(task.Id, task.Title, column)
        {
            Uid = task.Uid,
            Description = task.Description,
            ParentId = task.Parent,
            LabelIds = task.Labels,
            AssigneeIds = task.Assignees,
            Start = task.Start,
            Due = task.Due,
            Rrule = task.Recurrence?.Rrule is { Length: > 0 } rule ? rule : null,
            Mode = task.Recurrence?.Mode == "from_completion" ? RecurrenceMode.FromCompletion : RecurrenceMode.FromDue,
            Rdates = [.. (task.Recurrence?.Rdates ?? []).Select(d => When.Parse(d))],
            Exdates = [.. (task.Recurrence?.Exdates ?? []).Select(d => When.Parse(d))],
            Priority = Math.Clamp(task.Priority, 0, 9),
            Percent = task.PercentManual ? Math.Clamp(task.Percent, 0, 100) : null,
            Places = task.Places?.Needed,
            CreatedAt = task.CreatedAt,
            CompletedAt = task.CompletedAt,
            Checklist = [.. task.Checklist.Select(i => new PlannedItem(i.Text, i.Done))],
            Reminders = [.. task.Reminders.Select(r => new PlannedReminder(Enum.Parse<ReminderAnchor>(r.Anchor, ignoreCase: true), r.At, r.OffsetSeconds))],
            Comments = [.. comments.Select((c, i) => new PlannedComment($"{task.Id}:{i}", c.Author, c.Author ?? "former member", c.At, c.Text))],
        });
    }

    private static Category CategoryOf(string text) => Enum.TryParse<Category>(text, ignoreCase: true, out var category) ? category : Category.Todo;
}
