using System.Collections.Immutable;
using System.Text;
using Atrium.Kernel;
using Parlot.Fluent;
using static Parlot.Fluent.Parsers;

namespace Atrium.Tasks;

/// <summary>
/// The filter language: <c>or</c> of <c>and</c> of <c>not</c> of comparisons, parentheses and words. At most 2 KiB and 100 nodes.
/// Words beside each other mean <c>and</c>.
/// </summary>
internal static class Filter
{
    public const int MostBytes = 2048;
    public const int MostNodes = 100;

    /// <summary>Parentheses inside each other; the parser descends, so this bounds its stack.</summary>
    private const int MostDepth = 20;

    private static readonly Parser<FilterNode> Grammar = Build();

    /// <summary>Parses a filter; an empty one matches everything.</summary>
    /// <exception cref="Refusal"><c>bad_filter</c>, with <c>at</c>: the position of the error, from 0.</exception>
    public static FilterNode Parse(string? text)
    {
        text ??= "";
        if (Encoding.UTF8.GetByteCount(text) > MostBytes) throw Bad("A filter has at most 2 KiB.", MostBytes);
        if (string.IsNullOrWhiteSpace(text)) return new FilterNode.And([], 0);
        DemandShallow(text);
        try
        {
            if (!Grammar.TryParse(text, out var node, out var error)) throw Bad(error?.Message ?? "A condition is missing.", error?.Position.Offset ?? 0);
            return node.Count <= MostNodes ? node : throw Bad($"A filter has at most {MostNodes} conditions.", text.Length);
        }
        catch (FilterError wrong)
        {
            throw Bad(wrong.Message, wrong.At);
        }
    }

    private static Refusal Bad(string message, int at) => Refusal.Invalid("filter", message, "bad_filter").With("at", at);

    private static void DemandShallow(string text)
    {
        var (depth, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '\\') i++;
            else if (text[i] == '"') quoted = !quoted;
            else if (!quoted && text[i] == '(' && ++depth > MostDepth) throw Bad($"At most {MostDepth} parentheses inside each other.", i);
            else if (!quoted && text[i] == ')') depth--;
        }

        if (quoted) throw Bad("A closing quotation mark is missing.", text.Length);
    }

    private static Parser<FilterNode> Build()
    {
        const string stops = " \t\r\n(),\"";
        var expression = Deferred<FilterNode>();
        var quoted = SkipWhiteSpace(Literals.String(StringLiteralQuotes.Double)).Then((_, start, end, text) => new FilterWord(text.ToString(), start, true));
        var word = SkipWhiteSpace(Literals.NoneOf(stops)).Then((_, start, end, text) => new FilterWord(text.ToString(), start, false));
        var value = quoted.Or(word);
        var list = Between(Terms.Char('('), Separated(Terms.Char(','), value.ElseError("A value is missing.")), Terms.Char(')').ElseError("A closing parenthesis is missing."))
            .Or(Separated(Literals.Char(','), value));

        var name = SkipWhiteSpace(Literals.Identifier()).Then((_, start, end, text) => new FilterWord(text.ToString(), start, false));
        var sign = OneOf(
            Terms.Text("!=").Then(FilterOp.NotEqual),
            Terms.Text("<=").Then(FilterOp.LessOrEqual),
            Terms.Text(">=").Then(FilterOp.GreaterOrEqual),
            Terms.Char(':').Then(FilterOp.Equal),
            Terms.Char('=').Then(FilterOp.Equal),
            Terms.Char('<').Then(FilterOp.Less),
            Terms.Char('>').Then(FilterOp.Greater));
        var signed = name.And(sign).And(list.ElseError("A value is missing."))
            .Then<FilterNode>(parts => FilterValues.Compare(parts.Item1, parts.Item2, parts.Item3));
        var among = name.When((_, n) => FilterValues.Field(n.Text) is not null).AndSkip(Terms.Keyword("in", caseInsensitive: true)).And(list.ElseError("A value is missing."))
            .Then<FilterNode>(parts => FilterValues.Compare(parts.Item1, FilterOp.Equal, parts.Item2));
        var keyword = Terms.Keyword("and", caseInsensitive: true).Or(Terms.Keyword("or", caseInsensitive: true)).Or(Terms.Keyword("not", caseInsensitive: true));
        var words = quoted.Or(Not(keyword).SkipAnd(word)).Then<FilterNode>(w => new FilterNode.TextMatch(w.Text, w.At));
        var group = Between(Terms.Char('('), expression.ElseError("A condition is missing."), Terms.Char(')').ElseError("A closing parenthesis is missing."));
        var atom = OneOf(group, signed, among, words);

        var negation = Terms.Keyword("not", caseInsensitive: true).Then((_, start, _, _) => start)
            .Or(Terms.Char('-').Then((_, start, _, _) => start));
        var not = OneOf(
            OneOrMany(negation).And(atom.ElseError("A condition is missing.")).Then<FilterNode>(parts => parts.Item1.Count % 2 == 0 ? parts.Item2 : parts.Item2 is FilterNode.Not twice ? twice.Inner : new FilterNode.Not(parts.Item2, parts.Item1[0])),
            atom);
        var also = OneOf(Terms.Keyword("and", caseInsensitive: true).SkipAnd(not.ElseError("A condition is missing after “and”.")), not);
        var and = not.And(ZeroOrMany(also)).Then(parts => parts.Item2.Count == 0 ? parts.Item1 : new FilterNode.And([parts.Item1, .. parts.Item2], parts.Item1.At));
        var or = and.And(ZeroOrMany(Terms.Keyword("or", caseInsensitive: true).SkipAnd(and.ElseError("A condition is missing after “or”."))))
            .Then(parts => parts.Item2.Count == 0 ? parts.Item1 : new FilterNode.Or([parts.Item1, .. parts.Item2], parts.Item1.At));
        expression.Parser = or;

        return expression.ElseError("A condition is missing.").AndSkip(SkipWhiteSpace(Eof()).ElseError("This cannot stand here."));
    }
}

/// <summary>A word of a filter and where it stands.</summary>
internal readonly record struct FilterWord(string Text, int At, bool Quoted);

/// <summary>What is wrong with a filter, and where. Becomes a refusal at the edge of the parser.</summary>
internal sealed class FilterError(string message, int at) : Exception(message)
{
    public int At { get; } = at;
}
