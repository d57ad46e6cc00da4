using Atrium.Kernel;
using CsCheck;

namespace Atrium.Web.Tests;

public sealed class KitTests
{
    [Theory]
    [InlineData("Ada Brandt", "AB")]
    [InlineData("ada", "A")]
    [InlineData("Emine Yıldız Kaya", "EK")]
    [InlineData("  ", "?")]
    [InlineData("👩‍👩‍👧 family", "👩‍👩‍👧F")]
    public void Initials_are_first_and_last(string name, string initials) => Assert.Equal(initials, Avatar.Initials(name));

    [Fact]
    public void A_tone_is_one_of_eight_and_all_are_used()
    {
        Gen.Long.Sample(key => Tones.Of(key) is >= 1 and <= 8 && Tones.Of(key) == Tones.Of(key));
        Assert.Equal(8, Enumerable.Range(0, 200).Select(_ => Tones.Of(Id<Member>.New().Value)).Distinct().Count());
    }

    [Fact]
    public async Task What_people_wrote_is_encoded()
    {
        const string Evil = "<script>alert(1)</script>\" onmouseover=\"x";
        foreach (var page in new[]
        {
            await Rendered.As<Row>(new { Title = Evil, Href = "/x" }),
            await Rendered.As<Avatar>(new { Name = Evil }),
            await Rendered.As<Tag>(new { Name = Evil }),
            await Rendered.As<BarChart>(new { Title = Evil, Items = (IReadOnlyList<Datum>)[new(Evil, 1)] }),
            await Rendered.As<LineChart>(new { Title = Evil, Labels = (IReadOnlyList<string>)[Evil], Lines = (IReadOnlyList<Series>)[new(Evil, [1])] }),
            await Rendered.As<EmptyState>(new { Title = Evil, Text = Evil }),
        })
        {
            Assert.Empty(page.QuerySelectorAll("script"));
            Assert.DoesNotContain(page.All, e => e.HasAttribute("onmouseover"));
            Assert.Contains("alert(1)", page.Body!.OuterHtml, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Markup_comes_only_from_the_text_pipeline()
    {
        var page = await Rendered.As<MarkdownView>(new { Html = SafeHtml.Trusted("<p><em>Yes</em></p>") });
        Assert.Equal("Yes", page.QuerySelector(".prose em")!.TextContent);
    }

    [Fact]
    public async Task Every_chart_has_its_table_and_a_name()
    {
        Datum[] items = [new("One", 3), new("Two", 1.5)];
        foreach (var page in new[]
        {
            await Rendered.As<BarChart>(new { Title = "Bars", Items = (IReadOnlyList<Datum>)items }),
            await Rendered.As<Donut>(new { Title = "Ring", Items = (IReadOnlyList<Datum>)items }),
            await Rendered.As<HeatStrip>(new { Title = "Heat", Items = (IReadOnlyList<Datum>)items }),
            await Rendered.As<StackedBar>(new { Title = "Stack", Names = (IReadOnlyList<string>)["a", "b"], Rows = (IReadOnlyList<Stack>)[new("One", [3, 1]), new("Two", [1.5, 0])] }),
            await Rendered.As<LineChart>(new { Title = "Line", Labels = (IReadOnlyList<string>)["One", "Two"], Lines = (IReadOnlyList<Series>)[new("a", [3, 1.5])] }),
        })
        {
            Assert.NotNull(page.QuerySelector("figcaption"));
            var rows = page.QuerySelectorAll(".data-table tbody tr");
            Assert.Equal(["One", "Two"], rows.Select(r => r.QuerySelector("th")!.TextContent));
            Assert.StartsWith("3", rows[0].QuerySelector("td")!.TextContent);
            Assert.DoesNotContain(page.All, e => e.HasAttribute("style"));
        }
    }

    [Fact]
    public async Task Charts_stand_empty_data()
    {
        await Rendered.As<BarChart>(new { Title = "Bars", Items = (IReadOnlyList<Datum>)[] });
        await Rendered.As<Donut>(new { Title = "Ring", Items = (IReadOnlyList<Datum>)[new("None", 0)] });
        await Rendered.As<HeatStrip>(new { Title = "Heat", Items = (IReadOnlyList<Datum>)[] });
        var line = await Rendered.As<LineChart>(new { Title = "Line", Labels = (IReadOnlyList<string>)["a"], Lines = (IReadOnlyList<Series>)[new("s", [0])] });
        Assert.DoesNotContain("NaN", line.Body!.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scale_reaches_the_largest_value_in_at_most_six_round_steps() =>
        Gen.Double[0.001, 1e9].Sample(most =>
        {
            var steps = Figures.Steps(most);
            return steps[0] == 0 && steps[^1] >= most * 0.999999 && steps.Count is >= 2 and <= 6;
        });

    [Fact]
    public async Task A_pager_without_neighbours_is_not_there()
    {
        Assert.Null((await Rendered.As<Pager>()).QuerySelector("nav"));
        var page = await Rendered.As<Pager>(new { Older = "/x?cursor=a&b" });
        Assert.Equal("/x?cursor=a&b", page.QuerySelector("a[rel=next]")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/tasks", "/tasks", true)]
    [InlineData("/tasks/p/CLUB", "/tasks", true)]
    [InlineData("/tasksmith", "/tasks", false)]
    public void A_room_is_current_below_its_address(string path, string href, bool current) => Assert.Equal(current, HouseShell.IsAt(path, href));
}
