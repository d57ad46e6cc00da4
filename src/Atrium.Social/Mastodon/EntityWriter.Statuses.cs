using Atrium.Contracts.Home;
using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>Writes posts as apps read them.</summary>
internal sealed partial class EntityWriter
{
    public StatusEntity Status(StatusRow row, Reading reading, IReadOnlyList<FilterHit> hits, bool nested = false)
    {
        var (status, document, marks) = (row.Status, row.Status.Document, reading.Marks);
        var signedIn = reading.Viewer.Me is not null;
        var own = reading.Viewer.Me == status.AccountId;
        return new()
        {
            Id = status.Id.ToString(),
            CreatedAt = status.CreatedAt,
            InReplyToId = status.InReplyTo?.ToString(),
            InReplyToAccountId = status.InReplyToAccount?.ToString(),
            Sensitive = status.Sensitive || status.SensitizedAt is not null || (row.Author.Account.SensitizedAt is not null && status.HasMedia),
            SpoilerText = status.Spoiler,
            Visibility = Word(status.Visibility),
            Language = status.Language,
            Uri = Absolute(status.Uri),
            Url = Absolute(status.Url),
            RepliesCount = row.Stats.Replies,
            ReblogsCount = row.Stats.Boosts,
            FavouritesCount = row.Stats.Favourites,
            QuotesCount = row.Stats.Quotes,
            EditedAt = status.EditedAt,
            Content = Html(status.Html),
            Application = status.App is { } app ? new(app, status.AppWebsite) : null,
            Account = Account(row.Author),
            MediaAttachments = [.. document.Media.Select(Media)],
            Mentions = [.. document.Mentions.Select(m => new MentionEntity(m.Id.ToString(), m.Username, Absolute(m.Url), m.Acct))],
            Tags = [.. document.Tags.Select(t => new StatusTagEntity(t.Name, Absolute(t.Url)))],
            Emojis = Emojis(document.Emojis),
            Card = document.Card is { } card ? Card(card, reading.Linked) : null,
            Poll = reading.Polls.Of(status) is { } poll ? Poll(poll.Poll, poll.Options, reading, own, Emojis(document.Emojis)) : null,
            Quote = Quote(row, reading, nested),
            QuoteApproval = Approval(status, reading, own),
            Audience = AudienceOf(status),
            Thing = row.Thing?.ToString(),
            Favourited = signedIn ? marks.Favourites.Contains(status.Id.Value) : null,
            Reblogged = signedIn ? marks.Boosts.Contains(status.Id.Value) : null,
            Muted = signedIn ? marks.MutedConversations.Contains(status.ConversationId.Value) : null,
            Bookmarked = signedIn ? marks.Bookmarks.Contains(status.Id.Value) : null,
            Pinned = own ? marks.Pins.Contains(status.Id.Value) : null,
            Filtered = signedIn ? [.. hits.Select(h => Hit(h, row.Status.Id))] : null,
        };
    }

    /// <summary>A boost: the original inside its own frame.</summary>
    public StatusEntity Boost(StatusRow row, StatusEntity original, Reading reading) => new()
    {
        Id = row.Status.Id.ToString(),
        CreatedAt = row.Status.CreatedAt,
        Visibility = Word(row.Status.Visibility),
        Language = original.Language,
        Sensitive = original.Sensitive,
        SpoilerText = original.SpoilerText,
        Uri = Absolute(row.Status.Uri),
        Url = original.Url,
        RepliesCount = original.RepliesCount,
        ReblogsCount = original.ReblogsCount,
        FavouritesCount = original.FavouritesCount,
        QuotesCount = original.QuotesCount,
        EditedAt = original.EditedAt,
        Content = original.Content,
        Reblog = original,
        Account = Account(row.Author),
        MediaAttachments = original.MediaAttachments,
        Mentions = original.Mentions,
        Tags = original.Tags,
        Emojis = original.Emojis,
        Card = original.Card,
        Poll = original.Poll,
        QuoteApproval = original.QuoteApproval,
        Favourited = original.Favourited,
        Reblogged = original.Reblogged,
        Muted = original.Muted,
        Bookmarked = original.Bookmarked,
        Pinned = reading.Viewer.Me == row.Status.AccountId ? false : null,
        Filtered = original.Filtered,
    };

    public MediaEntity Media(DocumentMedia media) => new(
        media.Id.ToString(), media.Ready ? media.Type : "unknown", media.Ready && media.Url is { } url ? Absolute(url) : null, media.Ready && media.PreviewUrl is { } preview ? Absolute(preview) : null,
        media.RemoteUrl, null, null, media.Meta is { } meta ? new(Size(meta.Original), Size(meta.Small), meta.Focus) : null, media.Description, media.Blurhash);

    public PollEntity Poll(Poll poll, IReadOnlyList<PollOption> options, Reading reading, bool own, IReadOnlyList<EmojiEntity>? emojis = null)
    {
        var over = poll.IsOver(reading.Now);
        var hidden = poll.HideTotals && !over;
        var votes = reading.Marks.Votes.GetValueOrDefault(poll.Id.Value) ?? [];
        var signedIn = reading.Viewer.Me is not null;
        return new(
            poll.Id.ToString(), poll.ExpiresAt, over, poll.Multiple, options.Sum(o => o.Votes), poll.Voters, [.. options.Select(o => new PollOptionEntity(o.Title, hidden ? null : o.Votes))], emojis ?? [])
        {
            Voted = signedIn ? own || votes.Count > 0 : null,
            OwnVotes = signedIn ? votes : null,
        };
    }

    public static FilterEntity Filter(ActiveFilter filter) => new(filter.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), filter.Title, filter.Contexts, filter.ExpiresAt, filter.Action.ToString().ToLowerInvariant());

    /// <summary>A visibility as apps know it: those of the house read as private to them.</summary>
    public static string Word(Visibility visibility) => visibility switch
    {
        Social.Visibility.Public => "public",
        Social.Visibility.Unlisted => "unlisted",
        Social.Visibility.Direct => "direct",
        _ => "private",
    };

    private static string? AudienceOf(Status status) => status.Visibility switch
    {
        Social.Visibility.Members => "members",
        Social.Visibility.Group => status.GroupId is { } group ? $"group:{group}" : "thing",
        _ => null,
    };

    private static FilterResultEntity Hit(FilterHit hit, Id<Status> status) => new(
        Filter(hit.Filter), hit.Words.Count > 0 ? hit.Words : null, hit.Named ? [status.ToString()] : null);

    private static MediaSizeEntity? Size(MediaSize? size) => size is null ? null : new()
    {
        Width = size.Width, Height = size.Height, Size = size.Size, Aspect = size.Aspect, FrameRate = size.FrameRate, Duration = size.Duration, Bitrate = size.Bitrate,
    };

    private CardEntity? Card(DocumentCard card, IReadOnlyDictionary<Thing, ThingCard> linked)
    {
        if (card.Thing is not { } thing) return Card(card);
        if (!Thing.TryParse(thing, null, out var named) || !linked.TryGetValue(named, out var found)) return null;
        return Card(card with { Url = found.Href, Title = found.Title, Description = found.Subtitle ?? "", ProviderName = new Uri(_root).Authority, ProviderUrl = _root, Image = found.ImageUrl });
    }

    private CardEntity Card(DocumentCard card) => new(
        Absolute(card.Url), card.Title, card.Description, card.Language, card.Type, card.AuthorName, card.AuthorUrl,
        card.AuthorName.Length > 0 ? [new(card.AuthorName, card.AuthorUrl, null)] : [], card.ProviderName, card.ProviderUrl, "", card.Width, card.Height,
        card.Image is { } image ? Absolute(image) : null, card.ImageDescription, "", card.Blurhash, card.PublishedAt, false);

    // What is quoted is shown, but not what that quotes in turn.
    private QuoteEntity? Quote(StatusRow row, Reading reading, bool nested)
    {
        if (row.QuoteState is not { } state) return null;
        var word = state.ToString().ToLowerInvariant();
        if (state != QuoteState.Accepted) return new(word);
        if (row.Quoted is not { } id) return new("unauthorized");
        var veil = reading.Marks.VeilOf(id);
        // Of those one blocked nothing is shown, but it is said why.
        if (!reading.Rows.TryGetValue(id, out var quoted)) return new(reading.Marks.Veils.Contains((id.Value, ReaderMarks.Blocked)) ? veil! : "unauthorized");
        word = veil ?? word;
        if (nested) return new(word) { QuotedStatusId = quoted.Status.Id.ToString() };
        return new(word) { QuotedStatus = Status(quoted, reading, [], nested: true) };
    }

    private static FeatureApprovalEntity Approval(Status status, Reading reading, bool own)
    {
        if (status.Visibility is not (Social.Visibility.Public or Social.Visibility.Unlisted)) return new([], [], own && status.Visibility != Social.Visibility.Direct ? "automatic" : "denied");
        IReadOnlyList<string> automatic = status.QuotePolicy switch
        {
            QuotePolicy.Public => ["public"],
            QuotePolicy.Followers => ["followers"],
            _ => [],
        };
        var me = reading.Viewer.Me is not null && (own || status.QuotePolicy == QuotePolicy.Public || (status.QuotePolicy == QuotePolicy.Followers && reading.Marks.Following.Contains(status.AccountId.Value)));
        return new(automatic, [], me ? "automatic" : "denied");
    }
}
