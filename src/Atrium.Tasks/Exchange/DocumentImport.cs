using System.IO.Compression;
using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>Turns our own export into a plan: the document alone, or a ZIP with files beside it.</summary>
internal static class DocumentImport
{
    public static ImportPlan Plan(byte[] file)
    {
        var zipped = file.AsSpan().StartsWith("PK"u8);
        var document = TasksDocument.Read(zipped ? Unzipped(file) : file);
        var plan = new PlanBuilder("atrium", document.Project.Title);
        foreach (var column in document.Columns) plan.Column(column.Id, column.Name, CategoryOf(column.Category), column.WipLimit);
        foreach (var label in document.Labels) plan.Label(label.Id, label.Name, label.Color);
        var (comments, history) = (document.Comments.ToLookup(c => c.Task, StringComparer.Ordinal), document.History.ToLookup(h => h.Task, StringComparer.Ordinal));
        foreach (var person in document.Tasks.SelectMany(WorkersOf)) plan.Person(new(person, person, person));
        foreach (var person in document.Tasks.SelectMany(NamedIn).Concat(document.History.Select(h => h.Actor)).OfType<string>()) plan.Person(new(person, person, person) { TakesPart = false });
        foreach (var task in document.Tasks) Add(plan, task, comments[task.Id], [.. history[task.Id]], zipped);
        foreach (var relation in document.Relations) plan.Relate(relation.From, relation.To, Enum.Parse<RelationKind>(relation.Kind.Replace("_", "", StringComparison.Ordinal), ignoreCase: true));
        return plan.Build() with { Archive = zipped ? file : null, Project = document.Project, Defaults = [.. document.Columns.Where(c => c.IsDefault).Select(c => c.Id)] };
    }

    private static byte[] Unzipped(byte[] file)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            var entry = zip.GetEntry(ExportFiles.Document) ?? throw PlanBuilder.Unreadable($"This ZIP holds no {ExportFiles.Document}.");

            // What a header says is not believed: no more is taken out than a file may hold.
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                PlanBuilder.DemandSize(bytes.Length + read);
                bytes.Write(buffer, 0, read);
            }

            return bytes.ToArray();
        }
        catch (InvalidDataException)
        {
            throw PlanBuilder.Unreadable("This ZIP cannot be read.");
        }
    }

    private static void Add(PlanBuilder plan, TasksDocument.TaskPart task, IEnumerable<TasksDocument.CommentPart> comments, IReadOnlyList<TasksDocument.HistoryPart> history, bool zipped)
    {
        var column = plan.HasColumn(task.Column) ? task.Column : plan.ColumnOf(Category.Todo);
        if (task.Files.Count > 0 && !zipped) plan.Report.Lost(task.Id, Field.Files, $"{task.Files.Count} files lie beside the document; import the ZIP to have them.");
        plan.Task(new(task.Id, task.Title, column)
        {
            Uid = task.Uid,
            Description = task.Description,
            ParentId = task.Parent,
            LabelIds = task.Labels,
            AssigneeIds = task.Assignees,
            Start = task.Start,
            Due = task.Due,
            Duration = task.Duration,
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
            Own = task,
            History = history,
        });
    }

    private static IEnumerable<string> WorkersOf(TasksDocument.TaskPart task) =>
        [.. task.Assignees, .. task.Places?.Held ?? [], .. task.Places?.Queue ?? [], .. task.Recurrence?.Rotation?.Members ?? []];

    private static IEnumerable<string?> NamedIn(TasksDocument.TaskPart task) => [.. task.Occurrences.Select(o => o.By), task.CreatedBy, task.CompletedBy];

    private static Category CategoryOf(string text) => Enum.TryParse<Category>(text, ignoreCase: true, out var category) ? category : Category.Todo;
}
