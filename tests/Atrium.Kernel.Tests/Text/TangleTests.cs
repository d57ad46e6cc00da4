using System.Diagnostics;
using System.Text;
using Atrium.Kernel.Text;
using CsCheck;

namespace Atrium.Kernel.Tests.Text;

/// <summary>Text made to hang a parser. Each piece is repeated to the longest note and the longest document.</summary>
public sealed class TangleTests
{
    // The worst takes about a second alone; what is quadratic takes half a minute. Between them, for a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    public static TheoryData<string> Pieces =>
    [
        "[", "![", "[a](", "*a ", "*a_ ", "**a", "a**b_c", "`", "` `` ", "<", "<a@", "<!--", "&", "&#", "> ", "> > ", "- ", "* a\n ", "1. ", "\t", "|a", "|-", "|a|b|\n",
        "|-|-|\n|a|b|\n", "[a]: <", "[a]\n\n", "[a]: /u\n", "\\", "~~a", "~", "@a", "#a ", "@a@", "https://", "www.a ", "http://a.b/(", "- [ ] ", "    ", "``` ", "```\n", "# ", "***\n", "a\n===\n",
        "\n", "\r", "é", "😀", "\0", "a\u0301", "[](", "[]()", "![](/x)", "**_[`", "x@x.x ", "<a>", "_a", "a_", "!", "(", ")", "](", "> - 1. ", "\u202e", "[[", "]]", "[a][b]", "<x ", "=", "-", "* * ",
    ];

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Pathological_markdown_is_done_in_time(string piece)
    {
        foreach (var (length, kind) in new[] { (Markup.LongestNote, MarkupKind.Note), (Markup.LongestDocument, MarkupKind.Document) })
        {
            var source = Repeat(piece, length);
            var watch = Stopwatch.StartNew();
            var text = Markup.Render(source, kind);
            watch.Stop();
            TestContext.Current.TestOutputHelper?.WriteLine($"{kind} {piece.ReplaceLineEndings("\\n")}: {watch.ElapsedMilliseconds} ms, {text.Html.Value.Length} out");
            Assert.True(watch.Elapsed < Limit, $"{kind} of {piece} took {watch.Elapsed}");
        }
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    [InlineData("<b>")]
    [InlineData("<b><p>")]
    [InlineData("<b x=1><i x=2></p><p>")]
    [InlineData("<div>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<a href=x><b>")]
    [InlineData("<ul><li>")]
    [InlineData("</p>")]
    [InlineData("<svg><math>")]
    [InlineData("<template>")]
    [InlineData("<font a=1></a><table>x")]
    public void Pathological_html_is_done_in_time(string piece)
    {
        var watch = Stopwatch.StartNew();
        Markup.CleanHtml(Repeat(piece, Markup.LongestDocument));
        Assert.True(watch.Elapsed < Limit, $"{piece} took {watch.Elapsed}");
    }

    [Fact]
    public void Formatting_that_reopens_in_every_paragraph_is_done_in_time()
    {
        var html = new StringBuilder();
        for (var i = 0; i < 3_000; i++) html.Append($"<b a={i}>");
        for (var i = 0; i < 20_000; i++) html.Append("<p>x</p>");
        var watch = Stopwatch.StartNew();
        Markup.CleanHtml(html.ToString());
        Assert.True(watch.Elapsed < Limit, $"took {watch.Elapsed}");
    }

    [Fact]
    public void Random_markdown_never_throws_and_never_makes_anything_unsafe() =>
        Gen.OneOf(Gen.Const("<script>"), Gen.Const("javascript:"), Gen.Const("[a]("), Gen.Const(")"), Gen.Const("\n\n"), Gen.Const("> "), Gen.Const("- "), Gen.Const("|"), Gen.Const("`"),
                Gen.Const("@ada"), Gen.Const("#tag"), Gen.Const("https://x.org"), Gen.Const("\" onload=\"x"), Gen.Const("<"), Gen.Const(">"), Gen.Const("&lt;"), Gen.Const("!["), Gen.Const("*"), Gen.String)
            .Array[0, 60]
            .Sample(parts => SafetyOf.Demand(Markup.Render(string.Concat(parts), mentions: new Dictionary<string, string> { ["ada"] = "/@ada" }).Html.Value), iter: 3_000);

    [Fact]
    public void Deep_quotes_come_out_as_they_were_written()
    {
        var text = Markup.Render(Repeat("> ", 4_000) + "hello");
        Assert.StartsWith("<pre tabindex=\"0\">&gt; ", text.Html.Value, StringComparison.Ordinal);
    }

    private static string Repeat(string piece, int length) => string.Concat(Enumerable.Repeat(piece, length / piece.Length));
}
