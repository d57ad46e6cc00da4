using System.Globalization;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>What somebody did that others are told of.</summary>
/// <param name="Activity">What makes it the same act when it comes twice: <c>favourite:{account}:{status}</c>.</param>
/// <param name="Status">What it is about.</param>
/// <param name="Line">What Home says of it, where that is more than who did what.</param>
internal sealed record Happening(NoticeType Type, Id<Account> From, string Activity, Status? Status = null, string? Detail = null, HomeLine? Line = null);

/// <param name="Kind">Null for the kind that goes with the type.</param>
/// <param name="Subject">Null for the post, or who did it.</param>
/// <param name="Href">Null for the subject's own address.</param>
internal sealed record HomeLine(string Text, string? Kind = null, Thing? Subject = null, string? Href = null);

/// <summary>
/// Tells accounts what happened, inside the transaction in which it did: each at most once, nobody who blocked its cause, or the server it comes from, or muted it, or hides posts
/// like it, and apart from the rest where the reader's policy says so. What is told goes to Home's inbox, to streams and to pushes.
/// </summary>
internal sealed class Notifier(SocialDb db)
{
    private static readonly TimeSpan NewAccount = TimeSpan.FromDays(30);
    private static readonly TimeSpan GroupedWithin = TimeSpan.FromHours(12);

    public async Task TellAsync(Happening happening, IReadOnlyCollection<Id<Account>> targets, CancellationToken ct)
    {
        var readers = targets.Where(t => t != happening.From).Distinct().ToList();
        if (readers.Count == 0) return;
        await db.SaveChangesAsync(ct);
        var from = await db.Accounts.Where(a => a.Id == happening.From).Select(a => new Sender(a.MemberId, a.DisplayName, a.Username, a.CreatedAt, a.Standing)).FirstAsync(ct);
        var facts = await FactsAsync(happening, readers, ct);
        var deaf = await HiddenFromAsync(happening.Status, [.. facts.Where(f => f.Filters).Select(f => f.Id)], ct);
        foreach (var reader in facts)
        {
            if (reader.Blocked || reader.Muted || reader.ThreadMuted || deaf.Contains(reader.Id)) continue;
            var rule = RuleFor(reader, happening, from);
            if (rule == NoticeRule.Drop) continue;
            await AddAsync(happening, reader, from, rule == NoticeRule.Filter, ct);
        }
    }

    /// <summary>Tells an account of what became of something of its own: its poll has ended.</summary>
    public async Task TellOwnAsync(Happening happening, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        var own = await db.Accounts.Where(a => a.Id == happening.From && a.MemberId != null).Select(a => new { Member = a.MemberId!.Value, From = new Sender(a.MemberId, a.DisplayName, a.Username, a.CreatedAt, a.Standing) }).FirstOrDefaultAsync(ct);
        if (own is not null) await AddAsync(happening, new(happening.From, own.Member, false, false, false, true, true, true, true, false, null), own.From, filtered: false, ct);
    }

    private Task<List<Reader>> FactsAsync(Happening happening, List<Id<Account>> readers, CancellationToken ct)
    {
        var (from, now) = (happening.From, db.Now);
        var conversation = happening.Status?.ConversationId;
        return db.Accounts.Where(a => readers.Contains(a.Id) && a.MemberId != null).Select(a => new Reader(
            a.Id,
            a.MemberId!.Value,
            db.Blocks.Any(b => (b.AccountId == a.Id && b.TargetId == from) || (b.AccountId == from && b.TargetId == a.Id))
                || db.UserDomainBlocks.Any(d => d.AccountId == a.Id && db.Accounts.Any(f => f.Id == from && f.Domain == d.Domain)),
            db.Mutes.Any(m => m.AccountId == a.Id && m.TargetId == from && m.HideNotifications && (m.ExpiresAt == null || m.ExpiresAt > now)),
            conversation != null && db.ThreadMutes.Any(m => m.AccountId == a.Id && m.ConversationId == conversation),
            db.Follows.Any(f => f.AccountId == a.Id && f.TargetId == from && f.State == FollowState.Accepted),
            db.Follows.Any(f => f.AccountId == from && f.TargetId == a.Id && f.State == FollowState.Accepted),
            db.NoticeRequests.Any(r => r.AccountId == a.Id && r.FromId == from && r.State == RequestState.Accepted),
            conversation != null && db.Statuses.Any(s => s.ConversationId == conversation && s.AccountId == a.Id),
            db.Filters.Any(f => f.AccountId == a.Id && f.Action == FilterAction.Hide && (f.ExpiresAt == null || f.ExpiresAt > now)),
            db.NoticePolicies.FirstOrDefault(p => p.AccountId == a.Id))).ToListAsync(ct);
    }

    // Those whose filters hide a post from their notifications; what one wrote oneself is hidden from nobody.
    private async Task<HashSet<Id<Account>>> HiddenFromAsync(Status? status, List<Id<Account>> readers, CancellationToken ct)
    {
        if (status is null || readers.Count == 0) return [];
        var now = db.Now;
        var filters = await db.Filters.Where(f => readers.Contains(f.AccountId) && f.AccountId != status.AccountId && f.Action == FilterAction.Hide && (f.ExpiresAt == null || f.ExpiresAt > now)).Select(f => new
        {
            Filter = f, Keywords = db.FilterKeywords.Where(k => k.FilterId == f.Id).ToList(), Named = db.FilterStatuses.Any(s => s.FilterId == f.Id && s.StatusId == status.Id),
        }).ToListAsync(ct);
        var said = status.PollId is { } poll && filters.Count > 0 ? await db.PollOptions.Where(o => o.PollId == poll).Select(o => o.Title).ToListAsync(ct) : [];
        return [.. filters.Where(f => new FilterSet([Active(f.Filter, f.Keywords, f.Named ? status : null)]).Of(status, said, "notifications").Count > 0).Select(f => f.Filter.AccountId)];
    }

    private static ActiveFilter Active(PostFilter filter, List<FilterKeyword> words, Status? named) => new(
        filter.Id.Value, filter.Title, filter.Contexts, filter.Action, filter.ExpiresAt, [.. words.Select(k => new ActiveKeyword(k.Keyword, k.WholeWord))], named is null ? new HashSet<long>() : [named.Id.Value]);

    private NoticeRule RuleFor(Reader reader, Happening happening, Sender from)
    {
        if (reader.LetIn || reader.Follows || happening.Type is NoticeType.Poll or NoticeType.Status or NoticeType.Update or NoticeType.ModerationWarning or NoticeType.SeveredRelationships
            or NoticeType.AdminSignUp or NoticeType.AdminReport)
            return NoticeRule.Accept;
        var policy = reader.Policy ?? new();
        List<NoticeRule> rules = [policy.NotFollowing];
        if (!reader.FollowedBy) rules.Add(policy.NotFollowers);
        if (db.Now - from.CreatedAt < NewAccount) rules.Add(policy.NewAccounts);
        if (from.Standing == AccountStanding.Limited) rules.Add(policy.LimitedAccounts);
        if (happening is { Type: NoticeType.Mention, Status.Visibility: Visibility.Direct } && !reader.TookPart) rules.Add(policy.PrivateMentions);
        return rules.Max();
    }

    private async Task AddAsync(Happening happening, Reader reader, Sender from, bool filtered, CancellationToken ct)
    {
        var id = Id<Notice>.New();
        List<object> parameters =
        [
            id.Value, reader.Id.Value, happening.Type.ToString(), happening.From.Value, happening.Activity, GroupKey(happening, id), filtered, db.Instant(db.Now), happening.Status?.Id.Value ?? 0L, happening.Detail ?? "",
        ];
        var sql = $$"""
            INSERT INTO social_notice (id, account_id, type, from_id, activity, status_id, group_key, filtered, created_at, detail)
            VALUES ({0}, {1}, {2}, {3}, {4}, {{(happening.Status is null ? "NULL" : "{8}")}}, {5}, {6}, {7}, {9}) ON CONFLICT DO NOTHING
            """;
        if (await db.Database.ExecuteSqlRawAsync(sql, parameters, ct) == 0) return;
        OwnTopic.Wake(db, OwnTopic.NoticesOf(reader.Id), id.Value);
        if (filtered)
        {
            await KeepApartAsync(happening, reader, ct);
            return;
        }

        db.Publish(new NoticeMade(id));
        db.Announce(SocialTopics.Notices, id.Value, "notice", new { account = reader.Id.ToString() });
        Raise(id, happening, reader.MemberId, from);
    }

    /// <summary>The key under which Home tells of a notification.</summary>
    public static string KeyOf(Id<Notice> notice) => $"social:{notice}";

    /// <summary>Tells Home of what was kept apart and is let in now, in the transaction under way.</summary>
    public async Task LetInAsync(IReadOnlyList<Notice> notices, Id<Member> reader, CancellationToken ct)
    {
        List<Id<Account>> ids = [.. notices.Select(n => n.FromId).Distinct()];
        var from = await db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => new Sender(a.MemberId, a.DisplayName, a.Username, a.CreatedAt, a.Standing), ct);
        List<Id<Status>> about = [.. notices.Select(n => n.StatusId).OfType<Id<Status>>().Distinct()];
        var posts = await db.Statuses.Where(s => about.Contains(s.Id) && s.DeletedAt == null).ToDictionaryAsync(s => s.Id, ct);
        foreach (var notice in notices)
            if (notice.StatusId is not { } id || posts.ContainsKey(id))
                Raise(notice.Id, new(notice.Type, notice.FromId, notice.Activity, notice.StatusId is { } status ? posts[status] : null), reader, from[notice.FromId]);
    }

    private void Raise(Id<Notice> id, Happening happening, Id<Member> reader, Sender from)
    {
        var line = happening.Line;
        if ((line?.Kind ?? NoticeKinds.KeyOf(happening.Type)) is not { } kind) return;
        var subject = line?.Subject ?? (happening.Status is { } status ? Thing.Of("status", status.Id) : Thing.Of("account", happening.From));
        var name = from.DisplayName.Length > 0 ? from.DisplayName : from.Username;
        db.Publish(new NotificationRaised(kind, [reader], subject, from.MemberId, line?.Text ?? NoticeKinds.Words(happening.Type, name), Once: KeyOf(id), Href: line?.Href), reader.ToString());
    }

    private Task KeepApartAsync(Happening happening, Reader reader, CancellationToken ct)
    {
        List<object> parameters = [Id<NoticeRequest>.New().Value, reader.Id.Value, happening.From.Value, happening.Status?.Id.Value ?? 0L, db.Instant(db.Now)];
        var status = happening.Status is null ? "NULL" : "{3}";
        var sql = $$"""
            INSERT INTO social_notice_request (id, account_id, from_id, last_status_id, count, state, created_at, updated_at)
            VALUES ({0}, {1}, {2}, {{status}}, 1, 'Pending', {4}, {4})
            ON CONFLICT (account_id, from_id) DO UPDATE SET count = social_notice_request.count + 1, updated_at = {4}, last_status_id = COALESCE({{status}}, social_notice_request.last_status_id)
            """;
        return db.Database.ExecuteSqlRawAsync(sql, parameters, ct);
    }

    private string GroupKey(Happening happening, Id<Notice> id)
    {
        var bucket = (db.Now.ToUnixTimeSeconds() / (long)GroupedWithin.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return happening.Type switch
        {
            NoticeType.Favourite or NoticeType.Reblog => $"{happening.Type.ToString().ToLowerInvariant()}-{happening.Status!.Id}-{bucket}",
            NoticeType.Follow => $"follow-{bucket}",
            _ => $"ungrouped-{id}",
        };
    }

    private sealed record Reader(
        Id<Account> Id, Id<Member> MemberId, bool Blocked, bool Muted, bool ThreadMuted, bool Follows, bool FollowedBy, bool LetIn, bool TookPart, bool Filters, NoticePolicy? Policy);

    private sealed record Sender(Id<Member>? MemberId, string DisplayName, string Username, DateTimeOffset CreatedAt, AccountStanding Standing);
}
