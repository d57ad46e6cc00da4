using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Finds scheduled posts whose hour passed a day ago and that nothing came of, so that none is forgotten: its message may lie among the dead.</summary>
internal sealed class MissSchedules(SocialDb db, ScheduleStatus schedule) : IRecurringWork
{
    private const int Batch = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var late = db.Now - Patience;
        foreach (var id in await db.Scheduled.Where(s => s.State == ScheduleState.Waiting && s.RunAt < late).OrderBy(s => s.Id).Select(s => s.Id).Take(Batch).ToListAsync(ct)) await schedule.GiveUpAsync(id, ct);
    }
}
