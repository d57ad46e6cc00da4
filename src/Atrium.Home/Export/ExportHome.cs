using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Home's own part of a member's export: what they were told and chose, reported and objected to.</summary>
internal sealed class ExportHome(HomeDb db) : IPersonalExport
{
    public string Folder => "home";

    public async Task WriteAsync(Id<Member> member, IExportFolder folder, CancellationToken ct)
    {
        await folder.AddJsonAsync("inbox.json", await db.Notices.Where(n => n.MemberId == member && n.Shown).OrderBy(n => n.Id)
            .Select(n => new { n.Kind, n.Room, n.Title, n.Text, n.Href, n.RaisedAt, n.LatestAt, n.Count, n.ReadAt }).ToListAsync(ct), ct);
        await folder.AddJsonAsync("preferences.json", new
        {
            Channels = await db.Preferences.Where(p => p.MemberId == member).ToDictionaryAsync(p => p.Kind, p => ChannelChoice.Of(p.Channels), ct),
            Reading = await db.Readers.Where(r => r.MemberId == member).Select(r => new { r.DigestHour, r.QuietFrom, r.QuietUntil }).FirstOrDefaultAsync(ct),
            Muted = await db.Mutes.Where(m => m.MemberId == member).Select(m => new { m.Cause, m.Title, m.CreatedAt }).ToListAsync(ct),
            Devices = await db.PushDevices.Where(d => d.MemberId == member).Select(d => new { d.Name, d.CreatedAt }).ToListAsync(ct),
        }, ct);
        await folder.AddJsonAsync("reports.json", await db.Reports.Where(r => r.ReporterId == member)
            .Join(db.Cases, r => r.CaseId, c => c.Id, (r, c) => new { c.Thing, c.Title, r.Category, r.Comment, r.CreatedAt, c.State, c.ClosedAt }).ToListAsync(ct), ct);
        await folder.AddJsonAsync("sanctions.json", await db.Sanctions.Where(s => s.MemberId == member)
            .Select(s => new { s.What, s.Measure, s.Reason, s.CreatedAt, s.Appeal, s.AppealedAt, s.Decision, s.DecidedAt, s.LiftedAt }).ToListAsync(ct), ct);
        await folder.AddJsonAsync("webhooks.json", await db.Webhooks.Where(w => w.OwnerId == member)
            .Select(w => new { w.Name, w.Url, w.Events, w.Enabled, w.CreatedAt }).ToListAsync(ct), ct);
    }
}
