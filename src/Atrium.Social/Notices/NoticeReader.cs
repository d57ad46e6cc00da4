using System.Text.Json;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Which notifications are wanted.</summary>
internal sealed record NoticeWish(IReadOnlyList<string> Types, IReadOnlyList<string> Without, Id<Account>? From, bool Filtered);

/// <summary>Shows what an account was told: one by one, or in groups.</summary>
internal sealed class NoticeReader(SocialDb db, AccountReader accounts, StatusReader statuses)
{
    private const int MostSamples = 8;
    private const int MostUnread = 1000;

    /// <summary>What still stands for the reader: not dismissed, not of somebody hidden from them since.</summary>
    public IQueryable<Notice> Standing(Viewer viewer, NoticeWish wish)
    {
        var me = viewer.Demand();
        var now = db.Now;
        var rows = db.Notices.Where(n => n.AccountId == me && n.DismissedAt == null)
            .Where(n => !db.Mutes.Any(m => m.AccountId == me && m.TargetId == n.FromId && m.HideNotifications && (m.ExpiresAt == null || m.ExpiresAt > now)))
            .NotBlockedFor(viewer, db, n => n.FromId);
        if (!wish.Filtered) rows = rows.Where(n => !n.Filtered);
        if (wish.From is { } from) rows = rows.Where(n => n.FromId == from);
        if (wish.Types.Count > 0)
        {
            List<NoticeType> types = [.. wish.Types.Select(TypeOf).OfType<NoticeType>()];
            rows = rows.Where(n => types.Contains(n.Type));
        }

        List<NoticeType> without = [.. wish.Without.Select(TypeOf).OfType<NoticeType>()];
        return without.Count == 0 ? rows : rows.Where(n => !without.Contains(n.Type));
    }

    /// <summary>Notices as apps read them; those whose post the reader may no longer see are left out.</summary>
    public async Task<IReadOnlyList<NoticeEntity>> EntitiesAsync(IReadOnlyList<Notice> rows, Viewer viewer, CancellationToken ct)
    {
        var (people, posts, reports) = await PartsAsync(rows, viewer, ct);
        return [.. rows.Where(n => people.ContainsKey(n.FromId.ToString()) && (n.StatusId is null || posts.ContainsKey(n.StatusId.Value.ToString()))).Select(n =>
            new NoticeEntity(n.Id.ToString(), WordOf(n.Type), n.CreatedAt, n.GroupKey, people[n.FromId.ToString()])
            {
                Status = n.StatusId is { } status ? posts[status.ToString()] : null,
                Report = reports.GetValueOrDefault(n.Id),
                ModerationWarning = WarningOf(n, people),
                Event = EventOf(n),
            })];
    }

    /// <summary>A page of groups: as many rows as the page holds are gathered into groups.</summary>
    public async Task<GroupedNoticesEntity> GroupedAsync(IReadOnlyList<Notice> rows, IReadOnlyList<string> grouped, Viewer viewer, CancellationToken ct)
    {
        var groups = rows.GroupBy(n => grouped.Contains(WordOf(n.Type)) ? n.GroupKey : $"ungrouped-{n.Id}").ToList();
        var (people, posts, reports) = await PartsAsync(rows, viewer, ct);
        var shown = groups.Select(g => (g.Key, Rows: g.Where(n => people.ContainsKey(n.FromId.ToString()) && (n.StatusId is null || posts.ContainsKey(n.StatusId.Value.ToString()))).ToList()))
            .Where(g => g.Rows.Count > 0).ToList();
        List<string> keys = [.. shown.Select(g => g.Key).Where(k => !k.StartsWith("ungrouped", StringComparison.Ordinal))];
        var counts = keys.Count == 0 ? [] : await Standing(viewer, new([], [], null, Filtered: false)).Where(n => keys.Contains(n.GroupKey))
            .GroupBy(n => n.GroupKey).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return new([.. people.Values], [.. posts.Values], [.. shown.Select(g => Group(g.Key, g.Rows, counts.GetValueOrDefault(g.Key, g.Rows.Count), people, reports))]);
    }

    /// <summary>How many came after the marker, up to 1,000.</summary>
    public async Task<int> UnreadAsync(Viewer viewer, NoticeWish wish, int? limit, CancellationToken ct)
    {
        var me = viewer.Demand();
        var read = await db.Markers.Where(m => m.AccountId == me && m.Timeline == "notifications").Select(m => m.LastRead).FirstOrDefaultAsync(ct);
        var after = new Id<Notice>(read);
        return await Standing(viewer, wish).Where(n => n.Id > after).Take(Math.Clamp(limit ?? 100, 1, MostUnread)).CountAsync(ct);
    }

    /// <summary>A type as apps call it; null where it is none.</summary>
    public static NoticeType? TypeOf(string word) => Enum.GetValues<NoticeType>().Where(t => WordOf(t) == word).Select(t => (NoticeType?)t).FirstOrDefault();

    public static string WordOf(NoticeType type) => type switch
    {
        NoticeType.AdminSignUp => "admin.sign_up",
        NoticeType.AdminReport => "admin.report",
        _ => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString()),
    };

    private static NoticeGroupEntity Group(string key, List<Notice> rows, int count, Dictionary<string, AccountEntity> people, Dictionary<Id<Notice>, ReportEntity> reports) => new(
        key, count, WordOf(rows[0].Type), rows[0].Id.Value, rows[^1].Id.ToString(), rows[0].Id.ToString(), rows[0].CreatedAt, [.. rows.Select(n => n.FromId.ToString()).Distinct().Take(MostSamples)])
    {
        StatusId = rows[0].StatusId?.ToString(),
        Report = reports.GetValueOrDefault(rows[0].Id),
        ModerationWarning = WarningOf(rows[0], people),
        Event = EventOf(rows[0]),
    };

    private static WarningEntity? WarningOf(Notice notice, Dictionary<string, AccountEntity> people) =>
        notice.Type == NoticeType.ModerationWarning ? Warnings.Entity(notice, people[notice.FromId.ToString()]) : null;

    private static SeveranceEntity? EventOf(Notice notice) => notice.Type == NoticeType.SeveredRelationships ? Severed.Of(notice).Entity(notice) : null;

    private async Task<(Dictionary<string, AccountEntity> People, Dictionary<string, StatusEntity> Posts, Dictionary<Id<Notice>, ReportEntity> Reports)> PartsAsync(IReadOnlyList<Notice> rows, Viewer viewer, CancellationToken ct)
    {
        var people = await accounts.ByIdAsync([.. rows.Select(n => n.FromId).Distinct()], ct);
        var posts = await statuses.ByIdAsync([.. rows.Select(n => n.StatusId).OfType<Id<Status>>().Distinct()], viewer, ct, "notifications");
        return (people.ToDictionary(a => a.Id), posts.ToDictionary(s => s.Id), await ReportsAsync([.. rows.Where(n => n.Type == NoticeType.AdminReport)], ct));
    }

    private async Task<Dictionary<Id<Notice>, ReportEntity>> ReportsAsync(IReadOnlyList<Notice> told, CancellationToken ct)
    {
        if (told.Count == 0) return [];
        List<Id<FiledReport>> ids = [.. told.Select(n => Wire.Id<FiledReport>(n.Detail))];
        var reports = await db.Reports.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id.ToString(), ct);
        var targets = (await accounts.ByIdAsync([.. reports.Values.Select(r => r.TargetId).Distinct()], ct)).ToDictionary(a => a.Id);
        return told.Where(n => reports.TryGetValue(n.Detail!, out var report) && targets.ContainsKey(report.TargetId.ToString()))
            .ToDictionary(n => n.Id, n => ReportEntity.Of(reports[n.Detail!], targets[reports[n.Detail!].TargetId.ToString()]));
    }
}
