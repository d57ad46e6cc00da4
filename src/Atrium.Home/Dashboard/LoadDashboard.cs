using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.Extensions.Logging;

namespace Atrium.Home;

/// <summary>What a member's dashboard shows.</summary>
/// <param name="Hour">On the member's own clock, 0 to 23.</param>
public sealed record DashboardModel(
    string Name, int Hour, DateOnly Today, DateTimeOffset Now, IReadOnlyList<NoticeView> Needs, int Unread, IReadOnlyList<AgendaEntry> Agenda, IReadOnlyList<DashboardContent> Cards);

/// <summary>
/// Gathers a dashboard. Home itself costs five statements (name, unread, inbox, faces, rail); each card and each room's dates may cost a few
/// more, and one that stumbles is left out.
/// </summary>
internal sealed partial class LoadDashboard(
    HomeDb db, IMembers members, NotificationKinds kinds, Agenda agenda, IEnumerable<IDashboardCard> cards, TimeProvider clock, ILogger<LoadDashboard> log)
{
    private const int Needs = 5;

    public async Task<DashboardModel> HandleAsync(Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var zone = Zones.Find(actor.TimeZone);
        var now = clock.GetUtcNow();
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var today = DateOnly.FromDateTime(local.DateTime);
        var name = (await members.CardsAsync([me], ct))[me].Name;
        var waiting = await ListInbox.HandleAsync(true, null, Needs, null, db, members, kinds, actor, ct);
        var unread = waiting.Next is null ? waiting.Items.Count : await CountUnread.OfAsync(db, me, ct);
        var dates = await agenda.BetweenAsync(actor, Zones.StartOf(today, zone), Zones.StartOf(today.AddDays(1), zone), ct);
        return new(name, local.Hour, today, now, waiting.Items, unread, dates, await CardsAsync(actor, ct));
    }

    private async Task<IReadOnlyList<DashboardContent>> CardsAsync(Actor actor, CancellationToken ct)
    {
        var loaded = new List<DashboardContent>();
        foreach (var card in cards.OrderBy(c => c.Order))
        {
            try
            {
                if (await card.LoadAsync(actor, ct) is { } content) loaded.Add(content);
            }
            catch (Exception e) when (e is not (OperationCanceledException or Refusal))
            {
                LogStumbled(e, card.Room);
            }
        }

        return loaded;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The dashboard card of {Room} stumbled")]
    private partial void LogStumbled(Exception e, string room);
}
