using System.Text;
using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>Puts the pictures of custom emoji into safe HTML: in its words, never in its tags.</summary>
internal static class EmojiHtml
{
    public static SafeHtml Put(SafeHtml html, IReadOnlyList<EmojiEntity> emojis, Func<string, string> local)
    {
        if (emojis.Count == 0 || html.IsEmpty) return html;
        var (text, made) = (html.Value, new StringBuilder(html.Value.Length + (emojis.Count * 120)));
        for (var at = 0; at < text.Length;)
        {
            var end = text[at] == '<' ? text.IndexOf('>', at) + 1 : text.IndexOf('<', at);
            if (end <= 0) end = text.Length;
            if (text[at] == '<') made.Append(text, at, end - at);
            else
                foreach (var (words, emoji) in EmojiBook.Cut(text[at..end], emojis))
                    if (emoji is null) made.Append(words);
                    else
                    {
                        made.Append("<img class=\"emoji\" src=\"").Append(SafeHtml.Encoded(local(emoji.Url)).Value).Append("\" alt=\"").Append(words).Append("\" title=\"").Append(words)
                            .Append("\" loading=\"lazy\">");
                    }
            at = end;
        }

        return SafeHtml.Trusted(made.ToString());
    }
}
