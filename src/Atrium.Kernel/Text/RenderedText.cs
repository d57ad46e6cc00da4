namespace Atrium.Kernel.Text;

/// <summary>How what was written is meant.</summary>
public enum MarkupKind
{
    /// <summary>A comment, a message, a description: a line break is a line break. At most 50,000 characters.</summary>
    Note,

    /// <summary>An article: lines flow into paragraphs. At most 400,000 characters.</summary>
    Document,
}

/// <summary>What a text became.</summary>
/// <param name="Html">Ready for a page.</param>
/// <param name="Plain">The words alone, a line per block: for search, mail and previews.</param>
/// <param name="Mentions">Handles mentioned, without @, lower case, each once; <c>handle@host</c> where a host was written.</param>
/// <param name="Tags">Tags, without #, folded, each once.</param>
/// <param name="Links">Addresses linked, as written, each once, in order; mentions and tags are not among them.</param>
/// <param name="Pictures">Pictures of the house shown inside, by their address.</param>
public sealed record RenderedText(
    SafeHtml Html,
    string Plain,
    IReadOnlyList<string> Mentions,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Links,
    IReadOnlyList<string> Pictures)
{
    public static RenderedText Empty { get; } = new(default, "", [], [], [], []);

    /// <summary>The beginning, cut at a word.</summary>
    public string Excerpt(int length = 200) => PlainText.Excerpt(Plain, length);
}

/// <summary>Finds where each mentioned handle leads. Asked once per text, never per mention; handles it leaves out stay plain words.</summary>
/// <param name="handles">Lower case, without @, each once.</param>
public delegate ValueTask<IReadOnlyDictionary<string, string>> ResolveMentions(IReadOnlyCollection<string> handles, CancellationToken ct);
