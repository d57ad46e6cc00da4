using Atrium.Kernel.Text;
using CsCheck;

namespace Atrium.Kernel.Tests.Text;

public sealed class SnippetTests
{
    [Fact]
    public void Marks_what_was_sought_whatever_its_accents_and_encodes_the_rest() =>
        Assert.Equal("A <mark>Crème</mark> &lt;b&gt;brûlée&lt;/b&gt; &amp; <mark>creme</mark>s", Snippet.Of("A Crème <b>brûlée</b> & cremes", ["CREME"]).Value);

    [Fact]
    public void Cuts_where_most_words_meet()
    {
        var text = string.Concat(Enumerable.Repeat("filler words here ", 50)) + "alpha and beta meet " + string.Concat(Enumerable.Repeat("more filler ", 50));
        var snippet = Snippet.Of("alpha first. " + text, ["alpha", "beta"], 80).Value;
        Assert.Contains("<mark>alpha</mark> and <mark>beta</mark>", snippet, StringComparison.Ordinal);
        Assert.StartsWith("…", snippet, StringComparison.Ordinal);
        Assert.EndsWith("…", snippet, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_inside_another_is_not_meant_but_japanese_has_no_spaces()
    {
        Assert.DoesNotContain("<mark>", Snippet.Of("concatenate", ["cat"]).Value, StringComparison.Ordinal);
        Assert.Equal("私は<mark>日本</mark>語", Snippet.Of("私は日本語", ["日本"]).Value);
    }

    [Fact]
    public void Whatever_the_text_only_mark_is_markup() =>
        Gen.Select(Gen.String, Gen.String[0, 5].Array[0, 4], Gen.Int[0, 60]).Sample((text, words, length) =>
        {
            var rest = Snippet.Of(text, words, length).Value.Replace("<mark>", "", StringComparison.Ordinal).Replace("</mark>", "", StringComparison.Ordinal);
            Assert.DoesNotContain('<', rest);
            Assert.DoesNotContain('>', rest);
        });

    [Fact]
    public void Marks_of_an_engine_pair_even_when_cut()
    {
        Assert.Equal("a <mark>b</mark> &lt;c", Snippet.FromMarked("a \u0002b\u0003 <c").Value);
        Assert.Equal("x y <mark>z</mark>", Snippet.FromMarked("x\u0003 y \u0002z").Value);
    }

    [Theory]
    [InlineData("The quick brown fox jumps", 18, "The quick brown…")]
    [InlineData("short", 18, "short")]
    [InlineData("日本語の文章はとても長い", 5, "日本語の文…")]
    [InlineData("aaaaaaaa👩‍👩‍👧‍👦b", 10, "aaaaaaaa…")]
    [InlineData("one\n\ntwo\tthree", 50, "one two three")]
    public void Excerpts_end_at_words_and_never_inside_a_character(string text, int length, string excerpt) => Assert.Equal(excerpt, PlainText.Excerpt(text, length));

    [Fact]
    public void An_excerpt_is_never_longer_than_asked() =>
        Gen.Select(Gen.String, Gen.Int[1, 50]).Sample((text, length) => PlainText.Excerpt(text, length).Length <= length + 1);
}
