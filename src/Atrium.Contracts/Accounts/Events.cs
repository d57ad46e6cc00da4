using Atrium.Kernel;
using Atrium.Kernel.Outbox;

namespace Atrium.Contracts.Accounts;

/// <summary>A member can sign in for the first time.</summary>
/// <param name="SignedUp">They came by themselves, and were not made by the house.</param>
[EventName("member.joined")]
public sealed record MemberJoined(Id<Member> Member, string Handle, bool SignedUp = false);

/// <summary>Name, picture or other profile facts changed.</summary>
[EventName("member.profile_changed")]
public sealed record MemberProfileChanged(Id<Member> Member);

/// <summary>Keys of a member were ended: what lives by one of them ends with it.</summary>
[EventName("member.keys_ended")]
public sealed record KeysEnded(Id<Member> Member);

[EventName("member.suspended")]
public sealed record MemberSuspended(Id<Member> Member);

[EventName("member.restored")]
public sealed record MemberRestored(Id<Member> Member);

/// <summary>The days of grace are over: each module erases what is the member's alone and unnames the rest.</summary>
[EventName("member.erased")]
public sealed record MemberErased(Id<Member> Member, string Handle);

/// <summary>Somebody came or went: what rests on the group's membership may have changed.</summary>
[EventName("group.members_changed")]
public sealed record GroupMembersChanged(Id<Group> Group, IReadOnlyList<Id<Member>> Added, IReadOnlyList<Id<Member>> Removed);

[EventName("group.deleted")]
public sealed record GroupDeleted(Id<Group> Group);
