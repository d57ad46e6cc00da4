// Writes numbered entries as fast as it can and says each one it has been promised, until somebody kills it.
using Atrium.Kernel.Data;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Outbox;
using Atrium.Victim;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

var builder = WebApplication.CreateBuilder();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.AddHouse(args[0], [new KernelModule(), new LedgerModule()]);
await using var app = builder.Build();
await app.Services.GetRequiredService<Migrator>().MigrateAsync(default);
await LedgerTables.EnsureAsync(app.Services);

if (args[1] == "drain")
{
    await app.Services.GetRequiredService<OutboxDispatcher>().DrainAsync(default);
    return;
}

await app.StartAsync();
var from = int.Parse(args[1]);
await Parallel.ForEachAsync(Enumerable.Range(from, 1_000_000), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, ct) =>
{
    await using var scope = app.Services.CreateAsyncScope();
    var db = scope.ServiceProvider.GetRequiredService<LedgerDb>();
    db.Entries.Add(new() { Number = number });
    db.Publish(new EntryMade(number));
    await db.SaveChangesAsync(ct);
    Console.Out.WriteLine(number);
});

namespace Atrium.Victim
{
    /// <summary>Makes the ledger's tables, which no migration knows.</summary>
    public static class LedgerTables
    {
        public static async Task EnsureAsync(IServiceProvider services)
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<LedgerDb>();
            try
            {
                await db.Entries.AnyAsync();
            }
            catch (System.Data.Common.DbException)
            {
                await ((RelationalDatabaseCreator)db.GetService<IDatabaseCreator>()).CreateTablesAsync();
            }
        }
    }
}
