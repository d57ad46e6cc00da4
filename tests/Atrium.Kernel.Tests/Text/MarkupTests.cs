using Atrium.Kernel.Text;

namespace Atrium.Kernel.Tests.Text;

public sealed class MarkupTests
{
    [Fact]
    public async Task Mentions_are_resolved_in_one_batch_and_strangers_stay_words()
    {
        var asked = new List<IReadOnlyCollection<string>>();
        var text = await Markup.RenderAsync("Ask @Ada, @ben-k. or @ada again; not @nobody, nor a@b.com nor x@@y.", resolve: (handles, _) =>
        {
            asked.Add(handles);
            return new(new Dictionary<string, string> { ["ada"] = "/@ada", ["ben-k"] = "/@ben-k" });
        });

        Assert.Equal(["ada", "ben-k", "nobody"], Assert.Single(asked));
        Assert.Equal(["ada", "ben-k", "nobody"], text.Mentions);
        Assert.Contains("<a class=\"mention\" href=\"/@ada\">@Ada</a>,", text.Html.Value, StringComparison.Ordinal);
        Assert.Contains("@ben-k</a>.", text.Html.Value, StringComparison.Ordinal);
        Assert.Contains("not @nobody,", text.Html.Value, StringComparison.Ordinal);
        Assert.Empty(text.Links);
    }

    [Fact]
    public void A_mention_of_another_house_keeps_its_host()
    {
        Assert.Equal(["ada@example.org"], Markup.MentionsIn("Hello @Ada@Example.org."));
    }

    [Fact]
    public void Tags_need_a_letter_and_are_folded()
    {
        var text = Markup.Render("#Café #12 #été2026 C#no a#b #日本語 &#35; https://x.org/#frag");
        Assert.Equal(["cafe", "ete2026", "日本語"], text.Tags);
        Assert.Contains("href=\"/tags/cafe\">#Café</a>", text.Html.Value, StringComparison.Ordinal);
        Assert.Equal(["https://x.org/#frag"], text.Links);
    }

    [Fact]
    public void Names_in_code_and_links_are_left_alone()
    {
        var text = Markup.Render("`@ada` [about #this](https://x.org)\n\n```\n#no @no\n```");
        Assert.Empty(text.Mentions);
        Assert.DoesNotContain("hashtag", text.Html.Value, StringComparison.Ordinal);
        Assert.Contains("about #this</a>", text.Html.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_carry_rel_and_those_of_the_house_do_not()
    {
        var text = Markup.Render("See https://example.org/a?b=1&c=2 and [here](/tasks/1) and [there](//evil.example).");
        Assert.Contains("<a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"nofollow noopener ugc\">", text.Html.Value, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/tasks/1\">here</a>", text.Html.Value, StringComparison.Ordinal);
        Assert.Contains("rel=\"nofollow noopener ugc\">there", text.Html.Value, StringComparison.Ordinal);
        Assert.Equal(["https://example.org/a?b=1&c=2", "/tasks/1", "//evil.example"], text.Links);
    }

    [Fact]
    public void Tables_task_lists_and_code_come_out_whole()
    {
        var text = Markup.Render("""
            # Plan

            - [x] bread
            - [ ] salt

            | a | b |
            |---|--:|
            | 1 | 2 |

            ```csharp
            if (a < b) {}
            ```

            ~~gone~~
            """, MarkupKind.Document);
        var html = text.Html.Value;
        Assert.Contains("<h2>Plan</h2>", html, StringComparison.Ordinal);
        Assert.Contains("<input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"Done\">", html, StringComparison.Ordinal);
        Assert.Contains("<div class=\"table-scroll\" tabindex=\"0\"><table>", html, StringComparison.Ordinal);
        Assert.Contains("<th class=\"text-end\">b</th>", html, StringComparison.Ordinal);
        Assert.Contains("<pre tabindex=\"0\"><code class=\"language-csharp\">if (a &lt; b) {}", html, StringComparison.Ordinal);
        Assert.Contains("<del>gone</del>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style", html, StringComparison.Ordinal);
        Assert.Equal("Plan\n[x] bread\n[ ] salt\na b\n1 2\nif (a < b) {}\ngone", text.Plain);
    }

    [Fact]
    public void A_note_keeps_its_line_breaks_and_a_document_does_not()
    {
        Assert.Contains("<br>", Markup.Render("one\ntwo").Html.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("<br>", Markup.Render("one\ntwo", MarkupKind.Document).Html.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_of_the_house_is_shown_and_a_foreign_one_becomes_a_link()
    {
        var text = Markup.Render("![cat](/files/1/cat.webp) ![spy](https://spy.example/p.gif)");
        Assert.Contains("<img src=\"/files/1/cat.webp\" alt=\"cat\" loading=\"lazy\">", text.Html.Value, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://spy.example/p.gif\" rel=\"nofollow noopener ugc\">spy</a>", text.Html.Value, StringComparison.Ordinal);
        Assert.Equal(["/files/1/cat.webp"], text.Pictures);
    }

    [Fact]
    public void Html_in_markdown_is_shown_as_text()
    {
        var text = Markup.Render("<b onclick=x>bold</b> & <script>alert(1)</script>");
        Assert.Equal("<p>&lt;b onclick=x&gt;bold&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt;</p>", text.Html.Value);
        Assert.Equal("<b onclick=x>bold</b> & <script>alert(1)</script>", text.Plain);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void Every_culture_gets_the_same(string culture)
    {
        const string source = "1. I İ ı @INGA #INDIGO #ÇAĞRI\n2. x\n\n> https://example.org/I";
        var expected = Markup.Render(source);
        var before = System.Globalization.CultureInfo.CurrentCulture;
        System.Globalization.CultureInfo.CurrentCulture = new(culture);
        try
        {
            var text = Markup.Render(source);
            Assert.Equal(expected.Html, text.Html);
            Assert.Equal(["inga"], text.Mentions);
            Assert.Equal(["indigo", "cagri"], text.Tags);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Too_long_is_refused_with_both_numbers()
    {
        var refusal = Assert.Throws<Refusal>(() => Markup.Render(new string('a', Markup.LongestNote + 1)));
        Assert.Equal("too_long", refusal.Code);
        Assert.Contains("50,000", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_nothing()
    {
        Assert.Same(RenderedText.Empty, Markup.Render(" \n "));
        Assert.Equal("", default(SafeHtml).Value);
    }
}
