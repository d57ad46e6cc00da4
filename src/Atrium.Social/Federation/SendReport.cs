using System.Text.Json.Nodes;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Sends a report to the server of whom it is about (Flag). The house's own actor says it: who reported is nobody's business there.</summary>
internal sealed class SendReport(SocialDb db, FederationGate gate, NoteWriter notes, AccountKeys keys, Deliveries deliveries) : IReaction<ReportForwarded>
{
    public async Task HandleAsync(ReportForwarded happened, CancellationToken ct)
    {
        var report = await db.Reports.FirstAsync(r => r.Id == happened.Report, ct);
        var target = await db.Accounts.FirstAsync(a => a.Id == report.TargetId, ct);
        if (target.IsLocal || !await gate.MayAsync(target.Domain, ct)) return;
        List<Kernel.Id<Status>> ids = [.. report.StatusIds.Select(s => new Kernel.Id<Status>(s))];
        var posts = await db.Statuses.Where(s => ids.Contains(s.Id) && s.AccountId == target.Id && !s.IsLocal).OrderBy(s => s.Id).Select(s => s.Uri).ToListAsync(ct);
        var house = await keys.InstanceAsync(ct);
        var flag = notes.Activity("Flag", $"{gate.Absolute(house.Uri)}#flags/{report.Id}", house, Ap.List([target.Uri, .. posts]));
        flag["content"] = report.Comment;
        flag["to"] = Ap.List([target.Uri]);
        await deliveries.SendAsync(flag, house, [target], ct);
    }
}
