using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>What an export needs beside the project and its tasks.</summary>
/// <param name="Handles">Handle by member; who is missing is a former member and stays unnamed.</param>
/// <param name="Links">Things linked to a task.</param>
/// <param name="Files">Files of a task, oldest first.</param>
internal sealed record ExportExtras(
    IReadOnlyDictionary<Id<Member>, string> Handles,
    IReadOnlyList<Relation> Relations,
    ILookup<Id<TaskItem>, string> Links,
    ILookup<Id<TaskItem>, TaskFile> Files,
    IReadOnlyList<Activity> History,
    IReadOnlyList<TasksDocument.CommentPart> Comments);

/// <summary>Makes the document of a project, and the other formats from it.</summary>
internal static class DocumentExport
{
    public static TasksDocument Of(Project project, IEnumerable<TaskItem> tasks, ExportExtras extras)
    {
        var parts = tasks.Where(t => !t.IsDeleted).OrderBy(t => t.Rank, StringComparer.Ordinal).Select(t => Part(t, extras)).ToList();
        return new()
        {
            Project = new(project.Title, project.Key, project.Color, project.Description),
            Columns = [.. project.Columns.OrderBy(c => c.Rank, StringComparer.Ordinal).Select(c => new TasksDocument.ColumnPart(c.Id.ToString(), c.Name, Snake(c.Category), c.WipLimit, c.IsDefault))],
            Labels = [.. project.Labels.OrderBy(l => l.Name, StringComparer.OrdinalIgnoreCase).Select(l => new TasksDocument.LabelPart(l.Id.ToString(), l.Name, l.Color))],
            Tasks = parts,
            Relations = [.. extras.Relations.Select(r => new TasksDocument.RelationPart(r.From.ToString(), r.To.ToString(), Snake(r.Kind), r.LagSeconds))],
            Comments = extras.Comments,
            History = [.. extras.History.Select(a => new TasksDocument.HistoryPart(a.TaskId.ToString(), Handle(a.ActorId, extras), a.Client, a.Field, a.Old, a.New, a.At))],
        };
    }

    /// <summary>RFC 4180 with a byte order mark for spreadsheets; nothing in a cell can run as a formula.</summary>
    public static void WriteCsv(TasksDocument document, TextWriter output, DateTimeZone zone)
    {
        output.Write('\uFEFF');
        Row(output, ["Key", "Title", "Status", "Category", "Priority", "Percent", "Start", "Due", "Assignees", "Labels", "Parent", "Created", "Completed", "Recurrence", "Description"]);
        var columns = document.Columns.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var labels = document.Labels.ToDictionary(l => l.Id, l => l.Name, StringComparer.Ordinal);
        var keys = document.Tasks.ToDictionary(t => t.Id, t => KeyOf(document, t), StringComparer.Ordinal);
        foreach (var task in document.Tasks)
        {
            Row(output,
            [
                keys[task.Id],
                task.Title,
                columns[task.Column].Name,
                columns[task.Column].Category,
                task.Priority == 0 ? "" : task.Priority.ToString(System.Globalization.CultureInfo.InvariantCulture),
                task.Percent.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Cell(task.Start, zone),
                Cell(task.Due, zone),
                string.Join(", ", task.Assignees),
                string.Join(", ", task.Labels.Select(l => labels.GetValueOrDefault(l, ""))),
                task.Parent is { } parent ? keys.GetValueOrDefault(parent, "") : "",
                Moment(task.CreatedAt, zone),
                task.CompletedAt is { } done ? Moment(done, zone) : "",
                task.Recurrence?.Rrule ?? "",
                task.Description,
            ]);
        }
    }

    /// <summary>One VCALENDAR of VTODOs, each zone it uses told once.</summary>
    public static void WriteIcs(TasksDocument document, TextWriter output)
    {
        var writer = new IcalWriter(output);
        writer.Begin("VCALENDAR");
        writer.Line("VERSION", "2.0");
        writer.Line("PRODID", "-//Atrium//Tasks//EN");
        writer.Text("X-WR-CALNAME", document.Project.Title);
        var zoned = document.Tasks.SelectMany(t => (When?[])[t.Start, t.Due]).OfType<When>().Where(w => w.Kind == WhenKind.Zoned).GroupBy(w => w.TzId!, StringComparer.Ordinal);
        foreach (var zone in zoned)
            IcalZones.Write(writer, zone.Key, Instant.FromDateTimeOffset(zone.Min(w => w.Sort).AddYears(-1)), Instant.FromDateTimeOffset(zone.Max(w => w.Sort).AddYears(5)));
        var uids = document.Tasks.ToDictionary(t => t.Id, t => t.Uid, StringComparer.Ordinal);
        var categories = document.Columns.ToDictionary(c => c.Id, c => c.Category, StringComparer.Ordinal);
        var labels = document.Labels.ToDictionary(l => l.Id, l => l.Name, StringComparer.Ordinal);
        foreach (var task in document.Tasks) Todo(writer, task, categories[task.Column], labels, uids);
        writer.End("VCALENDAR");
    }

    private static void Todo(IcalWriter writer, TasksDocument.TaskPart task, string category, Dictionary<string, string> labels, Dictionary<string, string> uids)
    {
        writer.Begin("VTODO");
        writer.Text("UID", task.Uid);
        writer.Instant("DTSTAMP", task.UpdatedAt);
        writer.Instant("CREATED", task.CreatedAt);
        writer.Instant("LAST-MODIFIED", task.UpdatedAt);
        writer.Text("SUMMARY", task.Title);
        writer.Text("DESCRIPTION", task.Description);
        writer.Line("STATUS", category switch { "doing" => "IN-PROCESS", "done" => "COMPLETED", "cancelled" => "CANCELLED", _ => "NEEDS-ACTION" });
        writer.Instant("COMPLETED", task.CompletedAt);
        if (task.Percent > 0) writer.Line("PERCENT-COMPLETE", task.Percent.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (task.Priority > 0) writer.Line("PRIORITY", task.Priority.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.When("DTSTART", task.Start);
        writer.When("DUE", task.Due);
        if (task.Due is null) writer.Line("DURATION", task.Duration);
        writer.List("CATEGORIES", task.Labels.Select(l => labels.GetValueOrDefault(l, "")).Where(n => n.Length > 0));
        if (task.Parent is { } parent && uids.TryGetValue(parent, out var uid)) writer.Text("RELATED-TO", uid);
        if (task.Recurrence is { } recurrence)
        {
            writer.Line("RRULE", recurrence.Rrule.Length > 0 ? recurrence.Rrule : null);
            foreach (var date in recurrence.Rdates) writer.When("RDATE", When.Parse(date));
            foreach (var date in recurrence.Exdates) writer.When("EXDATE", When.Parse(date));
        }

        foreach (var reminder in task.Reminders) Alarm(writer, reminder, task.Title);
        writer.End("VTODO");
    }

    private static void Alarm(IcalWriter writer, TasksDocument.ReminderPart reminder, string title)
    {
        writer.Begin("VALARM");
        writer.Line("ACTION", "DISPLAY");
        writer.Text("DESCRIPTION", title);
        if (reminder.At is { } at) writer.Instant("TRIGGER;VALUE=DATE-TIME", at);
        else writer.Line(reminder.Anchor == "start" ? "TRIGGER" : "TRIGGER;RELATED=END", Offset(reminder.OffsetSeconds ?? 0));
        writer.End("VALARM");
    }

    /// <summary>A duration (3.3.6) of whole seconds.</summary>
    private static string Offset(int seconds)
    {
        var (sign, left) = (seconds < 0 ? "-" : "", Math.Abs((long)seconds));
        var (days, hours, minutes, rest) = (left / 86_400, left / 3600 % 24, left / 60 % 60, left % 60);
        var time = (hours > 0 ? $"{hours}H" : "") + (minutes > 0 ? $"{minutes}M" : "") + (rest > 0 ? $"{rest}S" : "");
        return left == 0 ? "PT0S" : $"{sign}P{(days > 0 ? $"{days}D" : "")}{(time.Length > 0 ? "T" + time : "")}";
    }

    private static TasksDocument.TaskPart Part(TaskItem task, ExportExtras extras) => new()
    {
        Id = task.Id.ToString(),
        Number = task.Number,
        Uid = task.Uid,
        Title = task.Title,
        Description = task.Description,
        Column = task.ColumnId.ToString(),
        Parent = task.ParentId?.ToString(),
        Labels = [.. task.Labels.Select(l => l.LabelId.ToString())],
        Assignees = [.. task.Assignees.Select(a => Handle(a.MemberId, extras)).OfType<string>().Order(StringComparer.Ordinal)],
        Start = task.Start,
        Due = task.Due,
        Duration = task.Duration,
        Priority = task.Priority,
        Percent = task.Percent,
        PercentManual = task.PercentManual,
        Recurrence = task.Recurrence is not { } r ? null : new(
            r.Rrule,
            r.Rdates,
            r.Exdates,
            r.Mode == RecurrenceMode.FromCompletion ? "from_completion" : "from_due",
            r.Rotation is not { } turn ? null : new([.. turn.Members.Select(m => Handle(m, extras)).OfType<string>()], turn.Strategy == RotationStrategy.RoundRobin ? "round_robin" : "least_load", turn.Cursor),
            r.Origin,
            r.Style == RecurrenceStyle.Overrides ? "overrides" : null),
        Occurrences = [.. task.Occurrences.OrderBy(o => o.At).ThenBy(o => o.Id).Select(o => new TasksDocument.OccurrencePart(o.RecurrenceId, Snake(o.Outcome), Handle(o.By, extras), o.At, Before(task, o.Earlier(), extras)))],
        Checklist = [.. task.Checklist.OrderBy(i => i.Rank, StringComparer.Ordinal).Select(i => new TasksDocument.ItemPart(i.Text, i.Done))],
        Reminders = [.. task.Reminders.OrderBy(x => x.Id).Select(x => new TasksDocument.ReminderPart(Snake(x.Anchor), x.At, x.OffsetSeconds, x.AcknowledgedAt))],
        Places = task.Places is not { } needed ? null : new(
            needed,
            [.. task.PlaceRows.Where(p => p.SlotNo is not null).OrderBy(p => p.SlotNo).Select(p => Handle(p.MemberId, extras)).OfType<string>()],
            [.. task.Queue.Select(p => Handle(p.MemberId, extras)).OfType<string>()]),
        CreatedAt = task.CreatedAt,
        CreatedBy = Handle(task.CreatedBy, extras),
        UpdatedAt = task.UpdatedAt,
        CompletedAt = task.CompletedAt,
        CompletedBy = Handle(task.CompletedBy, extras),
        Links = [.. extras.Links[task.Id]],
        Files = [.. extras.Files[task.Id].Select((f, i) => new TasksDocument.FilePart(f.Name, PathOf(task, i, f), f.Id == task.CoverFileId))],
    };

    private static TasksDocument.BeforePart Before(TaskItem task, Occurrence.Snapshot before, ExportExtras extras)
    {
        var lines = task.Checklist.OrderBy(i => i.Rank, StringComparer.Ordinal).Select(i => i.Id).ToList();
        var reminders = task.Reminders.OrderBy(r => r.Id).Select(r => r.Id).ToList();
        return new(
            before.Start, before.Due, before.Rrule, before.Origin, before.Cursor, before.Column.ToString(), before.Percent, before.PercentManual,
            [.. before.Assignees.Select(a => Handle(a, extras)).OfType<string>()],
            [.. before.Ticked.Select(t => lines.IndexOf(t)).Where(i => i >= 0).Order()],
            [.. before.Reminders.Select(r => new TasksDocument.ReminderBefore(reminders.IndexOf(r.Id), r.At, r.AcknowledgedAt)).Where(r => r.Reminder >= 0)]);
    }

    /// <summary>By number and place, so that two files of one name do not meet.</summary>
    internal static string PathOf(TaskItem task, int index, TaskFile file)
    {
        var name = string.Concat(file.Name.Select(c => c is '/' or '\\' or ':' || char.IsControl(c) ? '_' : c)).TrimStart('.');
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"files/{task.Number}/{index + 1}-{name}");
    }

    private static void Row(TextWriter output, IReadOnlyList<string> cells) => output.Write(string.Join(',', cells.Select(Quoted)) + "\r\n");

    private static string Quoted(string cell)
    {
        if (cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r') cell = "'" + cell;
        return cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static string Cell(When? when, DateTimeZone zone) => when is null ? ""
        : !when.HasTime ? when.Local
        : when.Fixed() is { } at ? Moment(at.ToDateTimeOffset(), zone)
        : when.ToLocal().ToString("uuuu-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset at, DateTimeZone zone) =>
        Instant.FromDateTimeOffset(at).InZone(zone).ToString("uuuu-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static string KeyOf(TasksDocument document, TasksDocument.TaskPart task) => document.Project.Key is { } key ? $"{key}-{task.Number}" : $"#{task.Number}";

    private static string? Handle(Id<Member>? member, ExportExtras extras) => member is { } m ? extras.Handles.GetValueOrDefault(m) : null;

    private static string Snake<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
