using System.Text;

namespace Atrium.Kernel.Mail;

/// <summary>A link with words on it.</summary>
public sealed record MailLink(string Words, Uri Address);

/// <summary>A label with its value: a date, a place, an amount.</summary>
public sealed record MailRow(string Label, string Value);

/// <summary>The one look of every mail of the house. All parts are plain text and are encoded here.</summary>
/// <param name="House">The name of the house, as the administrator set it.</param>
/// <param name="Title">What happened, in a few words; also the subject unless one is given.</param>
public sealed record MailTemplate(string House, string Title)
{
    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    private const string Css =
        ":root{color-scheme:light dark}a{color:#7a3d1d}@media (prefers-color-scheme:dark){.court{background:#1b1a18!important}" +
        ".card{background:#242321!important;border-color:#3a3835!important}.ink{color:#f1efeb!important}.soft{color:#b5b0a8!important}" +
        ".line{border-color:#3a3835!important}.link{color:#e9a57c!important}.button{background:#e9a57c!important;color:#1b1a18!important}}";

    /// <summary>What someone wrote, quoted.</summary>
    public string? Quote { get; init; }

    public IReadOnlyList<MailRow> Rows { get; init; } = [];

    public MailLink? Button { get; init; }

    /// <summary>A list of things, as in a digest: each a link with a line under it.</summary>
    public IReadOnlyList<(MailLink Link, string? Line)> Items { get; init; } = [];

    /// <summary>Why the reader gets this: “You are assigned to this task.”</summary>
    public string? Reason { get; init; }

    /// <summary>Ends mails like this one.</summary>
    public MailLink? Unsubscribe { get; init; }

    /// <summary>Ends mails about this one thing.</summary>
    public MailLink? Mute { get; init; }

    /// <summary>BCP 47 language of the words.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The mail, addressed.</summary>
    /// <param name="oneClick">Where a mail program unsubscribes by POST; see <see cref="MailMessage.Unsubscribe"/>.</param>
    public MailMessage To(MailAddress reader, string? subject = null, Uri? oneClick = null) =>
        new(reader, subject ?? Title, Text(), Html()) { Unsubscribe = oneClick };

    // Tables and styles on elements: what mail programs understand. Dark colours come by media query; where it is dropped the light ones hold.
    private string Html()
    {
        var html = new StringBuilder();
        html.Append($$"""
            <!doctype html>
            <html lang="{{E(Language)}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>{{E(Title)}}</title>
            <style>{{Css}}</style></head>
            <body class="court" style="margin:0;padding:0;background:#f7f5f1"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="court" style="background:#f7f5f1"><tr><td align="center" style="padding:24px 12px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans',sans-serif;font-size:15px;line-height:1.5">
            <tr><td class="soft" style="padding:0 4px 12px;color:#67625a;font-size:14px;font-weight:600">{{E(House)}}</td></tr>
            <tr><td class="card" style="background:#ffffff;border:1px solid #e2ded6;border-radius:8px;padding:24px"><h1 class="ink" style="margin:0 0 12px;font-size:20px;line-height:1.3;color:#24211d">{{E(Title)}}</h1>
            """);
        foreach (var paragraph in Paragraphs) html.Append($"\n<p class=\"ink\" style=\"margin:0 0 12px;color:#24211d\">{Lines(paragraph)}</p>");
        if (Quote is not null) html.Append($"\n<blockquote class=\"soft line\" style=\"margin:0 0 12px;padding:0 0 0 12px;border-left:3px solid #e2ded6;color:#67625a\">{Lines(Quote)}</blockquote>");
        if (Rows.Count > 0)
        {
            html.Append("\n<table cellpadding=\"0\" cellspacing=\"0\" style=\"margin:0 0 12px\">");
            foreach (var row in Rows)
                html.Append($"\n<tr><th scope=\"row\" align=\"left\" valign=\"top\" class=\"soft\" style=\"padding:2px 16px 2px 0;color:#67625a;font-weight:400\">{E(row.Label)}</th><td class=\"ink\" style=\"padding:2px 0;color:#24211d\">{Lines(row.Value)}</td></tr>");
            html.Append("</table>");
        }

        foreach (var (link, line) in Items)
        {
            html.Append($"\n<p class=\"soft\" style=\"margin:0 0 10px;color:#67625a\">{Anchor(link)}");
            if (line is not null) html.Append($"<br>{Lines(line)}");
            html.Append("</p>");
        }

        if (Button is not null)
            html.Append($"\n<p style=\"margin:20px 0 0\"><a class=\"button\" href=\"{E(Button.Address.AbsoluteUri)}\" style=\"display:inline-block;padding:9px 16px;border-radius:6px;background:#7a3d1d;color:#ffffff;text-decoration:none;font-weight:600\">{E(Button.Words)}</a></p>");
        html.Append($"\n</td></tr><tr><td class=\"soft\" style=\"padding:12px 4px;color:#67625a;font-size:13px\">{Lines(Reason ?? "")}");
        foreach (var link in Footer()) html.Append($"<br>{Anchor(link)}");
        return html.Append("</td></tr></table></td></tr></table></body></html>\n").ToString();
    }

    private string Text()
    {
        var text = new StringBuilder(Title).Append('\n').Append('=', Math.Min(Title.Length, 60)).Append("\n\n");
        foreach (var paragraph in Paragraphs) text.Append(paragraph).Append("\n\n");
        if (Quote is not null) text.Append("> ").Append(Quote.ReplaceLineEndings("\n> ")).Append("\n\n");
        foreach (var row in Rows) text.Append(row.Label).Append(": ").Append(row.Value).Append('\n');
        if (Rows.Count > 0) text.Append('\n');
        foreach (var (link, line) in Items)
        {
            text.Append("- ").Append(link.Words).Append('\n').Append("  ").Append(link.Address.AbsoluteUri).Append('\n');
            if (line is not null) text.Append("  ").Append(line).Append('\n');
        }

        if (Items.Count > 0) text.Append('\n');
        if (Button is not null) text.Append(Button.Words).Append(":\n").Append(Button.Address.AbsoluteUri).Append("\n\n");
        // "-- " on a line of its own is where mail programs see the signature begin.
        text.Append("-- \n").Append(House).Append('\n');
        if (Reason is not null) text.Append(Reason).Append('\n');
        foreach (var link in Footer()) text.Append(link.Words).Append(": ").Append(link.Address.AbsoluteUri).Append('\n');
        return text.ToString();
    }

    private IEnumerable<MailLink> Footer() => new[] { Mute, Unsubscribe }.OfType<MailLink>();

    private static string Anchor(MailLink link) => $"<a class=\"link\" href=\"{E(link.Address.AbsoluteUri)}\" style=\"color:#7a3d1d\">{E(link.Words)}</a>";

    private static string Lines(string text) => E(text.ReplaceLineEndings("\n")).Replace("\n", "<br>", StringComparison.Ordinal).Replace("&#xA;", "<br>", StringComparison.Ordinal);

    private static string E(string text) => SafeHtml.Encoded(text).Value;
}
