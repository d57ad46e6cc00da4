using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Atrium.Kernel.Outbound;
using Atrium.Kernel.Text;

namespace Atrium.Social;

/// <param name="Image">Where the picture lies, at the other end.</param>
internal sealed record LinkFacts(
    string Url, string Title, string Description, string? Language, string Type, string AuthorName, string AuthorUrl, string ProviderName, string ProviderUrl, string? Image,
    string ImageDescription, DateTimeOffset? PublishedAt);

/// <summary>Reads what a page says of itself: OpenGraph, Twitter's names, oEmbed, its title; through the guarded client, within its caps.</summary>
internal sealed class ReadLink(OutboundHttp http)
{
    private const int LargestPage = 2 << 20;
    private const int LargestEmbed = 64 << 10;
    private const int TitleLength = 200;
    private const int DescriptionLength = 500;
    private const int NameLength = 100;

    /// <summary>Null where nothing is to be shown: no page, no title. A page that does not answer just now is an <see cref="OutboundFailure"/>.</summary>
    public async Task<LinkFacts?> ReadAsync(string address, CancellationToken ct)
    {
        OutboundAnswer answer;
        try
        {
            answer = await http.GetAsync(address, "text/html,application/xhtml+xml", LargestPage, ct);
        }
        catch (OutboundFailure e) when (e.Trouble is not (OutboundTrouble.Unreachable or OutboundTrouble.TooSlow))
        {
            return null;
        }

        if ((int)answer.Status is 429 or >= 500) throw new OutboundFailure(OutboundTrouble.Unreachable, $"{answer.Address.Host} answered {(int)answer.Status}.");
        if (!answer.IsSuccess || answer.MediaType is not ("text/html" or "application/xhtml+xml")) return null;
        using var page = await new HtmlParser().ParseDocumentAsync(answer.Text(), ct);
        var facts = Facts(page, answer.Address);
        if (Embed(page, answer.Address) is { } embed) facts = await EmbeddedAsync(facts, embed, ct);
        return facts.Title.Length == 0 ? null : facts;
    }

    /// <summary>What stands in the page itself.</summary>
    internal static LinkFacts Facts(IDocument page, Uri at)
    {
        string? Meta(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
                if (page.QuerySelector($"meta[property=\"{name}\"],meta[name=\"{name}\"]")?.GetAttribute("content")?.Trim() is { Length: > 0 } content) return content;
            return null;
        }

        var author = Meta("article:author", "author") ?? "";
        return new(
            Absolute(page.QuerySelector("link[rel=canonical]")?.GetAttribute("href"), at) is { } canonical && new Uri(canonical).Host == at.Host ? canonical : at.AbsoluteUri,
            Short(Meta("og:title", "twitter:title") ?? page.Title, TitleLength), Short(Meta("og:description", "twitter:description", "description"), DescriptionLength),
            Languages.Short(page.DocumentElement.GetAttribute("lang") ?? Meta("og:locale")), "link", IsAddress(author) ? "" : Short(author, NameLength), IsAddress(author) ? author : "",
            Short(Meta("og:site_name"), NameLength), at.GetLeftPart(UriPartial.Authority), Absolute(Meta("og:image:secure_url", "og:image", "twitter:image"), at),
            Short(Meta("og:image:alt", "twitter:image:alt"), DescriptionLength),
            DateTimeOffset.TryParse(Meta("article:published_time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var published) ? published.ToUniversalTime() : null);
    }

    private static string? Embed(IDocument page, Uri at) =>
        Absolute(page.QuerySelector("link[rel~=alternate][type=\"application/json+oembed\"]")?.GetAttribute("href"), at);

    // What an embed's HTML would run is never shown; its words are.
    private async Task<LinkFacts> EmbeddedAsync(LinkFacts facts, string embed, CancellationToken ct)
    {
        try
        {
            var answer = await http.GetAsync(embed, "application/json", LargestEmbed, ct);
            if (!answer.IsSuccess) return facts;
            using var json = JsonDocument.Parse(answer.Body, new() { MaxDepth = 8 });
            string? Text(string name) => json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            var at = new Uri(facts.Url);
            return facts with
            {
                Title = facts.Title.Length > 0 ? facts.Title : Short(Text("title"), TitleLength),
                AuthorName = Text("author_name") is { } author ? Short(author, NameLength) : facts.AuthorName,
                AuthorUrl = Absolute(Text("author_url"), at) ?? facts.AuthorUrl,
                ProviderName = facts.ProviderName.Length > 0 ? facts.ProviderName : Short(Text("provider_name"), NameLength),
                ProviderUrl = Absolute(Text("provider_url"), at) ?? facts.ProviderUrl,
                Image = facts.Image ?? Absolute(Text("thumbnail_url"), at),
                Type = Text("type") == "photo" ? "photo" : facts.Type,
            };
        }
        catch (Exception e) when (e is OutboundFailure or JsonException)
        {
            return facts;
        }
    }

    private static string Short(string? text, int most) => PlainText.Excerpt(text ?? "", most);

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static string? Absolute(string? address, Uri at) =>
        !string.IsNullOrWhiteSpace(address) && Uri.TryCreate(at, address.Trim(), out var uri) && uri.Scheme is "http" or "https" ? uri.AbsoluteUri : null;
}
