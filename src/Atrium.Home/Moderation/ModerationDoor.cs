using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>The IModeration door.</summary>
internal sealed class ModerationDoor(HomeDb db, Things things, CaseOpening cases) : IModeration
{
    public async Task ReportAsync(Thing thing, string category, string? comment, Actor actor, CancellationToken ct)
    {
        if (!Enum.TryParse<ReportCategory>(category, ignoreCase: true, out var known) || !Enum.IsDefined(known)) throw Refusal.Invalid("category", "Choose one of those listed.");
        await ReportThing.ReportAsync(new(thing, known, comment), db, things, cases, actor, ct);
    }

    public Task ReportFromElsewhereAsync(Thing thing, string from, string? comment, CancellationToken ct) => ReportThing.FromElsewhereAsync(thing, from, comment, db, things, cases, ct);

    public async Task<IReadOnlySet<Thing>> HiddenAsync(IReadOnlyCollection<Thing> asked, CancellationToken ct) =>
        (await db.HiddenThings.Where(h => asked.Contains(h.Thing)).Select(h => h.Thing).ToListAsync(ct)).ToHashSet();
}
