namespace Atrium.Tasks;

/// <summary>A word of a quick-add line. Quotation marks hold words together; a backslash makes the next sign an ordinary one.</summary>
internal sealed record QuickWord(string Text, int At, int Length, bool Literal)
{
    public static IReadOnlyList<QuickWord> Split(string line)
    {
        var words = new List<QuickWord>();
        for (var at = 0; at < line.Length;)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }

            var (start, quoted, literal) = (at, false, line[at] is '"' or '\\');
            var text = new System.Text.StringBuilder();
            while (at < line.Length && (quoted || !char.IsWhiteSpace(line[at])))
            {
                // A quotation mark opens only where a value begins, so that 5" and “quoted” speech stay as they are.
                var opens = !quoted && line[at] == '"' && (at == start || line[at - 1] is '#' or '@' or '+' or '^' or ':') && line.IndexOf('"', at + 1) > 0;
                if (opens) quoted = true;
                else if (quoted && line[at] == '"') quoted = false;
                else if (line[at] == '\\' && at == start && at + 1 < line.Length) text.Append(line[++at]);
                else text.Append(line[at]);
                at++;
            }

            words.Add(new(literal ? line[start..at].TrimStart('\\') : text.ToString(), start, at - start, literal));
        }

        return words;
    }
}
