using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Http;

namespace Atrium.Social;

/// <summary>Reads what an app wants to post.</summary>
internal static class NewStatusReader
{
    public static NewStatus Read(Wire wire)
    {
        var sent = wire.Sent;
        var (visibility, group) = Audience(sent);
        return new()
        {
            Text = sent.Text("status") ?? "",
            Format = sent.Text("content_type") is "text/markdown" ? TextFormat.Markdown : TextFormat.Plain,
            Spoiler = sent.Text("spoiler_text") ?? "",
            Sensitive = sent.Switch("sensitive"),
            Language = sent.Text("language") is { Length: > 0 } language ? Languages.Short(language) : null,
            Visibility = visibility,
            Group = group,
            InReplyTo = wire.SentId<Status>("in_reply_to_id"),
            Media = wire.SentIds<Media>("media_ids"),
            Poll = Poll(sent),
            Quoted = wire.SentId<Status>("quoted_status_id") ?? wire.SentId<Status>("quote_id"),
            QuotePolicy = Policy(sent.Text("quote_approval_policy")),
            App = wire.Actor.Client is "web" ? null : wire.Actor.Client,
            AppWebsite = wire.Actor.ClientSite,
        };
    }

    public static StatusChange ReadChange(Wire wire)
    {
        var sent = wire.Sent;
        var described = sent.Parts("media_attributes").Where(m => Id<Media>.TryParse(m.Text("id"), null, out _))
            .ToDictionary(m => Wire.Id<Media>(m.Text("id")), m => new MediaChange(m.Text("description"), Focus(m.Text("focus"))));
        return new(
            sent.Text("status"), sent.Text("spoiler_text"), sent.Switch("sensitive"), Languages.Short(sent.Text("language")),
            sent.Text("content_type") switch { "text/markdown" => TextFormat.Markdown, "text/plain" => TextFormat.Plain, _ => null },
            sent.Has("media_ids") ? wire.SentIds<Media>("media_ids") : null, Poll(sent), Policy(sent.Text("quote_approval_policy")), described);
    }

    public static Visibility? Visibility(string? word) => word switch
    {
        "public" => Social.Visibility.Public,
        "unlisted" => Social.Visibility.Unlisted,
        "private" => Social.Visibility.Followers,
        "direct" => Social.Visibility.Direct,
        null or "" => null,
        _ => throw Refusal.Invalid("visibility", "Visibility is not included in the list", "unknown"),
    };

    public static QuotePolicy? Policy(string? word) => word switch
    {
        "public" => QuotePolicy.Public,
        "followers" => QuotePolicy.Followers,
        "nobody" => QuotePolicy.Nobody,
        _ => null,
    };

    public static DateTimeOffset Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at : throw Refusal.Invalid("scheduled_at", "Scheduled at is not an instant", "unreadable_instant");

    /// <summary><c>0.5,-0.2</c>; null where it is none.</summary>
    public static MediaFocus? Focus(string? text)
    {
        var parts = (text ?? "").Split(',');
        return parts.Length == 2 && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
            ? new(Math.Clamp(x, -1, 1), Math.Clamp(y, -1, 1)) : null;
    }

    private static (Visibility?, Id<Group>?) Audience(LooseParameters sent)
    {
        var audience = sent.Text("audience");
        if (audience == "members" || sent.Switch("local_only") == true) return (Social.Visibility.Members, null);
        if (audience?.StartsWith("group:", StringComparison.Ordinal) == true) return (Social.Visibility.Group, Wire.Id<Group>(audience[6..]));
        return (Visibility(sent.Text("visibility")), null);
    }

    private static NewPoll? Poll(LooseParameters sent)
    {
        if (sent.Part("poll") is not { } poll || poll.List("options") is not { Count: > 0 } options) return null;
        return new(options, poll.Number("expires_in") is { } open ? (int)Math.Clamp(open, 0, int.MaxValue) : null, poll.Switch("multiple") ?? false, poll.Switch("hide_totals") ?? false);
    }
}
