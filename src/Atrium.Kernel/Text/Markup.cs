using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Atrium.Kernel.Text;

/// <summary>
/// The one text pipeline. Markdown in (CommonMark, tables, task lists, strikethrough, bare links, mentions, tags; HTML in it is
/// shown as text), safe HTML out; or foreign HTML in, the same safe HTML out. What is too deep or too tangled comes out as plain text.
/// </summary>
public static class Markup
{
    public const int LongestNote = 50_000;
    public const int LongestDocument = 400_000;
    private const int DeepestNesting = 40;

    // Who names more than these names nobody: the rest stay words.
    private const int MostNames = 500;
    private static readonly MarkdownPipeline Notes = Pipeline(breaks: true);
    private static readonly MarkdownPipeline Documents = Pipeline(breaks: false);

    /// <summary>Renders Markdown.</summary>
    /// <param name="markdown">Longer than its kind allows is refused as <see cref="RefusalKind.Invalid"/>.</param>
    /// <param name="resolve">Where mentioned handles lead; without it mentions stay plain words but are listed.</param>
    public static async ValueTask<RenderedText> RenderAsync(
        string? markdown, MarkupKind kind = MarkupKind.Note, ResolveMentions? resolve = null, CancellationToken ct = default)
    {
        if (string.IsNullOrWhiteSpace(markdown)) return RenderedText.Empty;
        var parsed = Parse(markdown, kind);
        if (parsed is null) return Verbatim(markdown);

        string[] mentions = [.. parsed.Value.Names.Where(n => n.IsMention).Select(n => n.Key).Distinct()];
        var hrefs = resolve is null || mentions.Length == 0 ? null : await resolve(mentions, ct);
        return Finish(markdown, kind, parsed.Value.Document, parsed.Value.Names, mentions, hrefs);
    }

    /// <summary>Renders Markdown whose mentions are known already, or do not matter.</summary>
    public static RenderedText Render(string? markdown, MarkupKind kind = MarkupKind.Note, IReadOnlyDictionary<string, string>? mentions = null)
    {
        if (string.IsNullOrWhiteSpace(markdown)) return RenderedText.Empty;
        if (Parse(markdown, kind) is not { } parsed) return Verbatim(markdown);
        return Finish(markdown, kind, parsed.Document, parsed.Names, [.. parsed.Names.Where(n => n.IsMention).Select(n => n.Key).Distinct()], mentions);
    }

    /// <summary>Cleans HTML that came from outside: an import, a feed, a fediverse server.</summary>
    public static RenderedText CleanHtml(string? html)
    {
        if (string.IsNullOrWhiteSpace(html)) return RenderedText.Empty;
        Demand(html, LongestDocument);
        return HtmlCleaner.Clean(html, ours: false) is { } clean
            ? new(clean.Html, clean.Plain, [], [], clean.Links, clean.Pictures)
            : Verbatim(html);
    }

    /// <summary>The handles a text mentions, without rendering it.</summary>
    public static IReadOnlyList<string> MentionsIn(string? markdown) =>
        string.IsNullOrWhiteSpace(markdown) || Parse(markdown, MarkupKind.Document) is not { } parsed
            ? []
            : [.. parsed.Names.Where(n => n.IsMention).Select(n => n.Key).Distinct()];

    private static (MarkdownDocument Document, List<NameInline> Names)? Parse(string markdown, MarkupKind kind)
    {
        Demand(markdown, kind == MarkupKind.Note ? LongestNote : LongestDocument);
        if (Tangle.IsTangled(markdown)) return null;
        try
        {
            var document = Markdown.Parse(markdown, kind == MarkupKind.Note ? Notes : Documents);
            var names = document.Descendants<NameInline>().Take(MostNames).ToList();
            // The page has its own first heading.
            foreach (var heading in document.Descendants<HeadingBlock>()) heading.Level = Math.Min(6, heading.Level + 1);
            return (document, names);
        }
        catch (ArgumentException)
        {
            return null; // Markdig says "too deeply nested" this way.
        }
    }

    private static RenderedText Finish(
        string markdown, MarkupKind kind, MarkdownDocument document, List<NameInline> names, string[] mentions, IReadOnlyDictionary<string, string>? hrefs)
    {
        foreach (var name in names)
            name.Href = name.IsMention ? hrefs?.GetValueOrDefault(name.Key) : "/tags/" + Uri.EscapeDataString(name.Key);

        string html;
        try
        {
            html = document.ToHtml(kind == MarkupKind.Note ? Notes : Documents);
        }
        catch (ArgumentException)
        {
            return Verbatim(markdown);
        }

        return HtmlCleaner.Clean(html, ours: true) is { } clean
            ? new(clean.Html, clean.Plain, mentions, [.. names.Where(n => !n.IsMention).Select(n => n.Key).Distinct()], clean.Links, clean.Pictures)
            : Verbatim(markdown);
    }

    private static RenderedText Verbatim(string text) => new(
        SafeHtml.Trusted("<pre tabindex=\"0\">" + SafeHtml.Encoded(text).Value + "</pre>"), text, [], [], [], []);

    private static void Demand(string text, int longest)
    {
        if (text.Length > longest) throw Refusal.Invalid("text", $"This text has {text.Length:N0} characters; {longest:N0} are allowed.", "too_long");
    }

    private static MarkdownPipeline Pipeline(bool breaks)
    {
        var builder = new MarkdownPipelineBuilder { MaximumNestingDepth = DeepestNesting }
            .DisableHtml()
            .UsePipeTables()
            .UseTaskLists()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .UseAutoLinks(new AutoLinkOptions { ValidPreviousCharacters = "*_~(\"'<" });
        if (breaks) builder.UseSoftlineBreakAsHardlineBreak();
        builder.Extensions.Add(new NameExtension());
        return builder.Build();
    }
}
