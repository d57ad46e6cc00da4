using System.Collections.Concurrent;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Tasks.Tests;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

[assembly: AssemblyFixture(typeof(QuietHouse))]
[assembly: AssemblyFixture(typeof(ClockHouse))]

namespace Atrium.Tasks.Tests;

/// <summary>Accounts, Home and Tasks; the tests drain the outbox themselves and read what anybody was told.</summary>
public class QuietHouse() : TestHouse(new TasksModule())
{
    protected override bool WorkersRun => false;

    /// <summary>Every notification raised and handed over so far.</summary>
    public IEnumerable<NotificationRaised> Told => Services.GetRequiredService<Ear>().Heard.Values;

    /// <summary>Every event that webhooks may carry, handed over so far.</summary>
    public IEnumerable<WebhookEvent> Hooked => Services.GetRequiredService<Ear>().Hooked.Values;

    protected override void Configure(IServiceCollection services)
    {
        services.AddSingleton(new Subscription(typeof(WebhookEvent), "tests/ListenToHooks", typeof(ListenToHooks), null));
        services.AddSingleton<Ear>();
        services.AddSingleton(new Subscription(typeof(NotificationRaised), "tests/Listen", typeof(Listen), null));
    }

    /// <summary>The id of the project behind an address.</summary>
    internal Task<Id<Project>> ProjectAsync(string href) => InScopeAsync(async services =>
    {
        var key = href[(href.LastIndexOf('/') + 1)..];
        return await services.GetRequiredService<TasksDb>().Projects.Where(p => p.Key == key).Select(p => p.Id).SingleAsync();
    });

    internal sealed class Ear
    {
        public ConcurrentDictionary<Id<OutboxMessage>, NotificationRaised> Heard { get; } = new();

        public ConcurrentDictionary<Id<OutboxMessage>, WebhookEvent> Hooked { get; } = new();
    }

    internal sealed class Listen(Ear ear) : IEffect<NotificationRaised>
    {
        public Task HandleAsync(NotificationRaised happened, Delivery delivery, CancellationToken ct)
        {
            ear.Heard[delivery.Id] = happened;
            return Task.CompletedTask;
        }
    }
}

/// <summary>Hears what webhooks may carry.</summary>
internal sealed class ListenToHooks(QuietHouse.Ear ear) : IEffect<WebhookEvent>
{
    public Task HandleAsync(WebhookEvent happened, Delivery delivery, CancellationToken ct)
    {
        ear.Hooked[delivery.Id] = happened;
        return Task.CompletedTask;
    }
}

/// <summary>The same with a clock that only tests move.</summary>
public sealed class ClockHouse : QuietHouse
{
    public FakeTimeProvider Time { get; } = new(new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    protected override TimeProvider Clock => Time;
}
