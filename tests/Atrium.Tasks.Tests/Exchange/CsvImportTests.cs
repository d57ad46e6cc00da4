using System.Text;
using NodaTime;

namespace Atrium.Tasks.Tests;

public sealed class CsvImportTests
{
    private static readonly DateTimeZone Berlin = Zones.Demand("Europe/Berlin");
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 10, 0);

    [Theory]
    [InlineData("Title,Due\nA,2026-11-23\nB,2026-12-01", ',', "uuuu-MM-dd", false)]
    [InlineData("Title;Due\n\"A;B\";23.11.2026\nC;01.12.2026", ';', "dd.MM.uuuu", false)]
    [InlineData("Title\tDue\nA\t23/11/2026", '\t', "dd/MM/uuuu", false)]
    [InlineData("Title,Due\nA,11/23/2026\nB,01/12/2026", ',', "MM/dd/uuuu", false)]
    [InlineData("Title,Due\nA,01/02/2026\nB,03/04/2026", ',', "dd/MM/uuuu", true)]
    [InlineData("Title|Due\nA|2026-11-23 18:00", '|', "uuuu-MM-dd", false)]
    [InlineData("Title,Due\n\"A, with\nnew line, and comma\",3 Dec 2026", ',', "d MMM uuuu", false)]
    public void The_way_a_file_is_written_is_found_out(string csv, char delimiter, string format, bool ambiguous)
    {
        var shape = CsvShape.Detect(csv);
        Assert.Equal((delimiter, '"', true, format, ambiguous), (shape.Delimiter, shape.Quote, shape.HasHeader, shape.DateFormat, shape.DatesAmbiguous));
        Assert.Equal(["Title", "Due"], shape.Columns);
    }

    [Fact]
    public void A_file_without_header_is_read_from_its_first_row()
    {
        var plan = Plan("Buy milk,2026-11-23\nBuy bread,2026-11-24\n");
        Assert.Equal(["Buy milk", "Buy bread"], plan.Tasks.Select(t => t.Title));
    }

    [Fact]
    public void Columns_become_what_they_are_called()
    {
        var plan = Plan(""""
            Key,Summary,Status,Priority,Due date,Tags,Assigned to,Parent,% done,Completed
            A-1,Plan the fête,In progress,High,23/11/2026 18:30,"music, food",ada@example.org,,40%,
            A-2,"Ask the ""band""",Done,lowest,,music,@ben,A-1,100,24/11/2026
            A-3,'=SUM(1),Waiting,whatever,31/31/2026,,,Plan the fête,,
            ,,,,,,,,,
            A-4,,Done,,,,,,,
            """");
        Assert.Equal(["In progress", "Done", "Waiting"], plan.Columns.Select(c => c.Name));
        var (first, second, third) = (plan.Tasks[0], plan.Tasks[1], plan.Tasks[2]);
        Assert.Equal(("A-1", 3, 40, "2026-11-23T18:30:00[Europe/Berlin]"), (first.SourceId, first.Priority, first.Percent!.Value, first.Due!.ToString()));
        Assert.Equal(["music", "food"], first.LabelIds);
        Assert.Equal("ada@example.org", plan.People.Single(p => p.SourceId == first.AssigneeIds[0]).Email);
        Assert.Equal(("Ask the \"band\"", "A-1", "ben"), (second.Title, second.ParentId, plan.People.Single(p => p.SourceId == second.AssigneeIds[0]).Handle));
        Assert.NotNull(second.CompletedAt);
        Assert.Equal(("=SUM(1)", "A-1"), (third.Title, third.ParentId));
        Assert.Equal(["due", "priority"], plan.Report.Lines.Single(l => l.SourceId == "A-3").Lost.Select(l => l.Field).Order());
        Assert.Equal("The row has no title.", plan.Report.Lines.Single(l => l.SourceId == "A-4").Reason);
    }

    [Fact]
    public void Todoist_is_known_by_its_header()
    {
        var plan = Plan("""
            TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE
            task,Buy seeds @garden,For spring,1,1,Evan (14781400),,every Mon,en,Europe/Berlin
            task,Tomatoes,,4,2,,Ada (99),tomorrow at 18:00,en,
            note,The red ones,,,,Evan (14781400),,,,
            task,Cherry,,2,3,,,24 Dec,en,
            section,Doing,,,,,,,,
            task,Dig,,3,1,,,blursday,en,
            """);
        Assert.Equal(["Buy seeds", "Tomatoes", "Cherry", "Dig"], plan.Tasks.Select(t => t.Title));
        Assert.Equal([1, 0, 5, 9], plan.Tasks.Select(t => t.Priority));
        Assert.Equal([null, "row:1", "row:2", null], plan.Tasks.Select(t => t.ParentId));
        Assert.Equal(("FREQ=WEEKLY;BYDAY=MO", "2026-11-23"), (plan.Tasks[0].Rrule, plan.Tasks[0].Due!.ToString()));
        Assert.Equal("2026-11-24T18:00:00[Europe/Berlin]", plan.Tasks[1].Due!.ToString());
        Assert.Equal("2026-12-24", plan.Tasks[2].Due!.ToString());
        Assert.Equal(["garden"], plan.Tasks[0].LabelIds);
        Assert.Equal("The red ones", Assert.Single(plan.Tasks[1].Comments).Text);
        Assert.Equal(Category.Doing, plan.Columns.Single(c => c.SourceId == plan.Tasks[3].ColumnId).Category);
        Assert.Equal("due", Assert.Single(plan.Report.Lines.Single(l => l.Title == "Dig").Lost).Field);
    }

    [Fact]
    public void Rings_and_missing_parents_are_cut_and_told()
    {
        var plan = Plan("Id,Title,Parent\n1,A,3\n2,B,1\n3,C,2\n4,D,nobody\n");
        Assert.Equal(3, plan.Tasks.Count(t => t.ParentId is null) + 1);
        Assert.Contains(plan.Report.Lines.SelectMany(l => l.Lost), l => l.Reason == "Its parents go round in a ring.");
        Assert.Contains(plan.Report.Lines.Single(l => l.SourceId == "4").Lost, l => l.Reason == "The parent is not in the file.");
    }

    [Fact]
    public void Old_encodings_and_great_files_are_met()
    {
        Assert.Equal("Blätter", CsvImport.Plan(Encoding.Latin1.GetBytes("Title\nBlätter\n"), "x", Berlin, Now).Tasks[0].Title);
        Assert.Equal("Blätter", CsvImport.Plan([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("Title\nBlätter\n")], "x", Berlin, Now).Tasks[0].Title);
        var many = "Title\n" + string.Concat(Enumerable.Range(0, 50_001).Select(i => $"Task {i}\n"));
        Assert.Equal("too_many_items", Scene.Code(() => Plan(many)));
        Assert.Equal("import_format", Scene.Code(() => Plan("  ")));
    }

    private static ImportPlan Plan(string csv) => CsvImport.Plan(Encoding.UTF8.GetBytes(csv), "Import", Berlin, Now);
}
