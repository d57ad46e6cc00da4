using Atrium.Kernel;
using Atrium.Kernel.Outbox;

namespace Atrium.Contracts.Social;

/// <summary>Somebody said something about a thing.</summary>
/// <param name="By">Null for somebody of another server.</param>
[EventName("social.comment_added")]
public sealed record CommentAdded(Thing Thing, long Comment, Id<Member>? By);

/// <summary>A thing is liked.</summary>
[EventName("social.thing_liked")]
public sealed record ThingLiked(Thing Thing, Id<Member>? By);

/// <summary>A member began to follow another.</summary>
[EventName("social.member_followed")]
public sealed record MemberFollowed(Id<Member> Member, Id<Member> Target);

/// <summary>A member blocked another.</summary>
[EventName("social.member_blocked")]
public sealed record MemberBlocked(Id<Member> Member, Id<Member> Target);

/// <summary>A member muted another and wants to be told nothing of them. The muted is never told of it.</summary>
[EventName("social.member_muted")]
public sealed record MemberMuted(Id<Member> Member, Id<Member> Target);

/// <summary>A post was made here or arrived, or one that moderators had deleted is back. A boost is none.</summary>
/// <param name="Status">A <c>status</c>.</param>
/// <param name="By">Null for somebody of another server.</param>
/// <param name="Audience">Whoever passes on what it says passes it on to no one else; in the thread of a thing the thing's own audience holds too.</param>
[EventName("social.status_published")]
public sealed record StatusPublished(Thing Status, Id<Member>? By, Audience Audience);

/// <summary>A post reads otherwise now.</summary>
[EventName("social.status_edited")]
public sealed record StatusEdited(Thing Status, Id<Member>? By, Audience Audience);

/// <summary>A post is gone.</summary>
[EventName("social.status_deleted")]
public sealed record StatusDeleted(Thing Status);

/// <summary>A comment on a thing was hidden by who runs the thing, or by moderators.</summary>
/// <param name="Undone">It is shown again.</param>
[EventName("social.comment_hidden")]
public sealed record CommentHidden(Thing Thing, long Comment, bool Undone = false);

/// <summary>A post that everyone may read carries a hashtag it did not carry before.</summary>
/// <param name="Name">Folded, without #.</param>
[EventName("social.hashtag_used")]
public sealed record HashtagUsed(string Name, Thing Status);
