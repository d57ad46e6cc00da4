using Atrium.Kernel.Data;
using Cronos;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Kernel.Outbox;

/// <summary>Runs what the timetable says, once in the whole house however many nodes there are.</summary>
public sealed partial class RecurringWorker(IServiceScopeFactory scopes, IEnumerable<Recurring> timetable, IHostApplicationLifetime house, TimeProvider clock, ILogger<RecurringWorker> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);

    /// <summary>Runs all that is due now.</summary>
    public async Task RunDueAsync(CancellationToken ct)
    {
        foreach (var entry in timetable)
            if (await ClaimAsync(entry, ct))
                await RunAsync(entry, ct);
    }

    /// <summary>Runs one entry now, whether due or not.</summary>
    public async Task RunAsync(Recurring entry, CancellationToken ct)
    {
        string? error = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var work = (IRecurringWork)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, entry.Work);
            await work.RunAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            error = e.Message;
            LogFailed(e, entry.Name);
        }

        await using var after = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        await after.ServiceProvider.GetRequiredService<KernelDb>().RecurringRuns.Where(r => r.Name == entry.Name).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.LastFinishedAt, now).SetProperty(r => r.LastError, error).SetProperty(r => r.LeasedUntil, (DateTimeOffset?)null), ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await house.OpenedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunDueAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e, "the timetable");
            }

            await Task.Delay(Look, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> ClaimAsync(Recurring entry, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var now = clock.GetUtcNow();
        var next = CronExpression.Parse(entry.Cron).GetNextOccurrence(now, TimeZoneInfo.Utc) ?? DateTimeOffset.MaxValue;
        var held = await db.RecurringRuns.AsNoTracking().FirstOrDefaultAsync(r => r.Name == entry.Name, ct);
        if (held is null)
        {
            try
            {
                db.RecurringRuns.Add(new() { Name = entry.Name, NextAt = next });
                await db.SaveChangesAsync(ct);
            }
            catch (UniqueViolation)
            {
                // Another node wrote it down in the same moment.
            }

            return false;
        }

        if (held.NextAt > now) return false;
        var until = now + Lease;
        return await db.RecurringRuns
            .Where(r => r.Name == entry.Name && r.NextAt <= now && (r.LeasedUntil == null || r.LeasedUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.NextAt, next).SetProperty(r => r.LastStartedAt, now).SetProperty(r => r.LeasedUntil, until), ct) == 1;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Recurring work {Name} failed")]
    private partial void LogFailed(Exception e, string name);
}
