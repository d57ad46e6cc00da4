using Atrium.Kernel.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Data;

/// <summary>One thing the doctor looked at.</summary>
public sealed record Finding(bool Well, string What, string? Details = null);

/// <summary>Looks the house over: the database's own checks, dead letters, stuck work, files.</summary>
public sealed class Doctor(IServiceScopeFactory scopes, IEnumerable<ModuleDatabase> databases, DbHouse house, HousePaths paths)
{
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken ct)
    {
        var findings = new List<Finding>();
        await using var scope = scopes.CreateAsyncScope();
        var kernel = scope.ServiceProvider.GetRequiredService<KernelDb>();
        if (house.IsSqlite)
        {
            var integrity = await kernel.Database.SqlQueryRaw<string>("PRAGMA quick_check").ToListAsync(ct);
            findings.Add(new(integrity is ["ok"], "database integrity", integrity is ["ok"] ? null : string.Join("; ", integrity.Take(5))));
            var orphans = await kernel.Database.SqlQueryRaw<string>("SELECT \"table\" FROM pragma_foreign_key_check").ToListAsync(ct);
            findings.Add(new(orphans.Count == 0, "foreign keys", orphans.Count == 0 ? null : $"{orphans.Count} rows point nowhere, in {string.Join(", ", orphans.Distinct())}"));
        }
        else
        {
            findings.Add(new(await kernel.Database.CanConnectAsync(ct), "database connection"));
        }

        foreach (var database in databases)
        {
            var dead = await database.In(scope).Outbox.CountAsync(m => m.DeadAt != null, ct);
            findings.Add(new(dead == 0, $"outbox of {database.Module}", dead == 0 ? null : $"{dead} messages were given up"));
        }

        var hourAgo = house.Clock.GetUtcNow().AddHours(-1);
        var stuck = await kernel.RecurringRuns.Where(r => r.NextAt < hourAgo).Select(r => r.Name).ToListAsync(ct);
        findings.Add(new(stuck.Count == 0, "recurring work", stuck.Count == 0 ? null : $"overdue: {string.Join(", ", stuck)}"));
        findings.Add(new(Directory.Exists(paths.Keys), "keys"));
        return findings;
    }
}
