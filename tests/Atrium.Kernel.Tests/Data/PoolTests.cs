using Atrium.Kernel.Live;
using Atrium.Victim;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Tests.Data;

public class PoolTests(KernelHouse house)
{
    [Fact]
    public async Task What_a_scope_leaves_undone_is_nobodys()
    {
        const string topic = "pool:undone";
        var heard = 0;
        using var ear = house.Services.GetRequiredService<ILiveBus>().Subscribe(topic, _ => Interlocked.Increment(ref heard));
        var left = new Tally();
        for (var i = 0; i < 8; i++)
        {
            await using var scope = house.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<LedgerDb>();
            db.Tallies.Add(new() { Id = left.Id });
            db.Publish(new EntryMade(-1));
            db.Announce(topic, 1);
        }

        List<AsyncServiceScope> scopes = [.. Enumerable.Range(0, 20).Select(_ => house.Services.CreateAsyncScope())];
        foreach (var scope in scopes)
        {
            var db = scope.ServiceProvider.GetRequiredService<LedgerDb>();
            Assert.Empty(db.ChangeTracker.Entries());
            db.Tallies.Add(new());
            await db.SaveChangesAsync();
        }

        foreach (var scope in scopes) await scope.DisposeAsync();
        Assert.Equal(0, heard);
        Assert.False(await house.WithDbAsync(db => db.Tallies.AnyAsync(t => t.Id == left.Id)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transaction_that_its_scope_forgets_is_rolled_back_and_holds_up_no_writer(bool asynchronously)
    {
        var tally = new Tally();
        var scope = house.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LedgerDb>();
        await db.Database.BeginTransactionAsync();
        db.Tallies.Add(tally);
        await db.SaveChangesAsync();
        if (asynchronously) await scope.DisposeAsync();
        else scope.Dispose();

        await house.WithDbAsync(async next =>
        {
            Assert.Null(next.Database.CurrentTransaction);
            next.Tallies.Add(new());
            await next.SaveChangesAsync();
        }).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(await house.WithDbAsync(next => next.Tallies.AnyAsync(t => t.Id == tally.Id)));
    }
}
