using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Notifications, in groups. Who looks at the newest has read them, in every app.</summary>
internal static class NoticePages
{
    /// <summary>What the list can be narrowed to.</summary>
    internal static readonly (string Type, string Words)[] Kinds = [("mention", "Mentions"), ("favourite", "Likes"), ("reblog", "Boosts"), ("follow", "Followers"), ("poll", "Polls"), ("update", "Edits")];

    private static readonly string[] Grouped = ["favourite", "reblog", "follow"];

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/social/notifications", ShowAsync);
        pages.MapGet("/social/notifications/requests", RequestsAsync);
        pages.MapPost("/social/notifications/requests/{id}", DecideAsync).Rate(RateClass.Write);
    }

    private static async Task<IResult> RequestsAsync(PageCall call, NoticePolicyDesk desk, AccountReader accounts, StatusReader statuses, PostShow show, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var page = await (call.Paging with { Limit = 40 }).CutAsync(desk.Pending(viewer), r => r.Id, ct);
        var people = (await show.PeopleAsync(await accounts.ByIdAsync([.. page.Rows.Select(r => r.FromId)], ct), ct)).ToDictionary(p => p.Id);
        var posts = (await show.ManyAsync(await statuses.ByIdAsync([.. page.Rows.Select(r => r.LastStatusId).OfType<Id<Status>>()], viewer, ct), call.Here, ct)).ToDictionary(p => p.Id);
        return call.Page<Pages.NoticeRequestsPage>(new
        {
            Model = new NoticeRequestsModel([.. page.Rows.Where(r => people.ContainsKey(r.FromId.ToString())).Select(r =>
                new NoticeRequestLine(r.Id.ToString(), people[r.FromId.ToString()], r.Count, r.UpdatedAt, r.LastStatusId is { } last ? posts.GetValueOrDefault(last.ToString()) : null))])
            {
                Older = call.Older(page), Newest = call.Newest(),
            },
        });
    }

    private static async Task<IResult> DecideAsync(Id<NoticeRequest> id, PageCall call, NoticePolicyDesk desk, CancellationToken ct)
    {
        var form = await call.Http.Request.ReadFormAsync(ct);
        await desk.DecideAsync([id], form.Text("act") == "accept" ? RequestState.Accepted : RequestState.Dismissed, await call.ViewerAsync(ct), ct);
        return call.SeeOther("/social/notifications/requests");
    }

    private static async Task<IResult> ShowAsync(
        string? only, PageCall call, SocialDb db, NoticeReader notices, NoticePolicyDesk policy, PostShow show, AccountReader accounts, ReadMarker marker, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var me = viewer.Demand();
        var cursor = await OwnTopic.NoticesAsync(db, me, ct);
        only = Kinds.Any(k => k.Type == only) ? only : null;
        var page = await (call.Paging with { Limit = 40 }).CutAsync(notices.Standing(viewer, new(only is null ? [] : [only], [], null, Filtered: false)), n => n.Id, ct);
        var found = await notices.GroupedAsync(page.Rows, Grouped, viewer, ct);
        var read = await marker.AtAsync("notifications", me, ct);
        if (call.Newest() is null && only is null && page.First > read) await marker.MoveAsync("notifications", page.First, me, ct);

        var people = (await show.PeopleAsync(found.Accounts, ct)).ToDictionary(p => p.Id);
        var posts = (await show.ManyAsync(found.Statuses, call.Here, ct)).ToDictionary(p => p.Id);
        var details = page.Rows.Where(n => n.Detail is not null && n.Type != NoticeType.AdminReport).ToDictionary(n => n.Id.Value, n => n.Type == NoticeType.SeveredRelationships ? Severed.Of(n).Words : n.Detail);
        var asking = await db.Follows.Where(f => f.TargetId == me && f.State == FollowState.Requested).OrderBy(f => f.Id).Take(20).Select(f => f.AccountId).ToListAsync(ct);
        return call.Page<Pages.NoticesPage>(new
        {
            Model = new NoticesModel([.. found.NotificationGroups.Select(g => Line(g, people, posts, read, details))])
            {
                Only = only, Older = call.Older(page), Newest = call.Newest(), Apart = await policy.Pending(viewer).CountAsync(ct), Asking = await show.PeopleAsync(await accounts.ByIdAsync(asking, ct), ct),
                Topic = OwnTopic.NoticesOf(me), Cursor = cursor, Here = call.Here,
            },
        });
    }

    private static NoticeLine Line(NoticeGroupEntity group, Dictionary<string, PersonModel> people, Dictionary<string, Post> posts, long read, Dictionary<long, string?> details)
    {
        var (icon, words) = Words(group.Type);
        return new(
            group.Type, icon, words, [.. group.SampleAccountIds.Select(people.GetValueOrDefault).OfType<PersonModel>()], group.NotificationsCount, group.LatestPageNotificationAt,
            group.StatusId is { } status ? posts.GetValueOrDefault(status) : null, group.MostRecentNotificationId > read, details.GetValueOrDefault(group.MostRecentNotificationId));
    }

    private static (string Icon, string Words) Words(string type) => type switch
    {
        "mention" => ("at", "mentioned you"),
        "status" => ("bell", "posted"),
        "reblog" => ("boost", "boosted your post"),
        "follow" => ("person", "follows you"),
        "follow_request" => ("person", "asks to follow you"),
        "favourite" => ("heart", "likes your post"),
        "poll" => ("poll", "ran a poll that has ended"),
        "update" => ("edit", "edited a post"),
        "quoted_update" => ("edit", "edited a post you quoted"),
        "quote" => ("reply", "quoted your post"),
        "moderation_warning" => ("warn", "The moderators have a word for you"),
        "severed_relationships" => ("warn", "Follows of yours have ended"),
        "admin.sign_up" => ("person", "joined the house"),
        "admin.report" => ("flag", "reported something to the moderators"),
        _ => ("info", "did something"),
    };
}
