namespace Atrium.Web.Tests;

public sealed class WhenTests
{
    private static readonly DateTimeOffset Now = Rendered.Now;

    public static TheoryData<int, string> Ages { get; } = new()
    {
        { 0, "now" }, { 59, "now" }, { 60, "1 min" }, { 59 * 60, "59 min" }, { 60 * 60, "1 h" }, { 23 * 3600, "23 h" }, { 24 * 3600, "Yesterday" }, { 3 * 86400, "Mon 16 Nov" }, { 400 * 86400, "Wed 15 Oct 2025" },
    };

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task An_age_is_relative_for_a_day_and_a_date_after(int seconds, string said)
    {
        var page = await Rendered.As<When>(new { At = (DateTimeOffset?)Now.AddSeconds(-seconds) });
        var time = page.QuerySelector("time")!;
        Assert.Equal(said, time.TextContent);
        Assert.Equal("ago", time.GetAttribute("data-when"));
    }

    [Theory]
    [InlineData("en", "Europe/Berlin", "Fri 20 Nov")]
    [InlineData("en-US", "Europe/Berlin", "Fri Nov 20")]
    [InlineData("de-DE", "Europe/Berlin", "Fr 20. Nov.")]
    [InlineData("en", "America/Los_Angeles", "Thu 19 Nov")]
    [InlineData("nonsense-xx-yy", "No/Where", "Thu 19 Nov")]
    public void A_moment_is_told_in_the_readers_zone_and_culture(string culture, string zone, string day)
    {
        // 23:30 UTC: the next day in Berlin. Read a week earlier, so that no word such as “Tomorrow” stands for it.
        var reader = new Reader(culture, zone, new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(day, reader.Day(reader.DayOf(new(2026, 11, 19, 23, 30, 0, TimeSpan.Zero))));
    }

    [Fact]
    public async Task The_exact_time_stands_in_the_title_and_the_instant_in_the_attribute()
    {
        var page = await Rendered.As<When>(new { At = (DateTimeOffset?)Now });
        var time = page.QuerySelector("time")!;
        Assert.Equal("2026-11-19T09:30:00Z", time.GetAttribute("datetime"));
        Assert.Contains("10:30", time.GetAttribute("title"));
        Assert.Contains("Europe/Berlin", time.GetAttribute("title"));
    }

    [Fact]
    public async Task A_day_of_the_calendar_does_not_move_with_the_zone()
    {
        var page = await Rendered.As<When>(new { Day = (DateOnly?)new DateOnly(2026, 11, 27) }, zone: "Pacific/Kiritimati");
        Assert.Equal("Fri 27 Nov", page.QuerySelector("time")!.TextContent);
        Assert.Equal("2026-11-27", page.QuerySelector("time")!.GetAttribute("datetime"));
    }

    [Theory]
    [InlineData(0, "Today", "due soon")]
    [InlineData(1, "Tomorrow", "due soon")]
    [InlineData(-1, "Yesterday", "due late")]
    [InlineData(5, "Tue 24 Nov", "due")]
    public async Task What_is_due_says_so_in_words_and_not_by_colour_alone(int days, string said, string look)
    {
        var page = await Rendered.As<Due>(new { Day = new DateOnly(2026, 11, 19).AddDays(days) });
        var due = page.QuerySelector("span")!;
        Assert.Equal(look, due.ClassName);
        Assert.Equal(days < 0, due.TextContent.Contains("Overdue", StringComparison.Ordinal));
        Assert.Contains(said, due.TextContent);
    }
}
