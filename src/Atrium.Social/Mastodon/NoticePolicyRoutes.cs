using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Whose notifications are kept apart, and those that were.</summary>
internal static class NoticePolicyRoutes
{
    private static readonly (string First, string Second)[] Rules =
    [
        ("filter_not_following", "for_not_following"), ("filter_not_followers", "for_not_followers"), ("filter_new_accounts", "for_new_accounts"),
        ("filter_private_mentions", "for_private_mentions"), ("filter_limited_accounts", "for_limited_accounts"),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        foreach (var second in (bool[])[true, false])
        {
            var (path, suffix) = second ? ("v2", "") : ("v1", "V1");
            api.Mine("GET", path + "/notifications/policy", "getNotificationPolicy" + suffix, "Shows whose notifications are kept apart", "read:notifications", (Wire wire, NoticePolicyDesk desk, CancellationToken ct) => ShowAsync(second, wire, desk, ct));
            api.Mine("PATCH", path + "/notifications/policy", "editNotificationPolicy" + suffix, "Says whose notifications are kept apart", "write:notifications", (Wire wire, NoticePolicyDesk desk, CancellationToken ct) => EditAsync(second, wire, desk, ct));
        }

        api.Mine("GET", "v1/notifications/requests", "getNotificationRequests", "Lists people whose notifications are kept apart", "read:notifications", RequestsAsync);
        api.Mine("GET", "v1/notifications/requests/merged", "getRequestsMerged", "Says whether what was let in has arrived", "read:notifications", () => Wire.Json(new { merged = true }));
        api.Mine("GET", "v1/notifications/requests/{id}", "getNotificationRequest", "Shows one of them", "read:notifications", RequestAsync);
        foreach (var (verb, state) in (ReadOnlySpan<(string, RequestState)>)[("accept", RequestState.Accepted), ("dismiss", RequestState.Dismissed)])
        {
            api.Mine("POST", $"v1/notifications/requests/{{id}}/{verb}", verb + "NotificationRequest", "Decides about one of them", "write:notifications", (long id, Wire wire, NoticePolicyDesk desk, CancellationToken ct) => DecideAsync([new(id)], state, wire, desk, ct));
            api.Mine("POST", $"v1/notifications/requests/{verb}", verb + "NotificationRequests", "Decides about several of them", "write:notifications", (Wire wire, NoticePolicyDesk desk, CancellationToken ct) => DecideAsync(wire.SentIds<NoticeRequest>("id"), state, wire, desk, ct));
        }
    }

    private static async Task<IResult> ShowAsync(bool second, Wire wire, NoticePolicyDesk desk, CancellationToken ct)
    {
        var policy = await desk.ReadAsync(wire.Viewer, ct);
        var pending = await desk.Pending(wire.Viewer).GroupBy(r => 1).Select(g => new { Requests = g.Count(), Notices = g.Sum(r => r.Count) }).FirstOrDefaultAsync(ct);
        var summary = new NoticePolicySummaryEntity(pending?.Requests ?? 0, pending?.Notices ?? 0);
        NoticeRule[] rules = [policy.NotFollowing, policy.NotFollowers, policy.NewAccounts, policy.PrivateMentions, policy.LimitedAccounts];
        if (second) return Wire.Json(new NoticePolicyEntity(Word(rules[0]), Word(rules[1]), Word(rules[2]), Word(rules[3]), Word(rules[4]), summary));
        var first = Rules.Zip(rules).ToDictionary(r => r.First.First, r => (object)(r.Second != NoticeRule.Accept));
        first["summary"] = summary;
        return Wire.Json(first);
    }

    private static async Task<IResult> EditAsync(bool second, Wire wire, NoticePolicyDesk desk, CancellationToken ct)
    {
        NoticeRule? Asked(int i) => second
            ? wire.Sent.Text(Rules[i].Second) is { Length: > 0 } word ? Enum.TryParse<NoticeRule>(word, ignoreCase: true, out var rule) && !int.TryParse(word, out _) ? rule : throw Refusal.Invalid(Rules[i].Second, $"{Rules[i].Second} is not included in the list") : null
            : wire.Sent.Switch(Rules[i].First) is { } on ? on ? NoticeRule.Filter : NoticeRule.Accept : null;
        await desk.EditAsync(new(Asked(0), Asked(1), Asked(2), Asked(3), Asked(4)), wire.Viewer, ct);
        return await ShowAsync(second, wire, desk, ct);
    }

    private static async Task<IResult> RequestsAsync(Wire wire, SocialDb db, AccountReader accounts, StatusReader statuses, CancellationToken ct)
    {
        var me = wire.Me;
        var page = await wire.Paging(40, 80).CutAsync(db.NoticeRequests.Where(r => r.AccountId == me && r.State == RequestState.Pending), r => r.Id, ct);
        return wire.Page(page, await EntitiesAsync(page.Rows, wire, accounts, statuses, ct));
    }

    private static async Task<IResult> RequestAsync(long id, Wire wire, SocialDb db, AccountReader accounts, StatusReader statuses, CancellationToken ct)
    {
        var (request, me) = (new Id<NoticeRequest>(id), wire.Me);
        var row = await db.NoticeRequests.FirstOrDefaultAsync(r => r.Id == request && r.AccountId == me, ct) ?? throw Wire.NotFound();
        return await EntitiesAsync([row], wire, accounts, statuses, ct) is [var one] ? Wire.Json(one) : throw Wire.NotFound();
    }

    private static async Task<IReadOnlyList<NoticeRequestEntity>> EntitiesAsync(IReadOnlyList<NoticeRequest> rows, Wire wire, AccountReader accounts, StatusReader statuses, CancellationToken ct)
    {
        var people = (await accounts.ByIdAsync([.. rows.Select(r => r.FromId)], ct)).ToDictionary(a => a.Id);
        var posts = (await statuses.ByIdAsync([.. rows.Select(r => r.LastStatusId).OfType<Id<Status>>()], wire.Viewer, ct)).ToDictionary(s => s.Id);
        return [.. rows.Where(r => people.ContainsKey(r.FromId.ToString())).Select(r => new NoticeRequestEntity(
            r.Id.ToString(), r.CreatedAt, r.UpdatedAt, r.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), people[r.FromId.ToString()],
            r.LastStatusId is { } last ? posts.GetValueOrDefault(last.ToString()) : null))];
    }

    private static async Task<IResult> DecideAsync(IReadOnlyList<Id<NoticeRequest>> ids, RequestState state, Wire wire, NoticePolicyDesk desk, CancellationToken ct)
    {
        await desk.DecideAsync(ids, state, wire.Viewer, ct);
        return Wire.Empty();
    }

    private static string Word(NoticeRule rule) => rule.ToString().ToLowerInvariant();
}
