using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Atrium.Social;

/// <summary>
/// Slows down spam: how often one may post, follow, report, and what somebody may do on their first day. Moderators are not braked, nor is what
/// the house does itself; a house whose <c>RateLimits:On</c> is false has no brakes.
/// </summary>
internal sealed class Brakes(SocialDb db, BrakeWindows windows, HouseSettings settings, IConfiguration configuration, IHttpContextAccessor accessor)
{
    private static readonly Setting NewHours = Setting.Number("social.new_member_hours", "Hours for which a member is new", 24, 0, 24 * 365, "New members have the narrower limits below. 0 is none.");
    private static readonly Setting NewLinks = Setting.Number("social.new_member_links", "Links a new member may post in a day", 3, 0, 1000);
    private static readonly Setting NewMentions = Setting.Number("social.new_member_mentions", "People a new member may mention in a post", 5, 0, 1000);
    private static readonly Setting NewStrangers = new("social.new_member_strangers", "New members may write privately to people who do not follow them", SettingKind.Switch, "false");

    public static Setting[] Settings { get; } = [NewHours, NewLinks, NewMentions, NewStrangers, .. Brake.All.Select(b => b.Setting)];

    /// <summary>Counts something done.</summary>
    /// <exception cref="Refusal">Too many.</exception>
    public async Task TakeAsync(Brake brake, Viewer viewer, CancellationToken ct, int many = 1)
    {
        if (!Holds(viewer) || many == 0) return;
        var most = (int)await settings.NumberAsync(brake.Setting, ct);
        if (most <= 0) return;
        var (count, reset) = windows.Add(viewer.Demand(), brake, many);
        Tell(most, Math.Max(0, most - count), reset);
        if (count > most) throw Refusal.TooMany(reset);
    }

    /// <summary>A post is about to be written.</summary>
    /// <exception cref="Refusal">Too many; invalid: <c>too_many</c>; forbidden.</exception>
    public async Task PostAsync(StatusPlan plan, Viewer viewer, CancellationToken ct)
    {
        if (!Holds(viewer)) return;
        await TakeAsync(Brake.Posts, viewer, ct);
        await WordsAsync(plan.Author, plan.Wanted, viewer, ct);
        await PrivatelyAsync(plan.Author, plan.Visibility, plan.Mentions, plan.Answered?.AccountId, viewer, ct, plan.Missing);
    }

    /// <summary>A post is about to be sent to people: where it is private, few of them are strangers.</summary>
    /// <param name="answered">Whose post it answers.</param>
    /// <param name="missing">How many more it will be sent to once they are found.</param>
    /// <exception cref="Refusal">Too many; forbidden: <c>new_member</c>.</exception>
    public async Task PrivatelyAsync(Account author, Visibility visibility, IReadOnlyList<PlannedMention> to, Id<Account>? answered, Viewer viewer, CancellationToken ct, int missing = 0)
    {
        if (!Holds(viewer) || visibility != Visibility.Direct || to.Count + missing == 0) return;
        var strangers = missing + (to.Count == 0 ? 0 : await StrangersAsync(author.Id, to, answered, ct));
        if (strangers == 0) return;
        if (await IsNewAsync(author, ct) && !await settings.IsOnAsync(NewStrangers, ct))
            throw Refusal.Forbidden("On your first day you can write privately only to people who follow you.", "new_member");
        await TakeAsync(Brake.Strangers, viewer, ct, strangers);
    }

    /// <summary>What a new member wants to say names no more people and links than they may.</summary>
    public async Task WordsAsync(Account author, NewStatus wanted, Viewer viewer, CancellationToken ct)
    {
        var said = PostText.Names(wanted.Text);
        if (!Holds(viewer) || (said.Accounts.Count == 0 && said.Links.Count == 0) || !await IsNewAsync(author, ct)) return;
        var mentions = await settings.NumberAsync(NewMentions, ct);
        if (said.Accounts.Count > mentions) throw Refusal.Invalid("status", $"On your first day you can mention up to {mentions} people in a post.", "too_many");
        if (said.Links.Count == 0) return;
        var (me, since, links) = (author.Id, db.Now.AddDays(-1), await settings.NumberAsync(NewLinks, ct));
        var before = await db.Statuses.Where(s => s.AccountId == me && s.CreatedAt > since).Select(s => s.Source).ToListAsync(ct);
        // What waits for its hour would come without being asked again.
        var waiting = await db.Scheduled.Where(s => s.AccountId == me && s.State == ScheduleState.Waiting && s.Id != wanted.Instead).Select(s => s.Params).ToListAsync(ct);
        before.AddRange(waiting.Select(p => NewStatus.FromJson(p).Text));
        if (before.Sum(text => PostText.Names(text).Links.Count) + said.Links.Count > links) throw Refusal.Invalid("status", $"On your first day you can post up to {links} links.", "too_many");
    }

    private bool Holds(Viewer viewer) => accessor.HttpContext is not null && viewer is { Me: not null, Actor.IsModerator: false } && RateLimiter.IsOn(configuration);

    private async Task<bool> IsNewAsync(Account author, CancellationToken ct) => db.Now - author.CreatedAt < TimeSpan.FromHours(await settings.NumberAsync(NewHours, ct));

    // Who wrote first, or follows, is none.
    private async Task<int> StrangersAsync(Id<Account> me, IReadOnlyList<PlannedMention> to, Id<Account>? answered, CancellationToken ct)
    {
        List<Id<Account>> named = [.. to.Select(m => m.Account.Id).Where(id => id != me && id != answered)];
        if (named.Count == 0) return 0;
        return named.Count - await db.Follows.CountAsync(f => f.TargetId == me && named.Contains(f.AccountId) && f.State == FollowState.Accepted, ct);
    }

    // The narrowest limit is the one that matters to a caller.
    private void Tell(int most, int left, TimeSpan reset)
    {
        if (accessor.HttpContext?.Response is not { HasStarted: false } response) return;
        if (int.TryParse(response.Headers["X-RateLimit-Remaining"], NumberStyles.None, CultureInfo.InvariantCulture, out var other) && other <= left) return;
        response.Headers["X-RateLimit-Limit"] = most.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Remaining"] = left.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Reset"] = (db.Now + reset).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
    }
}
