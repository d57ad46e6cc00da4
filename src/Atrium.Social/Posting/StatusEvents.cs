using Atrium.Kernel;
using Atrium.Kernel.Outbox;

namespace Atrium.Social;

/// <summary>A post, or a boost, was made here or arrived.</summary>
[EventName("social.post_made")]
internal sealed record PostMade(Id<Status> Status, bool Local);

/// <summary>A post that everyone may read was made with hashtags.</summary>
[EventName("social.status_tagged")]
internal sealed record StatusTagged(Id<Status> Status);

/// <summary>A post reads otherwise now.</summary>
[EventName("social.post_edited")]
internal sealed record PostEdited(Id<Status> Status, bool Local);

/// <summary>A thing was announced to its author's followers by the root of its thread.</summary>
[EventName("social.thing_announced")]
internal sealed record ThingAnnounced(Id<Status> Root);

/// <summary>A thing is called otherwise now, and so is the root of its thread.</summary>
[EventName("social.thing_renamed")]
internal sealed record ThingRenamed(Id<Status> Root);

/// <summary>A post, or a boost, is gone.</summary>
[EventName("social.post_gone")]
internal sealed record PostGone(Id<Status> Status, bool Local);

/// <summary>A post is gone that was boosted: its boosts go with it, some at a time.</summary>
[EventName("social.boosts_gone")]
internal sealed record BoostsGone(Id<Status> Original);

/// <summary>More of those who boosted a post, or quoted it, are to be told of its edit.</summary>
/// <param name="Boost">The last boost that was told.</param>
/// <param name="Quoting">The last quoting post that was told.</param>
[EventName("social.edit_told")]
internal sealed record EditTold(Id<Status> Status, Id<Status> Boost, Id<Status> Quoting);

/// <summary>Others see a post, a whole thread, or all of an account from now on, without a word of it having changed.</summary>
[EventName("social.sight_changed")]
internal sealed record SightChanged(Id<Status>? Status = null, Id<Discussion>? Discussion = null, Id<Account>? Account = null);

/// <summary>The rest of a post's readers get it in their home.</summary>
/// <param name="After">The last follow that was served.</param>
[EventName("social.fan_out")]
internal sealed record FanOutDue(Id<Status> Status, Id<Follow> After);

/// <summary>Somebody likes a post, or no longer does.</summary>
/// <param name="Mark">The like itself: the same when it is taken back.</param>
[EventName("social.favourited")]
internal sealed record Favourited(Id<Account> Account, Id<Status> Status, bool Undone, Id<Favourite> Mark);

/// <summary>A follow was asked for, accepted, rejected or ended.</summary>
/// <param name="What"><c>requested</c>, <c>accepted</c>, <c>rejected</c> or <c>ended</c>.</param>
[EventName("social.follow_changed")]
internal sealed record FollowChanged(Id<Account> Account, Id<Account> Target, string What, string? Uri);

/// <summary>A block was made or ended.</summary>
[EventName("social.block_changed")]
internal sealed record BlockChanged(Id<Account> Account, Id<Account> Target, bool Undone, string? Uri);

/// <summary>A poll's answers were counted: an answer was given here.</summary>
[EventName("social.voted")]
internal sealed record Voted(Id<Poll> Poll, Id<Account> Account, IReadOnlyList<int> Choices);

/// <summary>A local account's profile, as others see it, changed.</summary>
[EventName("social.account_changed")]
internal sealed record AccountChanged(Id<Account> Account);
