using System.Diagnostics;
using System.Net;
using Atrium.Contracts.Home;
using Atrium.Contracts.Tasks;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Tasks.Tests;

/// <summary>Tasks as the rest of the house meets them: intake, agenda, feeds, bulk, trash.</summary>
public sealed class HouseDoorTests(QuietHouse house)
{
    [Fact]
    public async Task The_same_intake_ten_times_at_once_makes_one_task_that_links_back()
    {
        var ada = await house.PersonAsync("intake");
        var project = await house.NewProjectAsync(ada);
        var source = Thing.Of(ProjectPath.Kind, project);
        var intake = new TaskIntake(Thing.Of(ProjectPath.Kind, project), "Call back", "They asked.", source, [ada.Id], new DateOnly(2026, 12, 1), "form-7");
        var things = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => house.InScopeAsync(s => s.GetRequiredService<ITaskIntake>().CreateAsync(intake, ada.Actor, CancellationToken.None), ada.Actor)));
        var thing = Assert.Single(things.Distinct());
        var of = await house.InScopeAsync(s => s.GetRequiredService<ITaskIntake>().OfSourcesAsync([source], ada.Actor, CancellationToken.None));
        Assert.Equal([thing], of[source]);
        Assert.Equal(1, await house.ReadAsync(db => db.Tasks.CountAsync(t => t.ProjectId == project)));
    }

    [Fact]
    public async Task What_is_due_today_is_on_the_agenda_in_the_rail_and_on_the_dashboard()
    {
        var ada = await house.PersonAsync("due", timeZone: "Pacific/Kiritimati");
        var project = await house.NewProjectAsync(ada);
        var today = NodaTime.SystemClock.Instance.GetCurrentInstant().InZone(Zones.Of(ada.Actor)).Date;
        await house.NewTaskAsync(project, ada, "Here and now", (t, by) => Due(t, today, by));
        await house.NewTaskAsync(project, ada, "Not yet", (t, by) => Due(t, today.PlusDays(1), by));
        Assert.Equal(1, await house.InScopeAsync(s => s.GetServices<IRoomCount>().Single(r => r is DueCount).CountAsync(ada.Actor, CancellationToken.None)));
        var (from, to) = MyTasks.Today(DateTimeOffset.FromUnixTimeMilliseconds(NodaTime.SystemClock.Instance.GetCurrentInstant().ToUnixTimeMilliseconds()), Zones.Of(ada.Actor));
        var entries = await house.InScopeAsync(s => s.GetServices<IAgendaSource>().Single(a => a is TasksAgenda).BetweenAsync(ada.Actor, from, to, CancellationToken.None));
        Assert.Equal("Here and now", Assert.Single(entries).Title);
        var card = await house.InScopeAsync(s => s.GetServices<IDashboardCard>().Single(a => a is NeedsYou).LoadAsync(ada.Actor, CancellationToken.None));
        Assert.Equal(1, card!.Parameters["Total"]);

        void Due(TaskItem task, NodaTime.LocalDate day, Change by)
        {
            task.Schedule(null, When.Date(day), by);
            task.Assign([ada.Id], by);
        }
    }

    [Fact]
    public async Task A_feed_answers_whoever_knows_its_address_until_it_is_renewed()
    {
        var ada = await house.PersonAsync("feed");
        var project = await house.NewProjectAsync(ada);
        await house.NewTaskAsync(project, ada, "In the feed, with; signs", (t, by) =>
        {
            t.Schedule(null, When.Zoned(new(2027, 3, 1, 9, 0), "Europe/Berlin"), by);
            t.Assign([ada.Id], by);
        });
        var made = (await ada.PostAsync("/api/tasks/feeds", new { })).Is(HttpStatusCode.Created);
        using var stranger = house.Stranger();
        var feed = (await stranger.GetAsync(made["path"])).Ok();
        Assert.Contains("SUMMARY:In the feed\\, with\\; signs", feed.Body);
        Assert.Contains("DUE;TZID=Europe/Berlin:20270301T090000", feed.Body);
        Assert.Contains("BEGIN:VTIMEZONE", feed.Body);
        Assert.Contains("BEGIN:VEVENT", (await stranger.GetAsync(made["path"] + "?as=events")).Ok().Body);
        (await stranger.GetAsync(made["path"], ("If-None-Match", feed.ETag!))).Is(HttpStatusCode.NotModified);
        var next = (await ada.PostAsync($"/api/tasks/feeds/{made["id"]}/rotate")).Ok();
        (await stranger.GetAsync(made["path"])).Is(HttpStatusCode.NotFound);
        (await stranger.GetAsync(next["path"])).Ok();
        (await ada.DeleteAsync($"/api/tasks/feeds/{next["id"]}")).Is(HttpStatusCode.NoContent);
        (await stranger.GetAsync(next["path"])).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_bulk_change_answers_for_each_and_a_dry_run_keeps_nothing()
    {
        var (ada, other) = (await house.PersonAsync("bulk"), await house.PersonAsync("bulk"));
        var project = await house.NewProjectAsync(ada);
        var ids = new List<Id<TaskItem>>();
        for (var i = 0; i < 120; i++) ids.Add(await house.NewTaskAsync(project, ada, $"Task {i}"));
        ids.Add(await house.NewTaskAsync(await house.NewProjectAsync(other), other, "Not mine"));
        var dry = (await ada.PostAsync("/api/tasks/bulk", new { ids, change = new { priority = 2, status = "done", add_labels = new[] { "Sorted" } }, dry_run = true })).Ok();
        Assert.Equal(120, dry.Json.GetProperty("changed").GetInt32());
        Assert.Equal(0, await house.ReadAsync(db => db.Tasks.CountAsync(t => t.ProjectId == project && t.Category == Category.Done)));
        var real = (await ada.PostAsync("/api/tasks/bulk", new { ids, change = new { priority = 2, status = "done", add_labels = new[] { "Sorted" } } })).Ok();
        Assert.Equal((120, 1), (real.Json.GetProperty("changed").GetInt32(), real.Json.GetProperty("refused").GetInt32()));
        Assert.Equal(120, await house.ReadAsync(db => db.Tasks.CountAsync(t => t.ProjectId == project && t.Category == Category.Done && t.Priority == 2)));
        Assert.Equal(120, await house.ReadAsync(db => db.TaskLabels.CountAsync(l => db.Tasks.Any(t => t.Id == l.TaskId && t.ProjectId == project))));
        (await ada.PostAsync("/api/tasks/bulk", new { ids, change = new { add_assignees = new[] { other.Id } } })).Ok();
        Assert.Equal(0, await house.ReadAsync(db => db.Assignees.CountAsync(a => a.MemberId == other.Id)));
    }

    [Fact]
    public async Task Purging_takes_what_one_deletion_took_and_nothing_else()
    {
        var ada = await house.PersonAsync("trash");
        var project = await house.NewProjectAsync(ada);
        var (gone, stays) = (await house.NewTaskAsync(project, ada, "Gone"), await house.NewTaskAsync(project, ada, "Stays"));
        var deletion = Id<Deletion>.New();
        await house.ChangeTaskAsync(gone, ada, (t, write) => t.Trash(deletion, write.By));
        Assert.Equal("Gone", (await ada.GetAsync("/api/tasks/trash")).Ok().Json.GetProperty("items")[0].GetProperty("title").GetString());
        (await (await house.PersonAsync("trash")).DeleteAsync($"/api/tasks/trash/{deletion}")).Is(HttpStatusCode.NotFound);
        (await ada.DeleteAsync($"/api/tasks/trash/{deletion}")).Is(HttpStatusCode.NoContent);
        Assert.Equal([stays], await house.ReadAsync(db => db.Tasks.Where(t => t.ProjectId == project).Select(t => t.Id).ToListAsync()));
    }

    [Fact]
    public async Task The_demo_fills_an_empty_house_within_a_second_and_a_half()
    {
        await using var empty = new EmptyHouse();
        await empty.InitializeAsync();
        var clock = Stopwatch.StartNew();
        await empty.InScopeAsync(async s =>
        {
            foreach (var demo in s.GetServices<IDemoData>().OrderBy(d => d.Order))
            {
                clock.Restart();
                await demo.FillAsync(CancellationToken.None);
            }

            return true;
        });
        TestContext.Current.SendDiagnosticMessage($"The demo took {clock.Elapsed}.");
        Assert.Equal(4 + 3, await empty.ReadAsync(db => db.Projects.CountAsync()));
        Assert.Equal(23, await empty.ReadAsync(db => db.Tasks.CountAsync(t => t.Category == Category.Done && db.Projects.Any(p => p.Id == t.ProjectId && p.Key == "MARKET"))));
        Assert.True(await empty.ReadAsync(db => db.Occurrences.CountAsync()) > 15);
        Assert.Equal(0, await empty.ReadAsync(db => db.Activities.CountAsync(a => a.At > db.Now)));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"It took {clock.Elapsed}.");
    }

    private sealed class EmptyHouse : QuietHouse;
}
