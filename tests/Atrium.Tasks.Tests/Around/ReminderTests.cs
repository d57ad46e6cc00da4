using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Tasks.Tests;

/// <summary>Reminders come once to each, at their own hour, also after the house slept.</summary>
public sealed class ReminderTests(ClockHouse house)
{
    [Fact]
    public async Task Five_hundred_due_while_the_house_slept_come_once_each_though_two_workers_hand_them_out()
    {
        var ada = await house.PersonAsync("sleeper");
        var project = await house.NewProjectAsync(ada);
        var at = house.Time.GetUtcNow().AddHours(2);
        for (var i = 0; i < 10; i++)
            await house.NewTaskAsync(project, ada, $"Task {i}", (t, by) =>
            {
                for (var r = 0; r < 50; r++) t.RemindAt(at.AddSeconds(r), by);
            });
        await house.DrainAsync();
        Assert.Empty(Told(ada));
        house.Time.Advance(TimeSpan.FromHours(5));
        await Task.WhenAll(house.DrainAsync(), house.DrainAsync());
        await house.DrainAsync();
        Assert.Equal(500, await house.ReadAsync(db => db.ReminderFires.CountAsync(f => f.MemberId == ada.Id)));
        Assert.Equal(500, Told(ada).Count);
    }

    [Fact]
    public async Task Workers_that_die_while_hundreds_are_due_lose_none_and_tell_none_twice()
    {
        var ada = await house.PersonAsync("crash");
        var project = await house.NewProjectAsync(ada);
        var at = house.Time.GetUtcNow().AddHours(2);
        for (var i = 0; i < 4; i++)
            await house.NewTaskAsync(project, ada, $"Task {i}", (t, by) =>
            {
                for (var r = 0; r < 50; r++) t.RemindAt(at.AddSeconds(r), by);
            });
        await house.DrainAsync();
        house.Time.Advance(TimeSpan.FromHours(3));

        // Each is cut off in the midst of its work; what it had claimed is free again when its lease is over.
        var dispatcher = house.Services.GetRequiredService<Kernel.Outbox.OutboxDispatcher>();
        for (var crash = 0; crash < 8; crash++)
        {
            using var dies = new CancellationTokenSource(TimeSpan.FromMilliseconds(15 + (crash * 12)));
            try
            {
                await dispatcher.DrainAsync(dies.Token);
            }
            catch (OperationCanceledException)
            {
                // As a process that was killed: nothing it had begun is kept.
            }

            house.Time.Advance(TimeSpan.FromMinutes(30));
        }

        await house.DrainAsync();
        house.Time.Advance(TimeSpan.FromHours(1));
        await house.DrainAsync();
        Assert.Equal(200, await house.ReadAsync(db => db.ReminderFires.CountAsync(f => f.MemberId == ada.Id)));
        Assert.Equal(200, Told(ada).Count);
        Assert.Equal(200, await house.InScopeAsync(async s => (await s.GetRequiredService<Kernel.Data.KernelDb>().Database.SqlQueryRaw<int>("SELECT COUNT(*) AS \"Value\" FROM home_notice WHERE member_id = {0}", ada.Id.Value).ToListAsync())[0]));
    }

    [Fact]
    public async Task A_moved_due_makes_the_old_message_void()
    {
        var ada = await house.PersonAsync("mover");
        var project = await house.NewProjectAsync(ada);
        var due = When.Utc(NodaTime.Instant.FromDateTimeOffset(house.Time.GetUtcNow().AddHours(3)));
        var task = await house.NewTaskAsync(project, ada, "Moves", (t, by) =>
        {
            t.Schedule(null, due, by);
            t.RemindBy(ReminderAnchor.Due, -3600, by);
        });
        await house.DrainAsync();
        await house.ChangeTaskAsync(task, ada, (t, write) => t.Schedule(null, due.PlusDays(20), write.By));
        await house.DrainAsync();
        house.Time.Advance(TimeSpan.FromHours(4));
        await house.DrainAsync();
        Assert.DoesNotContain(Told(ada), n => n.Kind == TaskNotices.Reminder);
    }

    [Fact]
    public async Task A_day_without_a_time_is_reminded_of_at_each_ones_own_nine()
    {
        var (tokyo, lima) = (await house.PersonAsync("tokyo", timeZone: "Asia/Tokyo"), await house.PersonAsync("lima", timeZone: "America/Lima"));
        var project = await house.NewProjectAsync(tokyo, lima);
        var day = NodaTime.LocalDate.FromDateTime(house.Time.GetUtcNow().UtcDateTime).PlusDays(3);
        await house.NewTaskAsync(project, tokyo, "All day", (t, by) =>
        {
            t.Schedule(null, When.Date(day), by);
            t.RemindBy(ReminderAnchor.Due, 0, by);
            t.Assign([tokyo.Id, lima.Id], by);
        });
        await house.DrainAsync();
        await AdvanceToAsync(day, 1);
        Assert.Single(Told(tokyo), n => n.Kind == TaskNotices.Reminder);
        Assert.DoesNotContain(Told(lima), n => n.Kind == TaskNotices.Reminder);
        await AdvanceToAsync(day, 15);
        Assert.Single(Told(lima), n => n.Kind == TaskNotices.Reminder);
        Assert.Single(Told(tokyo), n => n.Kind == TaskNotices.Reminder);
    }

    [Fact]
    public async Task Overdue_is_said_once_at_eight_in_the_morning()
    {
        var ada = await house.PersonAsync("late", timeZone: "Europe/Berlin");
        var project = await house.NewProjectAsync(ada);
        var day = NodaTime.LocalDate.FromDateTime(house.Time.GetUtcNow().UtcDateTime).PlusDays(1);
        await house.NewTaskAsync(project, ada, "Late", (t, by) =>
        {
            t.Schedule(null, When.Date(day), by);
            t.Assign([ada.Id], by);
        });
        await house.DrainAsync();
        await AdvanceToAsync(day.PlusDays(1), 6);
        Assert.DoesNotContain(Told(ada), n => n.Kind == TaskNotices.Overdue);
        await AdvanceToAsync(day.PlusDays(1), 8);
        await AdvanceToAsync(day.PlusDays(2), 8);
        Assert.Single(Told(ada), n => n.Kind == TaskNotices.Overdue);
    }

    private List<Contracts.Home.NotificationRaised> Told(Testing.Person person) => [.. house.Told.Where(n => n.Recipients.Contains(person.Id))];

    private async Task AdvanceToAsync(NodaTime.LocalDate day, int hourUtc)
    {
        var to = day.AtMidnight().InUtc().ToDateTimeOffset().AddHours(hourUtc);
        if (to > house.Time.GetUtcNow()) house.Time.SetUtcNow(to);
        await house.DrainAsync();
    }
}
