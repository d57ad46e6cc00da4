using System.Collections.Concurrent;
using System.Diagnostics;
using Atrium.Victim;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Tests.Data;

public class TortureTests(KernelHouse house, ITestOutputHelper output)
{
    [Fact]
    public async Task Sixty_four_writers_and_sixty_four_readers_lose_nothing_and_never_find_the_database_busy()
    {
        var tallies = Enumerable.Range(0, 8).Select(_ => new Tally()).ToList();
        await house.WithDbAsync(async db =>
        {
            db.Tallies.AddRange(tallies);
            await db.SaveChangesAsync();
        });

        using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var written = new long[tallies.Count];
        var waits = new ConcurrentBag<double>();
        long reads = 0;
        var writers = Enumerable.Range(0, 64).Select(n => Task.Run(async () =>
        {
            for (var i = n; !ends.IsCancellationRequested; i++)
            {
                var which = i % tallies.Count;
                var id = tallies[which].Id;
                var began = Stopwatch.GetTimestamp();
                await house.WithDbAsync(db => db.WriteAsync(
                    async ct =>
                    {
                        // Half by reading and saving under the lock, half by a conditional update: neither may lose one.
                        if (i % 2 == 0 && db.House.IsSqlite) (await db.Tallies.AsTracking().SingleAsync(t => t.Id == id, ct)).Count++;
                        else await db.Tallies.Where(t => t.Id == id).ExecuteUpdateAsync(s => s.SetProperty(t => t.Count, t => t.Count + 1), ct);
                    },
                    default));
                // SQLite works synchronously: without this a loop would keep its thread for itself, as no request does.
                await Task.Yield();
                waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Interlocked.Increment(ref written[which]);
            }
        }));
        var readers = Enumerable.Range(0, 64).Select(n => Task.Run(async () =>
        {
            while (!ends.IsCancellationRequested)
            {
                var sum = await house.WithDbAsync(db => db.Tallies.SumAsync(t => t.Count));
                Assert.True(sum >= 0);
                Interlocked.Increment(ref reads);
                await Task.Yield();
            }
        }));
        await Task.WhenAll(writers.Concat(readers));

        var counts = await house.WithDbAsync(db => db.Tallies.Where(t => tallies.Select(x => x.Id).Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Count));
        Assert.Equal(written, tallies.Select(t => counts[t.Id]));
        var sorted = waits.Order().ToArray();
        output.WriteLine($"{written.Sum()} writes, {reads} reads; write p50 {sorted[sorted.Length / 2]:F1} ms, p99 {sorted[sorted.Length * 99 / 100]:F1} ms, worst {sorted[^1]:F1} ms");
        Assert.True(sorted[^1] < 10_000);
    }

    [Fact]
    public async Task Of_two_who_edited_the_same_revision_one_is_told()
    {
        var tally = new Tally();
        await house.WithDbAsync(async db =>
        {
            db.Tallies.Add(tally);
            await db.SaveChangesAsync();
        });
        await house.WithDbAsync(first => house.WithDbAsync(async second =>
        {
            (await first.Tallies.AsTracking().SingleAsync(t => t.Id == tally.Id)).Count = 1;
            (await second.Tallies.AsTracking().SingleAsync(t => t.Id == tally.Id)).Count = 2;
            await first.SaveChangesAsync();
            var refusal = await Assert.ThrowsAsync<Refusal>(() => second.SaveChangesAsync());
            Assert.Equal(RefusalKind.Stale, refusal.Kind);
        }));
        Assert.Equal(1, await house.WithDbAsync(db => db.Tallies.Where(t => t.Id == tally.Id).Select(t => t.Revision).SingleAsync()));
    }

    [Fact]
    public async Task A_unique_index_says_which_column_it_guards_on_both_databases()
    {
        var number = Random.Shared.Next(1_000_000, 2_000_000);
        await house.WithDbAsync(async db =>
        {
            db.Entries.Add(new() { Number = number });
            await db.SaveChangesAsync();
        });
        var violation = await Assert.ThrowsAsync<Atrium.Kernel.Data.UniqueViolation>(() => house.WithDbAsync(async db =>
        {
            db.Entries.Add(new() { Number = number });
            await db.SaveChangesAsync();
        }));
        Assert.True(violation.Concerns("number"));
    }
}
