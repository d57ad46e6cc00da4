using Atrium.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Notifications, in groups. Who looks at the newest has read them, in every app.</summary>
internal static class NoticePages
{
    private static readonly string[] Grouped = ["favourite", "reblog", "follow"];

    public static void Map(RouteGroupBuilder pages) => pages.MapGet("/social/notifications", ShowAsync);

    private static async Task<IResult> ShowAsync(string? only, PageCall call, SocialDb db, NoticeReader notices, PostShow show, AccountReader accounts, ReadMarker marker, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var me = viewer.Demand();
        only = only == "mention" ? only : null;
        var page = await (call.Paging with { Limit = 40 }).CutAsync(notices.Standing(viewer, new(only is null ? [] : [only], [], null, Filtered: false)), n => n.Id, ct);
        var found = await notices.GroupedAsync(page.Rows, Grouped, viewer, ct);
        var read = await marker.AtAsync("notifications", me, ct);
        if (call.Newest() is null && only is null && page.First > read) await marker.MoveAsync("notifications", page.First, me, ct);

        var people = (await show.PeopleAsync(found.Accounts, ct)).ToDictionary(p => p.Id);
        var posts = (await show.ManyAsync(found.Statuses, call.Here, ct)).ToDictionary(p => p.Id);
        var details = page.Rows.Where(n => n.Detail is not null).ToDictionary(n => n.Id.Value, n => n.Detail);
        var asking = await db.Follows.Where(f => f.TargetId == me && f.State == FollowState.Requested).OrderBy(f => f.Id).Take(20).Select(f => f.AccountId).ToListAsync(ct);
        return call.Page<Pages.NoticesPage>(new
        {
            Model = new NoticesModel([.. found.NotificationGroups.Select(g => Line(g, people, posts, read, details))])
            {
                Only = only, Older = call.Older(page), Newest = call.Newest(), Asking = await show.PeopleAsync(await accounts.ByIdAsync(asking, ct), ct),
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
        "update" or "quoted_update" => ("edit", "edited a post"),
        "quote" => ("reply", "quoted your post"),
        "moderation_warning" => ("warn", "The moderators have a word for you"),
        _ => ("info", "did something"),
    };
}
