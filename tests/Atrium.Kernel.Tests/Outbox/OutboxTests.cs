using Atrium.Victim;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Atrium.Kernel.Outbox;

namespace Atrium.Kernel.Tests.Outbox;

public class OutboxTests(KernelHouse house)
{
    private static int _number = 10_000_000;

    [Fact]
    public async Task What_was_published_with_a_change_happens_once_however_many_workers_look()
    {
        var number = Interlocked.Increment(ref _number);
        await house.WithDbAsync(async db =>
        {
            db.Entries.Add(new() { Number = number });
            db.Publish(new EntryMade(number));
            await db.SaveChangesAsync();
        });
        var dispatcher = house.Services.GetRequiredService<OutboxDispatcher>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => dispatcher.DrainAsync(default))));
        Assert.Equal(1, await house.WithDbAsync(db => db.Consequences.CountAsync(c => c.Number == number)));
    }

    [Fact]
    public async Task What_was_published_with_a_change_that_failed_never_happens()
    {
        var number = Interlocked.Increment(ref _number);
        await Assert.ThrowsAsync<InvalidOperationException>(() => house.WithDbAsync(db => db.WriteAsync(
            async ct =>
            {
                db.Entries.Add(new() { Number = number });
                db.Publish(new EntryMade(number));
                await db.SaveChangesAsync(ct);
                throw new InvalidOperationException("a fault after the save");
            },
            default)));
        await house.DrainAsync();
        Assert.False(await house.WithDbAsync(db => db.Entries.AnyAsync(e => e.Number == number)));
        Assert.Equal(0, await house.WithDbAsync(db => db.Consequences.CountAsync(c => c.Number == number)));
    }

    [Fact]
    public async Task What_is_due_later_waits()
    {
        var number = Interlocked.Increment(ref _number);
        await house.WithDbAsync(async db =>
        {
            db.Publish(new EntryMade(number), due: db.Now.AddHours(1));
            await db.SaveChangesAsync();
        });
        await house.DrainAsync();
        Assert.Equal(0, await house.WithDbAsync(db => db.Consequences.CountAsync(c => c.Number == number)));
    }

    [Fact]
    public async Task A_poisoned_message_does_not_stop_the_others_and_keeps_its_reason()
    {
        var number = Interlocked.Increment(ref _number);
        var poison = new OutboxMessage { Event = "ledger.entry_made", Subscriber = "ledger/CountEntry", Payload = "{\"number\":\"poison\"}", DueAt = TimeProvider.System.GetUtcNow().AddDays(-1) };
        await house.WithDbAsync(async db =>
        {
            db.Outbox.Add(poison);
            db.Publish(new EntryMade(number));
            await db.SaveChangesAsync();
        });
        await house.DrainAsync();
        Assert.Equal(1, await house.WithDbAsync(db => db.Consequences.CountAsync(c => c.Number == number)));
        var kept = await house.WithDbAsync(db => db.Outbox.SingleAsync(m => m.Id == poison.Id));
        Assert.Equal(1, kept.Attempts);
        Assert.Contains("JsonException", kept.LastError);
        await house.WithDbAsync(db => db.Outbox.Where(m => m.Id == poison.Id).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task Messages_of_one_partition_arrive_in_order()
    {
        var numbers = Enumerable.Range(0, 60).Select(_ => Interlocked.Increment(ref _number)).ToArray();
        foreach (var number in numbers)
        {
            await house.WithDbAsync(async db =>
            {
                db.Publish(new EntryMade(number), partition: "p");
                await db.SaveChangesAsync();
            });
        }

        var dispatcher = house.Services.GetRequiredService<OutboxDispatcher>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => dispatcher.DrainAsync(default))));
        await house.DrainAsync();
        var order = await house.WithDbAsync(db => db.Consequences.Where(c => numbers.Contains(c.Number)).OrderBy(c => c.Id).Select(c => c.Number).ToListAsync());
        Assert.Equal(numbers, order);
    }
}
