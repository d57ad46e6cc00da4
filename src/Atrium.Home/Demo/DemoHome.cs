using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>The demo's inboxes and its moderators' queue: what the coming weeks bring the people who look around first, and one report that waits.</summary>
internal sealed class DemoHome(HomeDb db, IMembers members, Agenda agenda, NotificationKinds kinds, Things things, CaseOpening cases) : IDemoData
{
    private const int PerMember = 6;
    private static readonly string[] Readers = ["ada", "ben", "cleo"];
    private static readonly string[] Others = ["emine", "greta", "hugo", "ines"];

    /// <summary>After the rooms whose dates it tells of.</summary>
    public int Order => 90;

    public async Task FillAsync(CancellationToken ct)
    {
        if (await db.Notices.AnyAsync(ct) || await db.Cases.AnyAsync(ct)) return;
        var people = await members.FindAsync([.. Readers, .. Others, "farah", "jonas"], ct);
        if (people.Count < Readers.Length + Others.Length + 2) return;

        var notices = new List<Notice>();
        foreach (var reader in Readers) notices.AddRange(await OfAsync(people[reader], people, ct));
        await db.WriteAsync(
            async token =>
            {
                await db.TouchAsync([.. Readers.Select(r => people[r].Id)], token);
                db.Notices.AddRange(notices);
            },
            ct);
        await ReportAsync(people["farah"], people["jonas"], ct);
    }

    /// <summary>Somebody else has put each of the next dates into their hands, over the last days; the older half is read.</summary>
    private async Task<IEnumerable<Notice>> OfAsync(MemberCard reader, IReadOnlyDictionary<string, MemberCard> people, CancellationToken ct)
    {
        if (await members.ActorAsync(reader.Id, "demo", ct) is not { } actor) return [];
        var coming = (await agenda.BetweenAsync(actor, db.Now, db.Now.AddDays(60), ct)).DistinctBy(e => e.Thing).Where(e => kinds.Find($"{e.Thing.Kind}.assigned") is not null).Take(PerMember).ToList();
        return coming.Select((entry, at) =>
        {
            var by = people[Others[at % Others.Length]];
            var when = db.Now.AddHours(-3 - (17 * at));
            return new Notice
            {
                MemberId = reader.Id,
                Kind = $"{entry.Thing.Kind}.assigned",
                Room = entry.Room,
                Subject = entry.Thing,
                Cause = entry.Thing,
                ActorId = by.Id,
                Text = $"{by.Name} assigned you to {entry.Title}",
                Title = entry.Title,
                Href = entry.Href,
                RaisedAt = when,
                LatestAt = when,
                ReadAt = at >= PerMember / 2 ? when.AddHours(1) : null,
            };
        });
    }

    private async Task ReportAsync(MemberCard by, MemberCard about, CancellationToken ct)
    {
        if (await members.ActorAsync(by.Id, "demo", ct) is not { } actor) return;
        await ReportThing.ReportAsync(new(Thing.Of("member", about.Id), ReportCategory.Spam, "He hands out cards for his cousin's van hire at the counter, and now by message too."), db, things, cases, actor, ct);
    }
}
