using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Changes how notifications reach the caller. Kinds that are not named stay as they are.</summary>
internal static class ChangePreferences
{
    /// <param name="Kinds">By the kind's key.</param>
    /// <param name="DigestHour">0 to 23; null for no digest.</param>
    public sealed record Request(Dictionary<string, ChannelChoice>? Kinds, int? DigestHour, int? QuietFrom, int? QuietUntil);

    public static void Map(RouteGroupBuilder home) => home.MapPut("/preferences", HandleAsync)
        .Operation("changePreferences", "Chooses by which channels you are told, the digest's hour and your quiet hours", "home:write", RateClass.Write);

    public static async Task<PreferencesView> HandleAsync(Request request, HomeDb db, NotificationKinds kinds, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        Check(request, kinds);
        var wanted = request.Kinds ?? [];
        await db.WriteAsync(
            async token =>
            {
                await db.TouchAsync([me], token);
                var reader = await db.Readers.AsTracking().FirstAsync(r => r.MemberId == me, token);
                (reader.DigestHour, reader.QuietFrom, reader.QuietUntil) = (request.DigestHour, request.QuietFrom, request.QuietUntil);
                var held = await db.Preferences.AsTracking().Where(p => p.MemberId == me && wanted.Keys.Contains(p.Kind)).ToDictionaryAsync(p => p.Kind, token);
                foreach (var (kind, choice) in wanted)
                {
                    var channels = choice.ToChannels();
                    if (held.GetValueOrDefault(kind) is { } row) row.Channels = channels;
                    else if (channels != kinds.Find(kind)!.Default) db.Preferences.Add(new() { MemberId = me, Kind = kind, Channels = channels });
                }
            },
            ct);
        return await GetPreferences.HandleAsync(db, kinds, actor, ct);
    }

    private static void Check(Request request, NotificationKinds kinds)
    {
        var faults = new List<FieldError>();
        foreach (var kind in request.Kinds ?? [])
            if (kinds.Find(kind.Key) is null) faults.Add(new($"kinds.{kind.Key}", "There is no such kind of notification."));
            else if (kind.Value is null) faults.Add(new($"kinds.{kind.Key}", "Say which channels: inbox, mail, push."));
        Hour("digest_hour", request.DigestHour);
        Hour("quiet_from", request.QuietFrom);
        Hour("quiet_until", request.QuietUntil);
        if (request.QuietFrom is null != request.QuietUntil is null) faults.Add(new("quiet_until", "Quiet hours need a beginning and an end."));
        if (faults.Count > 0) throw Refusal.Invalid(faults);

        void Hour(string field, int? hour)
        {
            if (hour is < 0 or > 23) faults.Add(new(field, "An hour is 0 to 23."));
        }
    }
}
