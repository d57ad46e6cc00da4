using System.Text;

namespace Atrium.Social.Tests;

/// <summary>The sentences that stand in C# sources, with <c>{0}</c>, <c>{1}</c> where something is put in.</summary>
internal static class Sentences
{
    /// <summary>Those among the arguments of calls that are named, such as <c>Refusal.</c> or <c>new BadMedia</c>.</summary>
    public static IEnumerable<string> InCalls(string source, params string[] calls)
    {
        foreach (var call in calls)
            for (var at = source.IndexOf(call, StringComparison.Ordinal); at >= 0; at = source.IndexOf(call, at + 1, StringComparison.Ordinal))
            {
                var open = source.IndexOf('(', at);
                if (open < 0) continue;
                foreach (var sentence in Read(source, open, one: true)) yield return sentence;
            }
    }

    /// <summary>All of them but those in comments.</summary>
    public static IEnumerable<string> In(string source) => Read(source, 0, one: false);

    private static IEnumerable<string> Read(string source, int at, bool one)
    {
        var depth = 0;
        while (at < source.Length)
        {
            if (source.AsSpan(at).StartsWith("//"))
            {
                at = source.IndexOf('\n', at) is var end and >= 0 ? end : source.Length;
                continue;
            }

            if (source[at] == '\'')
            {
                at = source.IndexOf('\'', source[at + 1] == '\\' ? at + 3 : at + 2) + 1;
                continue;
            }

            if (source[at] is '(' or ')') depth += source[at] == '(' ? 1 : -1;
            if (one && depth == 0) yield break;
            if (source[at] != '"')
            {
                at++;
                continue;
            }

            var (text, next) = Literal(source, at, filled: source[at - 1] == '$');
            at = next;
            if (text.Contains(' ', StringComparison.Ordinal) && text.Any(char.IsLetter)) yield return text;
        }
    }

    // An interpolated one has whole expressions in braces, with literals of their own.
    private static (string Text, int Next) Literal(string source, int at, bool filled)
    {
        var text = new StringBuilder();
        var holes = 0;
        for (at++; source[at] != '"'; at++)
        {
            if (source[at] == '\\')
            {
                at++;
                text.Append(source[at] == 'n' ? '\n' : source[at]);
            }
            else if (filled && source[at] == '{')
            {
                text.Append('{').Append(holes++).Append('}');
                for (var depth = 1; depth > 0;)
                {
                    at++;
                    if (source[at] == '"') at = Literal(source, at, source[at - 1] == '$').Next - 1;
                    else if (source[at] is '{' or '}') depth += source[at] == '{' ? 1 : -1;
                }
            }
            else text.Append(source[at]);
        }

        return (text.ToString(), at + 1);
    }
}
