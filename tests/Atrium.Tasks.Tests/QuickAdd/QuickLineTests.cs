using Atrium.Kernel;
using CsCheck;
using NodaTime;

namespace Atrium.Tasks.Tests;

public sealed class QuickLineTests
{
    /// <summary>Monday 23 November 2026, 11:00 in Berlin.</summary>
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 10, 0);
    private static readonly DateTimeZone Berlin = Zones.Demand("Europe/Berlin");

    [Fact]
    public void The_line_of_the_specification_is_understood()
    {
        const string line = "Water the beds every Mon #garden @ben !high +weekly ^tomorrow 18:00";
        var quick = Read(line);
        Assert.Equal("Water the beds", quick.Title);
        Assert.Equal("FREQ=WEEKLY;BYDAY=MO", quick.Rule!.ToString());
        Assert.Equal(["garden"], quick.Labels);
        Assert.Equal(["ben"], quick.Assignees);
        Assert.Equal(1, quick.Priority);
        Assert.Equal("2026-11-24T18:00:00[Europe/Berlin]", quick.Due!.ToString());
        Assert.Equal(
            ["every Mon", "#garden", "@ben", "!high", "+weekly", "^tomorrow 18:00"],
            quick.Chips.Select(c => line.Substring(c.At, c.Length)));
        Assert.Equal(["Every week on Monday", "garden", "ben", "high", "Every week on Monday", "Tomorrow 18:00"], quick.Chips.Select(c => c.Text));
    }

    [Theory]
    [InlineData("Call Ben tomorrow 18:00", "Call Ben", "2026-11-24T18:00:00[Europe/Berlin]")]
    [InlineData("Call Ben in 3 days", "Call Ben", "2026-11-26")]
    [InlineData("Call Ben next Tue", "Call Ben", "2026-11-24")]
    [InlineData("Call Ben next Monday at 9am", "Call Ben", "2026-11-30T09:00:00[Europe/Berlin]")]
    [InlineData("Call Ben on Fri", "Call Ben", "2026-11-27")]
    [InlineData("Call Ben ^Fri noon", "Call Ben", "2026-11-27T12:00:00[Europe/Berlin]")]
    [InlineData("Call Ben ^ fri 8:30pm about roses", "Call Ben about roses", "2026-11-27T20:30:00[Europe/Berlin]")]
    [InlineData("Call Ben 2026-12-24", "Call Ben", "2026-12-24")]
    [InlineData("Call Ben ^2026-12-24T07:30", "Call Ben", "2026-12-24T07:30:00[Europe/Berlin]")]
    [InlineData("Call Ben 24 Dec", "Call Ben", "2026-12-24")]
    [InlineData("Call Ben on 3rd of March 2028", "Call Ben", "2028-03-03")]
    [InlineData("Call Ben Jan 5", "Call Ben", "2027-01-05")]
    [InlineData("Call Ben ^29 Feb", "Call Ben", "2028-02-29")]
    [InlineData("Call Ben at 10:30", "Call Ben", "2026-11-24T10:30:00[Europe/Berlin]")]
    [InlineData("Call Ben at 11:30", "Call Ben", "2026-11-23T11:30:00[Europe/Berlin]")]
    [InlineData("Call Ben ^18:00 tomorrow", "Call Ben", "2026-11-24T18:00:00[Europe/Berlin]")]
    [InlineData("Call Ben in 2 hours", "Call Ben", "2026-11-23T13:00:00[Europe/Berlin]")]
    [InlineData("Call Ben due:eom", "Call Ben", "2026-11-30")]
    [InlineData("Call Ben ^+2w", "Call Ben", "2026-12-07")]
    [InlineData("Call Ben ^eow", "Call Ben", "2026-11-29")]
    [InlineData("Call Ben this weekend", "Call Ben", "2026-11-28")]
    public void Dates_are_read_in_english_and_iso(string line, string title, string due)
    {
        var quick = Read(line);
        Assert.Equal((title, due), (quick.Title, quick.Due?.ToString()));
    }

    [Theory]
    [InlineData("Read Mon Oncle")]
    [InlineData("Buy 3 apples")]
    [InlineData("Prepare the May fair")]
    [InlineData("Fix issue \\#5a now")]
    [InlineData("Sort item #5")]
    [InlineData("Write “every” down everywhere")]
    [InlineData("Every now and then look up")]
    [InlineData("1+1 is 2")]
    [InlineData("Pay 18:00 shift")]
    [InlineData("C# course")]
    [InlineData("Next steps")]
    public void Plain_words_stay_words(string line)
    {
        var quick = Read(line);
        Assert.Equal(line.Replace("\\", "", StringComparison.Ordinal), quick.Title);
        Assert.Null(quick.Due);
        Assert.Null(quick.Rule);
        Assert.Empty(quick.Chips);
    }

    [Fact]
    public void Quotation_marks_keep_words_as_they_are()
    {
        var quick = Read("Play \"next Tuesday\" #\"far away\" +\"weekly\" 12\" vinyl");
        Assert.Equal("Play \"next Tuesday\" 12\" vinyl", quick.Title);
        Assert.Equal(["far away"], quick.Labels);
        Assert.Equal("weekly", quick.Project);
        Assert.Null(quick.Rule);
    }

    [Theory]
    [InlineData("every day", "FREQ=DAILY", "2026-11-23")]
    [InlineData("every 2 weeks", "FREQ=WEEKLY;INTERVAL=2", "2026-11-23")]
    [InlineData("every other week on Tue and Thu", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "2026-11-24")]
    [InlineData("every Mon, Wed and Fri at 7:00", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-25T07:00:00[Europe/Berlin]")]
    [InlineData("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23")]
    [InlineData("every 1st Friday", "FREQ=MONTHLY;BYDAY=1FR", "2026-12-04")]
    [InlineData("every last Friday of the month", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27")]
    [InlineData("every last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30")]
    [InlineData("every 15th", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-12-15")]
    [InlineData("every 3 months on the 1st", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "2027-02-01")]
    [InlineData("every month on the last workday", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30")]
    [InlineData("every 24 Dec", "FREQ=YEARLY;BYMONTHDAY=24;BYMONTH=12", "2026-12-24")]
    [InlineData("every morning", "FREQ=DAILY", "2026-11-24T09:00:00[Europe/Berlin]")]
    [InlineData("every year until 3 May 2030", "FREQ=YEARLY;UNTIL=20300503", "2026-11-23")]
    [InlineData("every week 5 times", "FREQ=WEEKLY;COUNT=5", "2026-11-23")]
    [InlineData("every second Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-11-27")]
    [InlineData("+monthly", "FREQ=MONTHLY", "2026-11-23")]
    public void Repeats_are_read_and_begin_at_their_first_date(string words, string rule, string due)
    {
        var quick = Read("Chore " + words);
        Assert.Equal(("Chore", rule, due), (quick.Title, quick.Rule?.ToString(), quick.Due?.ToString()));
        Rrule.Parse(rule);
    }

    [Fact]
    public void An_exclamation_mark_counts_from_completion() => Assert.Equal(RecurrenceMode.FromCompletion, Read("Cut hair every! 6 weeks").Mode);

    [Fact]
    public void Start_priority_project_and_reminders_have_tokens()
    {
        var quick = Read("Build stage start:tomorrow ^Fri 16:00 !3 +FETE remind:30m remind:1d remind:Thu 8:00");
        Assert.Equal("Build stage", quick.Title);
        Assert.Equal(("2026-11-24T09:00:00[Europe/Berlin]", "2026-11-27T16:00:00[Europe/Berlin]"), (quick.Start!.ToString(), quick.Due!.ToString()));
        Assert.Equal((3, "FETE"), (quick.Priority, quick.Project));
        Assert.Equal([(null, 1800), (null, 86_400), (Scene.At("2026-11-26T07:00:00Z"), null)], quick.Reminders.Select(r => (r.At, r.SecondsBeforeDue)));
    }

    [Fact]
    public void What_is_not_understood_stays_and_says_so()
    {
        var quick = Read("Call Ben ^someday !huge");
        Assert.Equal("Call Ben ^someday !huge", quick.Title);
        Assert.All(quick.Chips, c => Assert.NotNull(c.Problem));
        Assert.Equal(2, quick.Chips.Count);
    }

    [Fact]
    public void A_time_that_daylight_saving_skips_moves_after_the_gap()
    {
        var quick = QuickLine.Parse("Wake ^2026-03-29T02:30", Instant.FromUtc(2026, 3, 1, 0, 0), Berlin);
        Assert.Equal(Instant.FromUtc(2026, 3, 29, 1, 30), quick.Due!.Fixed());
    }

    [Fact]
    public void Only_tokens_leave_no_title() => Assert.Equal("required", Scene.Code(() => Read("#garden ^tomorrow")));

    [Fact]
    public void Any_line_is_read_or_refused()
    {
        var words = new[] { "every", "every!", "#a", "@b", "!x", "^", "+", "\"", "next", "in", "3", "days", "Mon", "at", "18:00", "until", "times", "remind:", "due:", "start:5", "\\", "#\"", "last", "the", "of", "and", "on", "24", "Dec", "2026-13-40", "^2026-11-23T", "!" };
        Gen.OneOf(words).List[0, 9].Sample(parts =>
        {
            try
            {
                var quick = Read(string.Join(' ', parts));
                Assert.NotEmpty(quick.Title);
            }
            catch (Refusal refusal)
            {
                Assert.Equal("required", refusal.Code);
            }
        }, iter: 20_000);
    }

    private static QuickLine Read(string line) => QuickLine.Parse(line, Now, Berlin);
}
