using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>A post that was checked and may be written.</summary>
/// <param name="Audience">The discussed thing's, where it is a comment; else null, and the visibility says it.</param>
/// <param name="Followers">How many follow the author.</param>
/// <param name="Watched">Whether any of them wants to be told of each post.</param>
/// <param name="Arrived">Where it comes from, when it was written elsewhere.</param>
internal sealed record StatusPlan(
    NewStatus Wanted, Account Author, int Followers, PostRendered Rendered, PostNames Names, IReadOnlyList<PlannedMention> Mentions, Status? Answered, Status? Quoted,
    Visibility Visibility, Id<Group>? Group, Audience? Audience, Id<Discussion>? Discussion, IReadOnlyList<Media> Media, Id<Member>? WrittenBy, bool Watched, Arrival? Arrived = null)
{
    public NewPoll? Poll => Wanted.Poll;

    /// <summary>How many people of other servers it names who were not found yet.</summary>
    public int Missing { get; init; }

    public IReadOnlyList<DocumentEmoji> Emojis { get; init; } = [];

    public IReadOnlyCollection<Id<Member>> NamedMembers => [.. Mentions.Where(m => m.Account.MemberId is not null).Select(m => m.Account.MemberId!.Value)];

    public Status ToStatus(Id<Status> id, Audience audience, DateTimeOffset now) => new()
    {
        Id = id, AccountId = Author.Id, WrittenBy = WrittenBy, IsLocal = Arrived is null,
        Uri = Arrived?.Uri ?? $"{Author.Uri}/statuses/{id}", Url = Arrived?.Url ?? $"{Author.Url}/{id}", CreatedAt = Arrived?.At ?? now,
        InReplyTo = Answered?.Id, InReplyToAccount = Answered?.AccountId, ConversationId = Answered?.ConversationId ?? new(id.Value), ThreadRoot = Answered?.ThreadRoot ?? id,
        DiscussionId = Discussion, Visibility = Visibility, GroupId = Group, Audience = audience, App = Wanted.App, AppWebsite = Wanted.AppWebsite,
        QuotePolicy = Visibility is Visibility.Public or Visibility.Unlisted ? Wanted.QuotePolicy ?? Author.DefaultQuotePolicy : QuotePolicy.Nobody,
        Source = Wanted.Text, Format = Wanted.Format, Html = Rendered.Html, Plain = Rendered.Plain, Spoiler = Wanted.Spoiler,
        Sensitive = Wanted.Sensitive ?? (Wanted.Spoiler.Length > 0 || Author.DefaultSensitive), Language = Wanted.Language ?? Author.DefaultLanguage,
        HasMedia = Media.Count > 0,
        Document = StatusDocument.Empty with { Mentions = Documents.Mentions(Mentions), Tags = Documents.Tags(Names.Tags), Media = [.. Media.Select(m => m.Document)], Emojis = Emojis },
    };
}

/// <summary>What a post or boost of another server brings along.</summary>
/// <param name="At">When it was made, never in the future.</param>
internal sealed record Arrival(string Uri, string Url, DateTimeOffset At);

/// <param name="Silent">Answered, but not named in the text.</param>
internal sealed record PlannedMention(Account Account, bool Silent);
