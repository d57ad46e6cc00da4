using System.Diagnostics;
using System.Text;
using Atrium.Kernel;

namespace Atrium.Tasks.Tests;

public sealed class TrelloImportTests
{
    private static readonly NodaTime.DateTimeZone Berlin = Zones.Demand("Europe/Berlin");

    [Fact]
    public void A_board_of_a_thousand_cards_is_planned_truthfully_in_two_seconds()
    {
        var board = new TrelloBoard();
        var json = board.Json();
        var watch = Stopwatch.GetTimestamp();
        var plan = TrelloImport.Plan(json, Berlin);
        var took = Stopwatch.GetElapsedTime(watch);

        TestContext.Current.TestOutputHelper?.WriteLine($"{json.Length / 1024} KiB, {plan.Tasks.Count} tasks, {took.TotalMilliseconds:F0} ms");
        Assert.True(took < TimeSpan.FromSeconds(2), $"{took.TotalMilliseconds} ms");
        Assert.Equal("Village fête 2026", plan.Title);
        Assert.Equal(["Ideas", "To do", "In progress", "Review", "Done ✅"], plan.Columns.Select(c => c.Name));
        Assert.Equal([Category.Todo, Category.Todo, Category.Doing, Category.Doing, Category.Done], plan.Columns.Select(c => c.Category));
        Assert.Equal(5, plan.Columns[2].WipLimit);
        Assert.Equal(1000 - board.Archived - board.Templates, plan.Tasks.Count);
        Assert.Equal(1000, plan.Report.Lines.Count);
        Assert.Equal(board.Archived + board.Templates, plan.Report.Count(ImportOutcome.Skipped));
        Assert.Equal(board.CheckItems, plan.Tasks.Sum(t => t.Checklist.Count));
        Assert.True(board.CommentsInFile is > 0 and < 1000);
        var kept = plan.Tasks.Sum(t => t.Comments.Count);
        Assert.Contains(plan.Report.Notes, n => n.Field == "comments" && n.Reason.StartsWith($"{board.CommentsMade - kept:N0} comments are not in the file. Trello exports only the last 1,000", StringComparison.Ordinal));
    }

    [Fact]
    public void Details_of_a_card_come_along()
    {
        var plan = TrelloImport.Plan(new TrelloBoard(61).Json(), Berlin);
        var card = plan.Tasks.Single(t => t.Title == "Card 60");
        Assert.Equal(60, card.Reminders.Count * 60);
        Assert.Equal((ReminderAnchor.Due, -86_400), (card.Reminders[0].Anchor, card.Reminders[0].OffsetSeconds!.Value));
        Assert.Equal(Category.Done, plan.Columns.Single(c => c.SourceId == card.ColumnId).Category);
        Assert.NotNull(card.CompletedAt);
        Assert.Equal(WhenKind.Zoned, card.Due!.Kind);
        Assert.Contains("**Cost:** 12.5", card.Description, StringComparison.Ordinal);
        Assert.Contains("**Stage:** Planned", card.Description, StringComparison.Ordinal);
        Assert.Contains("**Visit:** 2026-12-15 21:00", card.Description, StringComparison.Ordinal);
        Assert.Contains("- [plan.pdf](https://trello.com/1/cards/", card.Description, StringComparison.Ordinal);
        Assert.Equal(3, card.Comments.Count);
        Assert.Equal("Person 4", card.Comments[0].AuthorName);
        Assert.NotNull(card.CreatedAt);
        Assert.Equal("Orange", plan.Labels[2].Name);
        var lost = plan.Report.Lines.Single(l => l.SourceId == card.SourceId).Lost.Select(l => l.Field);
        Assert.Equal(["attachments", "column", "custom_fields"], lost.Order());
        Assert.StartsWith("List 0: Step", plan.Tasks.Single(t => t.Title == "Card 8").Checklist[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void People_nobody_knows_are_kept_in_words()
    {
        var plan = TrelloImport.Plan(new TrelloBoard(20).Json(), Berlin);
        var known = plan.People.Single(p => p.Handle == "person0");
        var matched = plan.WithPeople(new Dictionary<string, Id<Member>> { [known.SourceId] = Id<Member>.New() });
        Assert.Equal([known.SourceId], matched.Tasks.SelectMany(t => t.AssigneeIds).Distinct());
        Assert.Contains(matched.Tasks, t => t.Description.EndsWith("*Was assigned to Person 3.*", StringComparison.Ordinal));
        Assert.Contains(matched.Report.Notes, n => n.Field == "people" && n.Reason == "Person 3 (@person3) is not a member here.");
    }

    [Fact]
    public void A_second_run_changes_nothing()
    {
        var json = new TrelloBoard(50).Json();
        var first = TrelloImport.Plan(json, Berlin);
        var known = first.Tasks.ToDictionary(t => t.SourceId, t => t.Fingerprint);
        var second = TrelloImport.Plan(json, Berlin);
        known[first.Tasks[0].SourceId] = "another";
        second.Report.Against(known, second.Tasks);
        Assert.Equal((0, 1), (second.Report.Count(ImportOutcome.Made), second.Report.Count(ImportOutcome.Updated)));
        Assert.Equal(second.Report.Lines.Count - 1, second.Report.Count(ImportOutcome.Skipped));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"lists":[],"cards":"x"}""")]
    [InlineData("""{"lists":[{"id":5}],"cards":[]}""")]
    [InlineData("not json")]
    public void What_is_no_board_is_refused(string json) =>
        Assert.Equal("import_format", Scene.Code(() => TrelloImport.Plan(Encoding.UTF8.GetBytes(json), Berlin)));

    [Fact]
    public void An_empty_board_still_has_its_columns()
    {
        var plan = TrelloImport.Plan("""{"name":"","lists":[],"cards":[]}"""u8, Berlin);
        Assert.Equal(("Imported tasks", 2), (plan.Title, plan.Columns.Count));
    }

    [Fact]
    public void More_than_twenty_mebibytes_are_refused() =>
        Assert.Equal("too_large", Scene.Code(() => TrelloImport.Plan(new byte[Limits.ImportBytes + 1], Berlin)));
}
