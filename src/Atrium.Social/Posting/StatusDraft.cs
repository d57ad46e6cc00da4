using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Checks what somebody wants to post, and finds what it names, answers and holds. Changes nothing.</summary>
internal sealed class StatusDraft(SocialDb db, NamedAccounts names, HouseLimits limits, Brakes brakes, EmojiBook emoji)
{
    public async Task<StatusPlan> PrepareAsync(NewStatus wanted, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        await CheckAsync(wanted, ct);
        var author = await db.Accounts.Where(a => a.Id == me).Select(a => new
        {
            Account = a, Followers = db.AccountStats.Where(s => s.AccountId == a.Id).Select(s => s.Followers).FirstOrDefault(), Watched = db.Follows.Any(f => f.TargetId == a.Id && f.Notify),
        }).FirstAsync(ct);
        if (author.Account.Standing is not (AccountStanding.Active or AccountStanding.Limited)) throw Refusal.Forbidden("Your account may not post just now.");

        var answered = wanted.InReplyTo is { } parent ? await AnsweredAsync(parent, viewer, ct) : null;
        var quoted = wanted.Quoted is { } other ? await QuotedAsync(other, viewer, ct) : null;
        var said = PostText.Names(wanted.Text);
        var named = await names.FindAsync(said.Accounts, ct);
        var mentions = await MentionsAsync(named, me, ct);

        var place = await PlaceAsync(wanted, author.Account, answered, viewer, ct);
        var rendered = PostText.Render(wanted.Text, wanted.Format, Links(named, mentions));
        var media = await MediaAsync(wanted.Media, me, ct);
        var plan = new StatusPlan(wanted, author.Account, author.Followers, rendered, said, mentions, answered, quoted, place.Visibility, place.Group, place.Audience, place.Discussion, media, viewer.Actor.MemberId, author.Watched)
        {
            Missing = await names.MissingAsync(said.Accounts, named, ct), Emojis = await emoji.InAsync([wanted.Text, wanted.Spoiler, .. wanted.Poll?.Options ?? []], ct),
        };
        await brakes.PostAsync(plan, viewer, ct);
        return plan;
    }

    /// <summary>What is wrong with the words alone.</summary>
    public async Task CheckAsync(NewStatus wanted, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(wanted.Text) && wanted.Media.Count == 0 && wanted.Poll is null && wanted.Quoted is null) throw Refusal.Invalid("text", "Text can't be blank", "text_blank");
        var most = await limits.OfAsync(HouseLimits.Characters, ct);
        if (PostText.Length(wanted.Text) + PostText.Length(wanted.Spoiler) > most) throw Refusal.Invalid("text", $"Text character limit of {most} exceeded", "text_too_long");
        var said = PostText.Names(wanted.Text);
        if (said.Accounts.Count > 0 && await limits.OfAsync(HouseLimits.Mentions, ct) is var mentions && said.Accounts.Count > mentions) throw Refusal.Invalid("status", $"At most {mentions} people can be mentioned.", "too_many");
        if (said.Tags.Count > 0 && await limits.OfAsync(HouseLimits.Hashtags, ct) is var tags && said.Tags.Count > tags) throw Refusal.Invalid("status", $"At most {tags} hashtags.", "too_many");
        if (wanted.Media.Count > 0 && await limits.OfAsync(HouseLimits.Media, ct) is var media && wanted.Media.Count > media) throw Refusal.Invalid("media_ids", $"Cannot attach more than {media} files", "media_limit");
        if (wanted.Language is { } language && Languages.Short(language) is null) throw Refusal.Invalid("language", "Language is not a language", "unknown");
        if (wanted.Poll is not { } poll) return;
        if (wanted.Media.Count > 0) throw Refusal.Invalid("poll", "A poll cannot be combined with media", "poll_invalid");
        await CheckAsync(poll, ct);
    }

    private async Task CheckAsync(NewPoll poll, CancellationToken ct)
    {
        var (options, length) = (await limits.OfAsync(HouseLimits.PollOptions, ct), await limits.OfAsync(HouseLimits.PollOptionLength, ct));
        if (poll.Options.Count < 2 || poll.Options.Count > options) throw Refusal.Invalid("poll", $"A poll has 2 to {options} options", "poll_invalid");
        if (poll.Options.Any(o => string.IsNullOrWhiteSpace(o) || PostText.Length(o) > length)) throw Refusal.Invalid("poll", $"Options have 1 to {length} characters", "poll_invalid");
        if (poll.Options.Distinct(StringComparer.Ordinal).Count() < poll.Options.Count) throw Refusal.Invalid("poll", "Options must differ", "poll_invalid");
        var (least, most) = await limits.PollOpenAsync(ct);
        if (poll.Seconds < least || poll.Seconds > most) throw Refusal.Invalid("poll", $"A poll is open for {Many(least / 60, "minute")} to {Many(most / 86_400, "day")}", "poll_invalid");
    }

    private static string Many(int number, string one) => number == 1 ? $"1 {one}" : $"{number} {one}s";

    /// <summary>The pictures of a post, in order: one's own, ready, and in no post yet.</summary>
    public async Task<IReadOnlyList<Media>> MediaAsync(IReadOnlyList<Id<Media>> ids, Id<Account> me, CancellationToken ct, Id<Status>? of = null)
    {
        if (ids.Count == 0) return [];
        var rows = await db.Media.Where(m => ids.Contains(m.Id) && m.AccountId == me).ToListAsync(ct);
        if (rows.Count < ids.Distinct().Count()) throw Refusal.Invalid("media_ids", "Media not found", "media_not_found");
        if (rows.Exists(m => m.StatusId is { } taken && taken != of)) throw Refusal.Invalid("media_ids", "Media is attached to another post already", "media_in_use");
        if (rows.Exists(m => m.State != MediaState.Ready)) throw Refusal.Invalid("media_ids", "Cannot attach files that have not finished processing. Try again in a moment!", "media_not_ready");
        return [.. ids.Distinct().Select(id => rows.Find(r => r.Id == id)!)];
    }

    /// <summary>Where the names in a text lead.</summary>
    public static Dictionary<string, string> Links(IReadOnlyDictionary<string, Account> named, IReadOnlyList<PlannedMention> mentions) =>
        mentions.Where(m => !m.Silent).SelectMany(m => named.Where(n => n.Value.Id == m.Account.Id)).ToDictionary(n => n.Key, n => n.Value.Url);

    private async Task<Status> AnsweredAsync(Id<Status> id, Viewer viewer, CancellationToken ct)
    {
        var status = await db.Statuses.Where(s => s.Id == id).VisibleTo(viewer, db).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound("Record not found");
        // Who answers a boost answers what was boosted.
        return status.BoostOf is { } original ? await AnsweredAsync(original, viewer, ct) : status;
    }

    private async Task<Status> QuotedAsync(Id<Status> id, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var status = await db.SeeAsync(id, viewer, ct);
        if (status.BoostOf is { } original) return await QuotedAsync(original, viewer, ct);
        if (status.AccountId == me && status.Visibility is not Visibility.Direct) return status;
        var allowed = status.Visibility is Visibility.Public or Visibility.Unlisted && status.QuotePolicy switch
        {
            QuotePolicy.Public => true,
            QuotePolicy.Followers => await db.Follows.AnyAsync(f => f.AccountId == me && f.TargetId == status.AccountId && f.State == FollowState.Accepted, ct),
            _ => false,
        };
        return allowed ? status : throw Refusal.Invalid("quoted_status_id", "The author does not allow this post to be quoted", "quote_denied");
    }

    /// <summary>Whom a text names. Who has a block with the author is not named, and is not told so.</summary>
    public async Task<IReadOnlyList<PlannedMention>> MentionsAsync(IReadOnlyDictionary<string, Account> named, Id<Account> me, CancellationToken ct)
    {
        List<Id<Account>> ids = [.. named.Values.Select(a => a.Id).Distinct()];
        if (ids.Count == 0) return [];
        var blocked = await db.Blocks.Where(b => (b.AccountId == me && ids.Contains(b.TargetId)) || (b.TargetId == me && ids.Contains(b.AccountId)))
            .Select(b => b.AccountId == me ? b.TargetId : b.AccountId).ToListAsync(ct);
        return [.. named.Values.DistinctBy(a => a.Id).Where(a => !blocked.Contains(a.Id)).Select(a => new PlannedMention(a, Silent: false))];
    }

    private async Task<Place> PlaceAsync(NewStatus wanted, Account author, Status? answered, Viewer viewer, CancellationToken ct)
    {
        var asked = wanted.Visibility ?? (answered is { Visibility: not Visibility.Public } ? answered.Visibility : author.DefaultVisibility);
        if ((wanted.Discussion ?? answered?.DiscussionId) is { } discussion) return await InDiscussionAsync(discussion, asked, viewer, ct);
        // What is said among some stays among them, whatever the app asked for.
        if (answered is { Visibility: Visibility.Members or Visibility.Group } && asked != Visibility.Direct) return new(answered.Visibility, answered.GroupId, null, null);
        if (asked == Visibility.Members && viewer.Actor.Role <= Role.Guest) throw Refusal.Forbidden();
        if (asked != Visibility.Group) return new(asked, null, null, null);
        var group = wanted.Group ?? throw Refusal.Invalid("audience", "Name the group.", "group_missing");
        var (member, principal) = (viewer.Actor.Demand(), Principal.Of(group));
        if (!await db.PrincipalMembers.AnyAsync(p => p.Principal == principal && p.MemberId == member, ct)) throw Refusal.NotFound("Record not found");
        return new(Visibility.Group, group, null, null);
    }

    private async Task<Place> InDiscussionAsync(Id<Discussion> id, Visibility asked, Viewer viewer, CancellationToken ct)
    {
        var discussion = await db.Discussions.FirstAsync(d => d.Id == id, ct);
        if (discussion.State != DiscussionState.Open || discussion.MayComment == Contracts.Social.MayComment.Nobody) throw Refusal.Conflict("discussion_closed", "This discussion is closed.");
        if (viewer.Actor.Role <= Role.Guest && !discussion.Audience.IsStored) throw Refusal.Forbidden();
        if (asked == Visibility.Direct) return new(Visibility.Direct, null, null, id);
        return discussion.Audience.IsPublic ? new(Visibility.Unlisted, null, null, id)
            : discussion.Audience == Audience.Members ? new(Visibility.Members, null, null, id)
            : new(Visibility.Group, null, discussion.Audience, id);
    }

    private sealed record Place(Visibility Visibility, Id<Group>? Group, Audience? Audience, Id<Discussion>? Discussion);
}
