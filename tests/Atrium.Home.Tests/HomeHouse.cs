using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

[assembly: AssemblyFixture(typeof(Atrium.Home.Tests.HomeHouse))]

namespace Atrium.Home.Tests;

/// <summary>A house with one more room, whose things, kinds and dates the tests make up.</summary>
public class HomeHouse() : TestHouse(new SampleRoom())
{
    public SampleState Sample => Services.GetRequiredService<SampleState>();

    /// <summary>Publishes an event as a room would: from a transaction of its own.</summary>
    public Task PublishAsync<TEvent>(TEvent happened) where TEvent : class => InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<KernelDb>();
        db.Publish(happened);
        return await db.SaveChangesAsync();
    });

    /// <summary>Raises a notification about a new thing of the sample room and waits until it is delivered.</summary>
    public async Task<Thing> TellAsync(IReadOnlyList<Person> to, string title = "Bread", Person? by = null, Audience? audience = null, string kind = SampleRoom.Told, string? once = null, Thing? about = null)
    {
        var thing = about ?? Sample.Add(title, audience ?? Audience.Members);
        await PublishAsync(new NotificationRaised(kind, [.. to.Select(p => p.Id)], thing, by?.Id, $"Something about {title}", Once: once));
        await DrainAsync();
        return thing;
    }
}

/// <summary>A house whose clock the test moves, and which does nothing by itself.</summary>
public sealed class ClockHouse : HomeHouse
{
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    protected override TimeProvider Clock => Time;

    protected override bool WorkersRun => false;

    /// <summary>Moves on to the next time that clocks in Berlin show this hour and minute.</summary>
    public void GoTo(int hour, int minute = 0)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var local = TimeZoneInfo.ConvertTime(Time.GetUtcNow(), zone);
        var wanted = local.Date.AddHours(hour).AddMinutes(minute);
        if (wanted <= local.DateTime) wanted = wanted.AddDays(1);
        Time.SetUtcNow(new(wanted, zone.GetUtcOffset(wanted)));
    }
}
