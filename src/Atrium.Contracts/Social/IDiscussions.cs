using System.Text.Json.Serialization;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;

namespace Atrium.Contracts.Social;

/// <summary>Who may comment on a thing, among those who see it.</summary>
public enum MayComment
{
    /// <summary>Also people of other servers, where the house is open to them.</summary>
    Anyone,
    Members,
    Nobody,
}

/// <summary>How a thing is discussed.</summary>
/// <param name="Announce">Its author's followers get it in their home.</param>
public sealed record DiscussionPolicy(MayComment MayComment = MayComment.Members, bool Announce = false);

/// <summary>What a list of things shows beside each.</summary>
public sealed record DiscussionCounts(int Comments, int Likes, int Boosts, bool Liked)
{
    public static DiscussionCounts None { get; } = new(0, 0, 0, false);
}

/// <summary>A part of a page that its room draws by itself.</summary>
/// <param name="Component">A Razor component.</param>
public sealed record Shown(Type Component, IDictionary<string, object> Parameters);

/// <summary>A comment on a thing, ready for a page.</summary>
/// <param name="Author">Null for somebody of another server.</param>
/// <param name="Depth">0 answers the thing itself.</param>
/// <param name="Hidden">Hidden from others: only who runs the thing, and its author, still read it.</param>
public sealed record CommentView(
    string Id, string? InReplyTo, int Depth, Id<Member>? Author, string AuthorName, string AuthorAcct, string AuthorHref, string? AvatarUrl, SafeHtml Html, string Spoiler,
    DateTimeOffset At, DateTimeOffset? EditedAt, int Likes, bool Liked, bool Mine, bool Hidden, string Href)
{
    /// <summary>The post itself, as it looks in Social; only for a page.</summary>
    [JsonIgnore]
    public Shown? Post { get; init; }
}

/// <summary>A thing's thread as its reader sees it.</summary>
/// <param name="RootId">The post that stands for the thing; null until somebody likes it or says something.</param>
/// <param name="MayComment">Whether this reader may.</param>
/// <param name="MayModerate">Whether this reader may close it, and hide it or comments.</param>
/// <param name="Hidden">Hidden from all but those who run the thing.</param>
public sealed record DiscussionPage(
    Thing Thing, string? RootId, DiscussionCounts Counts, bool Closed, bool MayComment, bool MayModerate, Slice<CommentView> Comments, bool Hidden = false)
{
    /// <summary>Whether the thing may be boosted by this reader, and is.</summary>
    public bool MayBoost { get; init; }

    public bool Boosted { get; init; }

    /// <summary>The form for a comment, where this reader may write one; only for a page.</summary>
    [JsonIgnore]
    public Shown? Writer { get; init; }

    /// <summary>The comment that <see cref="Writer"/> answers; null for the thing itself.</summary>
    [JsonIgnore]
    public string? Answers { get; init; }
}

/// <summary>The order of a thread.</summary>
public enum DiscussionOrder
{
    Oldest,
    Newest,
}

/// <summary>
/// Any thing can be discussed. Its thread is made of posts, which are read, liked and answered from every Mastodon app as well; the thing's
/// audience rules who sees them.
/// </summary>
public interface IDiscussions
{
    /// <summary>Makes the thread of a thing, or changes how it is discussed. Without this it is made at the first like or comment.</summary>
    /// <exception cref="Refusal">Not found: the actor does not see the thing.</exception>
    Task EnsureAsync(Thing thing, DiscussionPolicy policy, Actor actor, CancellationToken ct);

    /// <summary>The thread; empty where nothing was said yet, null where it is hidden from the actor. Answers stand under what they answer.</summary>
    Task<DiscussionPage?> PageAsync(Thing thing, DiscussionOrder order, Page page, Actor actor, CancellationToken ct);

    /// <summary>Counts of many things in one statement; those without a thread are left out.</summary>
    Task<IReadOnlyDictionary<Thing, DiscussionCounts>> CountsAsync(IReadOnlyCollection<Thing> things, Actor actor, CancellationToken ct);

    /// <summary>Says something about a thing and answers the comment's id.</summary>
    /// <param name="text">Markdown.</param>
    /// <param name="inReplyTo">A comment of the same thread.</param>
    /// <param name="key">The same key twice makes one comment.</param>
    /// <exception cref="Refusal">Not found; conflict <c>discussion_closed</c>; invalid text.</exception>
    Task<string> CommentAsync(Thing thing, string text, string? inReplyTo, string? key, Actor actor, CancellationToken ct);

    Task LikeAsync(Thing thing, bool liked, Actor actor, CancellationToken ct);

    /// <summary>Closes a thread to new comments, or opens it again. Only who may moderate it.</summary>
    Task CloseAsync(Thing thing, bool closed, Actor actor, CancellationToken ct);

    /// <summary>Hides a whole thread from all but those who run its thing, or shows it again as it was. Only who may moderate it.</summary>
    Task HideThreadAsync(Thing thing, bool hidden, Actor actor, CancellationToken ct);

    /// <summary>Hides a comment from others, or shows it again. Only who may moderate its thread.</summary>
    Task HideAsync(string comment, bool hidden, string? reason, Actor actor, CancellationToken ct);
}

/// <summary>A room says who, beside the moderators, runs the threads of its things. Registered as scoped.</summary>
public interface IDiscussionEditors
{
    string Kind { get; }

    /// <summary>Those of <paramref name="keys"/> whose threads the actor may close and clean.</summary>
    Task<IReadOnlySet<long>> EditableAsync(IReadOnlyCollection<long> keys, Actor actor, CancellationToken ct);
}

/// <summary>A room says who hears of what is said about its things, where that is not just whose they are. Registered as scoped.</summary>
public interface IDiscussionFollowers
{
    string Kind { get; }

    /// <summary>
    /// Who wants to hear of new comments on each of <paramref name="keys"/>; of those left out, whose thing it is. Whether they may see it is asked
    /// by the caller.
    /// </summary>
    Task<IReadOnlyDictionary<long, IReadOnlyCollection<Id<Member>>>> FollowersAsync(IReadOnlyCollection<long> keys, CancellationToken ct);
}

/// <summary>Published by a room in its own transaction: this thing shall have a thread.</summary>
[EventName("discussion.wanted")]
public sealed record DiscussionWanted(Thing Thing, Id<Member> By, DiscussionPolicy Policy);

/// <summary>Published by a room: title or audience of a thing changed, and its thread follows.</summary>
/// <param name="NameAlone">Nothing but what it is called: nobody sees more or less of the thread.</param>
[EventName("discussion.thing_changed")]
public sealed record DiscussedThingChanged(Thing Thing, bool NameAlone = false);

/// <summary>Published by a room: a thing is gone, and its thread with it.</summary>
[EventName("discussion.thing_gone")]
public sealed record DiscussedThingGone(Thing Thing);
