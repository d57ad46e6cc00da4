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
