using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

internal sealed record MarkerEntity(string LastReadId, long Version, DateTimeOffset UpdatedAt);

internal sealed record ConversationEntity(string Id, bool Unread, IReadOnlyList<AccountEntity> Accounts, StatusEntity? LastStatus);

/// <summary>What is a member's own: likes, bookmarks, markers, conversations, scheduled posts, polls, preferences.</summary>
internal static class MineRoutes
{
    private static readonly string[] Timelines = ["home", "notifications"];

    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("GET", "v1/favourites", "getFavourites", "Lists what you like", "read:favourites", FavouritesAsync);
        api.Mine("GET", "v1/bookmarks", "getBookmarks", "Lists what you keep", "read:bookmarks", BookmarksAsync);
        api.Mine("GET", "v1/markers", "getMarkers", "Says how far you read", "read:statuses", MarkersAsync);
        api.Mine("POST", "v1/markers", "saveMarkers", "Notes how far you read", "write:statuses", SaveMarkersAsync);
        api.Mine("GET", "v1/conversations", "getConversations", "Lists your private conversations", "read:statuses", ConversationsAsync);
        api.Mine("DELETE", "v1/conversations/{id}", "deleteConversation", "Takes a conversation off the list", "write:conversations", (string id, Wire wire, SocialDb db, StatusReader statuses, AccountReader accounts, CancellationToken ct) => TouchAsync(id, c => c.Removed = true, wire, db, statuses, accounts, ct));
        api.Mine("POST", "v1/conversations/{id}/read", "readConversation", "Notes that a conversation was read", "write:conversations", (string id, Wire wire, SocialDb db, StatusReader statuses, AccountReader accounts, CancellationToken ct) => TouchAsync(id, c => c.Unread = false, wire, db, statuses, accounts, ct));
        api.Mine("GET", "v1/scheduled_statuses", "getScheduledStatuses", "Lists your scheduled posts", "read:statuses", async (Wire wire, ScheduleStatus schedule, CancellationToken ct) =>
        {
            var page = await schedule.ListAsync(wire.Paging(), wire.Viewer, ct);
            List<ScheduledStatusEntity> shown = [];
            foreach (var row in page.Rows) shown.Add(await schedule.EntityAsync(row, ct));
            return wire.Page(page, shown);
        });
        api.Mine("GET", "v1/scheduled_statuses/{id}", "getScheduledStatus", "Shows a scheduled post", "read:statuses", async (string id, Wire wire, ScheduleStatus schedule, CancellationToken ct) => Wire.Json(await schedule.OneAsync(Wire.Id<ScheduledStatus>(id), wire.Viewer, ct)));
        api.Mine("PUT", "v1/scheduled_statuses/{id}", "moveScheduledStatus", "Moves a scheduled post", "write:statuses", async (string id, Wire wire, ScheduleStatus schedule, CancellationToken ct) =>
            Wire.Json(await schedule.MoveAsync(Wire.Id<ScheduledStatus>(id), NewStatusReader.Instant(wire.Sent.Text("scheduled_at") ?? ""), wire.Viewer, ct)));
        api.Mine("DELETE", "v1/scheduled_statuses/{id}", "cancelScheduledStatus", "Cancels a scheduled post", "write:statuses", async (string id, Wire wire, ScheduleStatus schedule, CancellationToken ct) =>
        {
            await schedule.CancelAsync(Wire.Id<ScheduledStatus>(id), wire.Viewer, ct);
            return Wire.Empty();
        });
        api.Open("GET", "v1/polls/{id}", "getPoll", "Shows a poll", "read:statuses", async (string id, Wire wire, VoteInPoll polls, CancellationToken ct) => Wire.Json(await polls.ShowAsync(Wire.Id<Poll>(id), wire.Viewer, ct)));
        api.Mine("POST", "v1/polls/{id}/votes", "voteInPoll", "Answers a poll", "write:statuses", async (string id, Wire wire, VoteInPoll polls, CancellationToken ct) =>
        {
            await polls.HandleAsync(Wire.Id<Poll>(id), [.. wire.Sent.List("choices").Select(c => int.TryParse(c, out var n) ? n : -1)], wire.Viewer, ct);
            return Wire.Json(await polls.ShowAsync(Wire.Id<Poll>(id), wire.Viewer, ct));
        });
        api.Mine("GET", "v1/preferences", "getPreferences", "Shows how you like to post and read", "read:accounts", PreferencesAsync);
    }

    private static async Task<IResult> FavouritesAsync(Wire wire, SocialDb db, StatusReader reader, CancellationToken ct)
    {
        var me = wire.Me;
        var seen = db.Statuses.VisibleTo(wire.Viewer, db);
        var page = await wire.Paging().CutAsync(db.Favourites.Where(f => f.AccountId == me && seen.Any(s => s.Id == f.StatusId)), f => f.Id, ct);
        return wire.Page(page, await reader.ByIdAsync([.. page.Rows.Select(f => f.StatusId)], wire.Viewer, ct));
    }

    private static async Task<IResult> BookmarksAsync(Wire wire, SocialDb db, StatusReader reader, CancellationToken ct)
    {
        var me = wire.Me;
        var seen = db.Statuses.VisibleTo(wire.Viewer, db);
        var page = await wire.Paging().CutAsync(db.Bookmarks.Where(f => f.AccountId == me && seen.Any(s => s.Id == f.StatusId)), f => f.Id, ct);
        return wire.Page(page, await reader.ByIdAsync([.. page.Rows.Select(f => f.StatusId)], wire.Viewer, ct));
    }

    private static async Task<IResult> MarkersAsync(Wire wire, SocialDb db, CancellationToken ct)
    {
        var me = wire.Me;
        var wanted = wire.Sent.List("timeline");
        var rows = await db.Markers.Where(m => m.AccountId == me && (wanted.Count == 0 || wanted.Contains(m.Timeline))).ToListAsync(ct);
        return Wire.Json(rows.ToDictionary(m => m.Timeline, Entity));
    }

    private static async Task<IResult> SaveMarkersAsync(Wire wire, SocialDb db, ReadMarker marker, CancellationToken ct)
    {
        var me = wire.Me;
        Dictionary<string, MarkerEntity> saved = [];
        foreach (var timeline in Timelines)
        {
            if (wire.Sent.Part(timeline) is not { } sent || sent.Number("last_read_id") is not { } read) continue;
            await marker.MoveAsync(timeline, await marker.MeantAsync(timeline, read, me, ct), me, ct, version: sent.Number("version"));
            saved[timeline] = Entity(await db.Markers.FirstAsync(m => m.AccountId == me && m.Timeline == timeline, ct));
        }

        return Wire.Json(saved);
    }

    private static MarkerEntity Entity(Marker marker) => new(marker.LastRead.ToString(System.Globalization.CultureInfo.InvariantCulture), marker.Version, marker.UpdatedAt);

    private static async Task<IResult> ConversationsAsync(Wire wire, SocialDb db, StatusReader statuses, AccountReader accounts, CancellationToken ct)
    {
        var me = wire.Me;
        var page = await wire.Paging().CutAsync(db.Conversations.Where(c => c.AccountId == me && !c.Removed), c => c.LastStatusId, ct);
        return wire.Page(page, await EntitiesAsync(page.Rows, wire.Viewer, statuses, accounts, ct));
    }

    /// <summary>Conversations as apps read them.</summary>
    internal static async Task<IReadOnlyList<ConversationEntity>> EntitiesAsync(IReadOnlyList<ConversationRead> rows, Viewer viewer, StatusReader statuses, AccountReader accounts, CancellationToken ct)
    {
        var posts = (await statuses.ByIdAsync([.. rows.Select(r => r.LastStatusId)], viewer, ct)).ToDictionary(s => s.Id);
        var people = (await accounts.ByIdAsync([.. rows.SelectMany(r => r.Others).Distinct().Select(o => new Id<Account>(o))], ct)).ToDictionary(a => a.Id);
        return [.. rows.Select(r => new ConversationEntity(
            r.Id.ToString(), r.Unread, [.. r.Others.Select(o => people.GetValueOrDefault(new Id<Account>(o).ToString())).OfType<AccountEntity>()], posts.GetValueOrDefault(r.LastStatusId.ToString())))];
    }

    private static async Task<IResult> TouchAsync(string id, Action<ConversationRead> change, Wire wire, SocialDb db, StatusReader statuses, AccountReader accounts, CancellationToken ct)
    {
        var (conversation, me) = (Wire.Id<ConversationRead>(id), wire.Me);
        var row = await db.WriteAsync(
            async token =>
            {
                var found = await db.Conversations.AsTracking().FirstOrDefaultAsync(c => c.Id == conversation && c.AccountId == me, token) ?? throw Wire.NotFound();
                change(found);
                OwnTopic.Wake(db, OwnTopic.MessagesOf(me));
                return found;
            },
            ct);
        return row.Removed ? Wire.Empty() : Wire.Json((await EntitiesAsync([row], wire.Viewer, statuses, accounts, ct))[0]);
    }

    private static async Task<IResult> PreferencesAsync(Wire wire, SocialDb db, CancellationToken ct)
    {
        var me = wire.Me;
        var account = await db.Accounts.FirstAsync(a => a.Id == me, ct);
        return Wire.Json(new Dictionary<string, object?>
        {
            ["posting:default:visibility"] = EntityWriter.Word(account.DefaultVisibility),
            ["posting:default:sensitive"] = account.DefaultSensitive,
            ["posting:default:language"] = account.DefaultLanguage,
            ["posting:default:quote_policy"] = account.DefaultQuotePolicy.ToString().ToLowerInvariant(),
            ["reading:expand:media"] = "default",
            ["reading:expand:spoilers"] = false,
            ["reading:autoplay:gifs"] = false,
        });
    }
}
