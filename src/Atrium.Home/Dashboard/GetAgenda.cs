using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Home;

/// <summary>The caller's dates in a stretch of days.</summary>
internal static class GetAgenda
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(93);

    public sealed record Answer(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<AgendaEntry> Items);

    public static void Map(RouteGroupBuilder home) => home.MapGet("/agenda", HandleAsync)
        .Operation("getAgenda", "Lists everything of yours with a date, from all rooms; today unless said", "home:read", RateClass.Read);

    /// <param name="to">At most 93 days after <paramref name="from"/>.</param>
    public static async Task<Answer> HandleAsync(DateTimeOffset? from, DateTimeOffset? to, Agenda agenda, TimeProvider clock, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        var zone = Zones.Find(actor.TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);
        var start = from ?? Zones.StartOf(today, zone);
        var end = to ?? (from is null ? Zones.StartOf(today.AddDays(1), zone) : start.AddDays(1));
        if (end <= start || end - start > Longest) throw Refusal.Invalid("to", "The end lies after the beginning, at most 93 days.");
        return new(start, end, await agenda.BetweenAsync(actor, start, end, ct));
    }
}
