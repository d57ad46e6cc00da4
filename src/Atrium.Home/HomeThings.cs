using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Home's own things, so that notices about them can be delivered and opened. Each is one member's alone.</summary>
internal static class HomeThings
{
    public const string Report = "report";

    public static Thing Of(Report report) => Thing.Of(Report, report.Id);

    public static Thing Of(Sanction sanction) => Thing.Of(Sanction.Kind, sanction.Id);

    public static Thing Of(Webhook webhook) => Thing.Of(Webhook.Kind, webhook.Id);

    public static Thing Of(ExportArchive archive) => Thing.Of(ExportArchive.Kind, archive.Id);
}

/// <summary>Answers for one kind of Home's things.</summary>
internal abstract class HomeThingSource(string kind) : IThingSource
{
    public string Kind => kind;

    public async Task<IReadOnlyDictionary<long, ThingCard>> CardsAsync(IReadOnlyCollection<long> keys, CancellationToken ct) =>
        (await LoadAsync(keys, ct)).ToDictionary(c => c.Thing.Key);

    public Task<Thing?> AtAsync(string path, CancellationToken ct) => Task.FromResult<Thing?>(null);

    protected abstract Task<List<ThingCard>> LoadAsync(IReadOnlyCollection<long> keys, CancellationToken ct);

    protected ThingCard Card(long key, string title, string href, Id<Member> owner) => new(new(Kind, key), HomeDb.Name, title, null, href, null, Audience.Only(owner), owner);
}

/// <summary>Cases. Their audience is nobody's: <see cref="Visible"/> lets moderators be told.</summary>
internal sealed class CaseThings(HomeDb db) : HomeThingSource(Case.Kind)
{
    protected override async Task<List<ThingCard>> LoadAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        var ids = keys.Select(k => new Id<Case>(k)).ToList();
        var found = await db.Cases.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Title }).ToListAsync(ct);
        return [.. found.Select(c => new ThingCard(new(Kind, c.Id.Value), HomeDb.Name, c.Title, "Moderation", $"/moderation/cases/{c.Id}", null, Audience.NewSet()))];
    }
}

internal sealed class ReportThings(HomeDb db) : HomeThingSource(HomeThings.Report)
{
    protected override async Task<List<ThingCard>> LoadAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        var ids = keys.Select(k => new Id<Report>(k)).ToList();
        var found = await db.Reports.Where(r => ids.Contains(r.Id) && r.ReporterId != null)
            .Join(db.Cases, r => r.CaseId, c => c.Id, (r, c) => new { r.Id, r.ReporterId, c.Title }).ToListAsync(ct);
        return [.. found.Select(r => Card(r.Id.Value, $"Your report of “{r.Title}”", $"/reports/{r.Id}", r.ReporterId!.Value))];
    }
}

internal sealed class SanctionThings(HomeDb db) : HomeThingSource(Sanction.Kind)
{
    protected override async Task<List<ThingCard>> LoadAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        var ids = keys.Select(k => new Id<Sanction>(k)).ToList();
        var found = await db.Sanctions.Where(s => ids.Contains(s.Id)).ToListAsync(ct);
        return [.. found.Select(s => Card(s.Id.Value, s.What == SanctionKind.Warning ? "A warning from the moderators" : s.What == SanctionKind.Suspension ? "Your account is suspended" : s.Words, $"/sanctions/{s.Id}", s.MemberId))];
    }
}

internal sealed class WebhookThings(HomeDb db) : HomeThingSource(Webhook.Kind)
{
    protected override async Task<List<ThingCard>> LoadAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        var ids = keys.Select(k => new Id<Webhook>(k)).ToList();
        var found = await db.Webhooks.Where(w => ids.Contains(w.Id)).ToListAsync(ct);
        return [.. found.Select(w => Card(w.Id.Value, w.Name, $"/settings/webhooks/{w.Id}", w.OwnerId))];
    }
}

internal sealed class ExportThings(HomeDb db) : HomeThingSource(ExportArchive.Kind)
{
    protected override async Task<List<ThingCard>> LoadAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        var ids = keys.Select(k => new Id<ExportArchive>(k)).ToList();
        var found = await db.ExportArchives.Where(e => ids.Contains(e.Id)).ToListAsync(ct);
        return [.. found.Select(e => Card(e.Id.Value, "Your export", "/settings/data", e.MemberId))];
    }
}
