using Atrium.Kernel;
using CsCheck;
using NodaTime;

namespace Atrium.Tasks.Tests;

public sealed class FilterTests
{
    [Theory]
    [InlineData("project:club and (is:overdue or priority<=4) not label:waiting", "project:club and (is:overdue or priority<=4) and not label:waiting")]
    [InlineData("assignee:me due<+3d", "assignee:me and due<+3d")]
    [InlineData("status:open", "status in (todo, doing)")]
    [InlineData("status:\"In review\"", "status:\"In review\"")]
    [InlineData("label in (garden, \"far away\")", "label in (garden, \"far away\")")]
    [InlineData("label:garden,home", "label in (garden, home)")]
    [InlineData("-is:unassigned", "not is:unassigned")]
    [InlineData("not not is:blocked", "is:blocked")]
    [InlineData("NOT (due:none OR due > eom)", "not (due:none or due>eom)")]
    [InlineData("not (label:a label:b)", "not (label:a and label:b)")]
    [InlineData("milk \"two words\"", "\"milk\" and \"two words\"")]
    [InlineData("a or b and c", "\"a\" or \"b\" and \"c\"")]
    [InlineData("priority:high", "priority:high")]
    [InlineData("priority != none", "priority!=0")]
    [InlineData("parent:CLUB-12 percent >= 50%", "parent:CLUB-12 and percent>=50")]
    [InlineData("due = monday", "due:monday")]
    [InlineData("created > 2026-11-01T08:30", "created>2026-11-01T08:30")]
    [InlineData("is:needs-people", "is:needs-people")]
    [InlineData("text:\"say \\\"hi\\\"\"", "\"say \\\"hi\\\"\"")]
    [InlineData("assignee:@ben,none", "assignee in (@ben, none)")]
    [InlineData("label:none", "label:none")]
    [InlineData("label:\"none\"", "label:\"none\"")]
    [InlineData("", "")]
    public void A_filter_is_read_and_written(string text, string canonical)
    {
        var node = Filter.Parse(text);
        Assert.Equal(canonical, FilterText.Print(node));
        Assert.Equal(canonical, FilterText.Print(Filter.Parse(canonical)));
    }

    [Theory]
    [InlineData("colour:red", 0)]
    [InlineData("label:a and colour:red", 12)]
    [InlineData("due:someday", 4)]
    [InlineData("priority:12", 9)]
    [InlineData("label<garden", 0)]
    [InlineData("is:happy", 3)]
    [InlineData("due<none", 4)]
    [InlineData("label:", 6)]
    [InlineData("(label:a", 8)]
    [InlineData("label:a)", 7)]
    [InlineData("label:a and", 11)]
    [InlineData("\"open", 5)]
    [InlineData("priority < (1, 2)", 15)]
    [InlineData("()", 1)]
    [InlineData("or", 0)]
    public void A_mistake_is_shown_where_it_is(string text, int at)
    {
        var refusal = Assert.Throws<Refusal>(() => Filter.Parse(text));
        Assert.Equal("bad_filter", refusal.Code);
        Assert.Equal(at, refusal.Facts["at"]);
    }

    [Fact]
    public void Size_depth_and_number_of_conditions_are_bounded()
    {
        Assert.Equal("bad_filter", Scene.Code(() => Filter.Parse(new string('a', 2049))));
        Assert.Equal("bad_filter", Scene.Code(() => Filter.Parse(new string('(', 900) + "a" + new string(')', 900))));
        Assert.Equal("bad_filter", Scene.Code(() => Filter.Parse(string.Join(' ', Enumerable.Repeat("is:blocked", 100)))));
        Filter.Parse(string.Join(' ', Enumerable.Repeat("is:blocked", 99)));
        Filter.Parse(new string('-', 2000) + "is:blocked");
    }

    [Fact]
    public void Any_text_is_read_or_refused_with_a_position_inside_it()
    {
        var pieces = new[] { "label", ":", "a", "(", ")", "and", "or", "not", "-", "\"", " ", "due", "<", "=", "!=", "+3d", "in", ",", "is", "overdue", "@ben", "\\", "ü", "text", "none" };
        Gen.OneOf(pieces).List[0, 14].Sample(
            parts =>
            {
                var text = string.Concat(parts);
                try
                {
                    var canonical = FilterText.Print(Filter.Parse(text));
                    Assert.Equal(canonical, FilterText.Print(Filter.Parse(canonical)));
                }
                catch (Refusal refusal)
                {
                    Assert.Equal("bad_filter", refusal.Code);
                    Assert.InRange(Assert.IsType<int>(refusal.Facts["at"]), 0, text.Length);
                }
            },
            iter: 20_000);
    }

    [Theory]
    [InlineData("today", "2026-11-23", "2026-11-24")]
    [InlineData("tomorrow", "2026-11-24", "2026-11-25")]
    [InlineData("+3d", "2026-11-26", "2026-11-27")]
    [InlineData("-1w", "2026-11-16", "2026-11-17")]
    [InlineData("monday", "2026-11-23", "2026-11-24")]
    [InlineData("Sun", "2026-11-29", "2026-11-30")]
    [InlineData("eow", "2026-11-29", "2026-11-30")]
    [InlineData("eom", "2026-11-30", "2026-12-01")]
    [InlineData("2026-12-24", "2026-12-24", "2026-12-25")]
    public void A_date_is_a_day_of_the_viewer(string text, string from, string to)
    {
        var date = DateExpression.Read(text)!;
        var (begin, end) = date.Resolve(new LocalDateTime(2026, 11, 23, 18, 0));
        Assert.Equal((When.Parse(from).ToLocal(), When.Parse(to).ToLocal()), (begin, end));
    }

    [Fact]
    public void The_same_words_mean_other_instants_elsewhere()
    {
        var today = DateExpression.Read("today")!;
        var now = Instant.FromUtc(2026, 11, 23, 23, 30);
        Assert.Equal(Instant.FromUtc(2026, 11, 23, 23, 0), today.Resolve(now, Zones.Demand("Europe/Berlin")).From);
        Assert.Equal(Instant.FromUtc(2026, 11, 23, 5, 0), today.Resolve(now, Zones.Demand("America/New_York")).From);
    }

    [Fact]
    public void A_saved_filter_keeps_the_canonical_text()
    {
        var saved = new SavedFilter(Id<Member>.New(), "Mine", "assignee:me   -is:blocked", null);
        Assert.Equal("assignee:me and not is:blocked", saved.Query);
        Assert.Equal("bad_filter", Scene.Code(() => saved.Change("Mine", "due:never", null)));
    }
}
