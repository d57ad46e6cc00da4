using Atrium.Contracts.Home;
using Atrium.Contracts.Tasks;
using Atrium.Kernel.Live;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Search;
using Atrium.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Tasks.Tests;

/// <summary>A module that leaves an extension point empty which applies to it is not done.</summary>
public sealed class ExtensionPointTests(QuietHouse house)
{
    [Theory]
    [InlineData(typeof(IDashboardCard), 1)]
    [InlineData(typeof(IAgendaSource), 1)]
    [InlineData(typeof(IRoomCount), 1)]
    [InlineData(typeof(IPersonalExport), 1)]
    [InlineData(typeof(IModerationSubject), 2)]
    [InlineData(typeof(IDemoData), 1)]
    [InlineData(typeof(IImporter), 4)]
    [InlineData(typeof(IThingSource), 2)]
    [InlineData(typeof(ISearchSource), 2)]
    [InlineData(typeof(ITopicRule), 3)]
    [InlineData(typeof(ITaskIntake), 1)]
    public async Task Tasks_fills(Type point, int times)
    {
        var filled = await house.InScopeAsync(s => Task.FromResult(s.GetServices(point).Count(x => x!.GetType().Assembly == typeof(TasksModule).Assembly)));
        Assert.Equal(times, filled);
    }

    [Fact]
    public void Tasks_has_a_room_things_to_create_kinds_of_notice_and_recurring_work()
    {
        Assert.Contains(house.Services.GetServices<Room>(), r => r.Name == "tasks");
        Assert.Equal(2, house.Services.GetServices<CreateEntry>().Count(c => c.Href.StartsWith("/tasks", StringComparison.Ordinal)));
        Assert.Equal(9, house.Services.GetServices<NotificationKind>().Count(k => k.Room == "tasks"));
        Assert.Equal(2, house.Services.GetServices<Kernel.Outbox.Recurring>().Count(r => r.Work.Assembly == typeof(TasksModule).Assembly));
    }
}
