using System.Globalization;
using System.Xml;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Writes posts as RSS 2.0, with their media as enclosures and Media RSS.</summary>
internal sealed class FeedWriter(SocialDb db, KernelDb kernel, EntityWriter write)
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string MediaRss = "http://search.yahoo.com/mrss/";
    private const int TitleLength = 80;

    public Task<byte[]> PersonAsync(Account account, IReadOnlyList<Status> posts, CancellationToken ct)
    {
        var name = account.DisplayName.Length > 0 ? account.DisplayName : account.Username;
        var page = write.Absolute(account.Url);
        return WriteAsync(new(name, page, page + ".rss", $"Public posts by @{account.Username}", account.AvatarUrl is { } avatar ? write.Absolute(avatar) : null), posts, ct);
    }

    public Task<byte[]> TagAsync(string tag, IReadOnlyList<Status> posts, CancellationToken ct)
    {
        var page = write.Absolute("/tags/" + Uri.EscapeDataString(tag));
        return WriteAsync(new("#" + tag, page, page + ".rss", $"Public posts tagged #{tag}", null), posts, ct);
    }

    private async Task<byte[]> WriteAsync(Channel channel, IReadOnlyList<Status> posts, CancellationToken ct)
    {
        var files = await FilesAsync(posts, ct);
        using var bytes = new MemoryStream();
        await using (var xml = XmlWriter.Create(bytes, new() { Async = true, Encoding = new System.Text.UTF8Encoding(false), CheckCharacters = true }))
        {
            await xml.WriteStartElementAsync(null, "rss", null);
            xml.WriteAttributeString("version", "2.0");
            xml.WriteAttributeString("xmlns", "atom", null, Atom);
            xml.WriteAttributeString("xmlns", "media", null, MediaRss);
            xml.WriteStartElement("channel");
            Text(xml, "title", channel.Title);
            Text(xml, "link", channel.Link);
            Text(xml, "description", channel.Description);
            xml.WriteStartElement("link", Atom);
            xml.WriteAttributeString("rel", "self");
            xml.WriteAttributeString("type", "application/rss+xml");
            xml.WriteAttributeString("href", channel.Self);
            xml.WriteEndElement();
            // Of the newest change, so that a feed reads the same until there is one.
            if (posts.Count > 0) Text(xml, "lastBuildDate", Date(posts.Max(p => p.EditedAt ?? p.CreatedAt)));
            if (channel.Image is { } image)
            {
                xml.WriteStartElement("image");
                Text(xml, "url", image);
                Text(xml, "title", channel.Title);
                Text(xml, "link", channel.Link);
                xml.WriteEndElement();
            }

            foreach (var post in posts) Item(xml, post, files);
            await xml.WriteEndDocumentAsync();
        }

        return bytes.ToArray();
    }

    private void Item(XmlWriter xml, Status post, Dictionary<Id<Media>, FileRecord> files)
    {
        var link = write.Absolute(post.Url);
        xml.WriteStartElement("item");
        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", "true");
        xml.WriteString(link);
        xml.WriteEndElement();
        Text(xml, "link", link);
        Text(xml, "pubDate", Date(post.CreatedAt));
        if (PlainText.Excerpt(post.Spoiler.Length > 0 ? post.Spoiler : post.Plain, TitleLength) is { Length: > 0 } title) Text(xml, "title", title);
        Text(xml, "description", (post.Spoiler.Length > 0 ? $"<p><strong>{SafeHtml.Encoded(post.Spoiler).Value}</strong></p>" : "") + write.Html(post.Html));
        foreach (var tag in post.Document.Tags) Text(xml, "category", tag.Name);
        List<(DocumentMedia Media, FileRecord File)> media = [.. post.Document.Media.Where(m => m.Ready && m.Url is not null && files.ContainsKey(m.Id)).Select(m => (m, files[m.Id]))];
        // RSS 2.0 knows one enclosure; Media RSS has them all.
        if (media is [var (first, of), ..])
        {
            xml.WriteStartElement("enclosure");
            xml.WriteAttributeString("url", write.Absolute(first.Url!));
            xml.WriteAttributeString("length", of.Length.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("type", of.ContentType);
            xml.WriteEndElement();
        }

        foreach (var (one, file) in media) Media(xml, one, file, post.Sensitive);
        xml.WriteEndElement();
    }

    private void Media(XmlWriter xml, DocumentMedia media, FileRecord file, bool sensitive)
    {
        xml.WriteStartElement("content", MediaRss);
        xml.WriteAttributeString("url", write.Absolute(media.Url!));
        xml.WriteAttributeString("type", file.ContentType);
        xml.WriteAttributeString("fileSize", file.Length.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("medium", media.Type is "audio" ? "audio" : media.Type is "video" or "gifv" ? "video" : "image");
        xml.WriteElementString("rating", MediaRss, sensitive ? "adult" : "nonadult");
        if (media.Description is { Length: > 0 } words)
        {
            xml.WriteStartElement("description", MediaRss);
            xml.WriteAttributeString("type", "plain");
            xml.WriteString(Allowed(words));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private async Task<Dictionary<Id<Media>, FileRecord>> FilesAsync(IReadOnlyList<Status> posts, CancellationToken ct)
    {
        List<Id<Media>> ids = [.. posts.SelectMany(p => p.Document.Media).Select(m => m.Id)];
        if (ids.Count == 0) return [];
        var held = await db.Media.Where(m => ids.Contains(m.Id) && m.FileId != null).Select(m => new { m.Id, File = m.FileId!.Value }).ToListAsync(ct);
        List<Id<FileRecord>> files = [.. held.Select(h => h.File)];
        var rows = await kernel.Files.Where(f => files.Contains(f.Id)).ToDictionaryAsync(f => f.Id, ct);
        return held.Where(h => rows.ContainsKey(h.File)).ToDictionary(h => h.Id, h => rows[h.File]);
    }

    private static void Text(XmlWriter xml, string name, string value) => xml.WriteElementString(name, Allowed(value));

    // Some characters that a post may hold XML cannot.
    private static string Allowed(string text)
    {
        var kept = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) kept.Append(text[i]).Append(text[++i]);
            else if (XmlConvert.IsXmlChar(text[i])) kept.Append(text[i]);
        }

        return kept.ToString();
    }

    private static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);

    private sealed record Channel(string Title, string Link, string Self, string Description, string? Image);
}
