using System.Text;

namespace Atrium.Kernel.Ical;

/// <summary>One part of a component: a content line, or a component inside it.</summary>
public abstract class IcalItem
{
    internal abstract void WriteTo(MemoryStream output);
}

/// <summary>
/// One content line (RFC 5545, 3.1) with the octets it came in, folds and line end included: writing it gives exactly these back.
/// A line that cannot be read has no <see cref="Name"/>, and is kept all the same.
/// </summary>
public sealed class IcalLine : IcalItem
{
    private static readonly IReadOnlyList<KeyValuePair<string, string>> None = [];
    private readonly ReadOnlyMemory<byte> _octets;

    internal IcalLine(ReadOnlyMemory<byte> octets, string name, IReadOnlyList<KeyValuePair<string, string>> parameters, string value) =>
        (_octets, Name, Parameters, Value) = (octets, name, parameters, value);

    /// <summary>Upper case, without its group; empty for a line that is none.</summary>
    public string Name { get; }

    /// <summary>In order; names in upper case, values without quotation marks.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; }

    /// <summary>Unfolded, escapes left in.</summary>
    public string Value { get; }

    /// <summary>The value as TEXT (3.3.11), escapes undone.</summary>
    public string Text => IcalText.Unescape(Value);

    /// <summary>The value as a list of TEXT.</summary>
    public IReadOnlyList<string> Texts => IcalText.Split(Value);

    /// <summary>A new line.</summary>
    /// <param name="value">Written as it is: TEXT is escaped by the caller.</param>
    public static IcalLine Of(string name, string value, string lineEnd = "\r\n", IReadOnlyList<KeyValuePair<string, string>>? parameters = null)
    {
        var head = new StringBuilder(name);
        foreach (var (key, content) in parameters ?? None)
            head.Append(';').Append(key).Append('=').Append(content.AsSpan().IndexOfAny(":;,") >= 0 ? $"\"{content}\"" : content);
        var folded = IcalText.Fold(head.Append(':').Append(value).ToString(), lineEnd);
        return new(Encoding.UTF8.GetBytes(folded), name, parameters ?? None, value);
    }

    public string? Parameter(string name)
    {
        foreach (var (key, value) in Parameters)
            if (key == name)
                return value;
        return null;
    }

    internal override void WriteTo(MemoryStream output) => output.Write(_octets.Span);
}
