using System.Text;
using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks.Tests;

public sealed class IcsAndExportTests
{
    private static readonly DateTimeZone Berlin = Zones.Demand("Europe/Berlin");
    private readonly Scene _scene = new();

    [Fact]
    public void Todos_of_a_calendar_are_read_and_the_rest_is_said()
    {
        var plan = IcsImport.Plan(Encoding.UTF8.GetBytes("""
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Test//EN
            X-WR-CALNAME:Chores
            BEGIN:VEVENT
            UID:e1
            DTSTART:20261123T180000Z
            SUMMARY:Party
            END:VEVENT
            BEGIN:VTODO
            UID:t1
            SUMMARY:Water\, the beds
            DESCRIPTION:Twice\nplease
            STATUS:IN-PROCESS
            PRIORITY:4
            PERCENT-COMPLETE:35
            DTSTART;TZID=Europe/Berlin:20261123T080000
            DUE;TZID=Europe/Berlin:20261123T180000
            RRULE:FREQ=WEEKLY;BYDAY=MO,TH
            EXDATE;TZID=Europe/Berlin:20261126T080000
            CATEGORIES:garden,summer
            LOCATION:Back yard
            BEGIN:VALARM
            ACTION:DISPLAY
            TRIGGER;RELATED=END:-PT15M
            END:VALARM
            END:VTODO
            BEGIN:VTODO
            UID:t2
            SUMMARY:Fill the can
            DUE;VALUE=DATE:20261124
            RELATED-TO:t1
            STATUS:COMPLETED
            COMPLETED:20261123T200000Z
            END:VTODO
            BEGIN:VTODO
            UID:t3
            SUMMARY:Floating
            DUE:20261124T090000
            RELATED-TO;RELTYPE=DEPENDS-ON:t2
            END:VTODO
            END:VCALENDAR
            """.ReplaceLineEndings("\r\n")), "x", Berlin);

        Assert.Equal(("Chores", 3), (plan.Title, plan.Tasks.Count));
        var task = plan.Tasks[0];
        Assert.Equal(("Water, the beds", "Twice\nplease", 4, 35), (task.Title, task.Description, task.Priority, task.Percent!.Value));
        Assert.Equal(("2026-11-23T08:00:00[Europe/Berlin]", "2026-11-23T18:00:00[Europe/Berlin]"), (task.Start!.ToString(), task.Due!.ToString()));
        Assert.Equal("FREQ=WEEKLY;BYDAY=MO,TH", task.Rrule);
        Assert.Equal(["2026-11-26T08:00:00[Europe/Berlin]"], task.Exdates.Select(d => d.ToString()));
        Assert.Equal((ReminderAnchor.Due, -900), (task.Reminders[0].Anchor, task.Reminders[0].OffsetSeconds!.Value));
        Assert.Equal(Category.Doing, plan.Columns.Single(c => c.SourceId == task.ColumnId).Category);
        Assert.Equal("location", Assert.Single(plan.Report.Lines.Single(l => l.SourceId == "t1").Lost).Field);
        Assert.Equal(("t1", "2026-11-24"), (plan.Tasks[1].ParentId, plan.Tasks[1].Due!.ToString()));
        Assert.Equal(WhenKind.Floating, plan.Tasks[2].Due!.Kind);
        Assert.Equal(new PlannedRelation("t2", "t3", RelationKind.Blocks), Assert.Single(plan.Relations));
        Assert.StartsWith("1 events.", Assert.Single(plan.Report.Notes).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nDUE:nonsense\r\n")]
    public void What_is_no_calendar_is_refused(string text) => Assert.Equal("import_format", Scene.Code(() => IcsImport.Plan(Encoding.UTF8.GetBytes(text), "x", Berlin)));

    [Fact]
    public void Long_lines_fold_at_75_octets_and_never_inside_a_character()
    {
        var output = new StringWriter();
        var text = string.Concat(Enumerable.Repeat("Gießkanne 🌻 füllen; ", 20));
        new IcalWriter(output).Text("SUMMARY", text);
        var lines = output.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 5);
        Assert.All(lines, l => Assert.InRange(Encoding.UTF8.GetByteCount(l), 1, 75));
        Assert.All(lines, l => Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(l))));
        Assert.Equal("SUMMARY:" + text.Replace(";", "\\;", StringComparison.Ordinal), output.ToString().TrimEnd().Replace("\r\n ", "", StringComparison.Ordinal) + " ");
    }

    [Fact]
    public void What_we_write_as_a_calendar_another_reader_understands()
    {
        var document = Document();
        var output = new StringWriter();
        DocumentExport.WriteIcs(document, output);

        var calendar = Ical.Net.Calendar.Load(output.ToString())!;
        var todo = calendar.Todos.Single(t => t.Summary == "Water, the beds; 🌻");
        Assert.Equal("One\nTwo", todo.Description);
        Assert.Equal(new DateTime(2026, 11, 23, 17, 0, 0, DateTimeKind.Utc), todo.Due!.AsUtc);
        Assert.Equal("FREQ=WEEKLY;BYDAY=MO", todo.RecurrenceRule!.ToString());
        Assert.Equal("-PT15M", todo.Alarms.Single().Trigger!.Duration!.ToString());
        Assert.Equal("Europe/Berlin", Assert.Single(calendar.TimeZones).TzId);

        var again = IcsImport.Plan(Encoding.UTF8.GetBytes(output.ToString()), "x", Berlin);
        Assert.Equal(document.Tasks.Select(t => (t.Title, t.Uid, t.Due)), again.Tasks.Select(t => (t.Title, t.Uid!, t.Due)));
        Assert.Equal(again.Tasks[0].SourceId, again.Tasks[1].ParentId);
    }

    [Fact]
    public void A_spreadsheet_runs_nothing_of_ours_and_reads_it_back()
    {
        var document = Document();
        var output = new StringWriter();
        DocumentExport.WriteCsv(document, output, Berlin);
        var csv = output.ToString();
        Assert.StartsWith("\uFEFFKey,Title", csv, StringComparison.Ordinal);
        Assert.Contains("'=HYPERLINK", csv, StringComparison.Ordinal);

        var plan = CsvImport.Plan(Encoding.UTF8.GetBytes(csv), "x", Berlin, Instant.FromUtc(2026, 11, 23, 10, 0));
        Assert.Equal(document.Tasks.Select(t => t.Title), plan.Tasks.Select(t => t.Title));
        Assert.Equal("2026-11-23T18:00:00[Europe/Berlin]", plan.Tasks[0].Due!.ToString());
        Assert.Equal("CLUB-1", plan.Tasks[1].ParentId);
        Assert.Equal("One\nTwo", plan.Tasks[0].Description.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_document_reads_back_as_itself_and_plans_the_same_project()
    {
        var document = Document();
        using var stream = new MemoryStream();
        document.Write(stream);
        var text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.StartsWith("{\n  \"format\": \"atrium.tasks\",\n  \"version\": 1,", text, StringComparison.Ordinal);
        var back = TasksDocument.Read(stream.ToArray());
        using var again = new MemoryStream();
        back.Write(again);
        Assert.Equal(text, Encoding.UTF8.GetString(again.ToArray()));

        var plan = DocumentImport.Plan(stream.ToArray());
        Assert.Equal(document.Tasks.Select(t => t.Title), plan.Tasks.Select(t => t.Title));
        Assert.Equal("import_format", Scene.Code(() => TasksDocument.Read("""{"format":"other","project":{"title":"x","color":"","description":""}}"""u8)));
        Assert.Equal("import_format", Scene.Code(() => TasksDocument.Read("""{"format":"atrium.tasks","version":2,"project":{"title":"x","color":"","description":""}}"""u8)));
        Assert.Equal("import_format", Scene.Code(() => TasksDocument.Read("[]"u8)));
    }

    private TasksDocument Document()
    {
        var label = _scene.Project.AddLabel("garden", null);
        var first = _scene.Task("Water, the beds; 🌻", "2026-11-23T18:00:00[Europe/Berlin]", "FREQ=WEEKLY;BYDAY=MO");
        first.Describe("One\nTwo", _scene.By());
        first.LabelWith([label], _scene.By());
        first.RemindBy(ReminderAnchor.Due, -900, _scene.By());
        first.Assign([_scene.Ben], _scene.By());
        first.AddItem("Fill the can", _scene.By(), done: true);
        first.NeedPeople(2, _scene.By());
        first.TakePlace(_scene.Ada, _scene.By());
        first.Reorder(Rank.Spread(3)[0], _scene.By());
        var second = _scene.Task("=HYPERLINK(\"x\")", "2026-11-24");
        second.Nest(first, [first.Id], 0, _scene.By());
        second.Reorder(Rank.Spread(3)[1], _scene.By());
        second.Complete(_scene.Here, _scene.By());
        var none = Array.Empty<(Id<TaskItem> Task, string Text)>().ToLookup(p => p.Task, p => p.Text);
        var files = Array.Empty<TaskFile>().ToLookup(f => f.TaskId);
        var handles = new Dictionary<Id<Member>, string> { [_scene.Ada] = "ada", [_scene.Ben] = "ben" };
        return DocumentExport.Of(_scene.Project, [second, first], new(handles, [new(first.Id, second.Id, RelationKind.Blocks)], none, files, [.. first.News], []));
    }
}
