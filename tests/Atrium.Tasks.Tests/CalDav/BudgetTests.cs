using System.Net;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

/// <summary>What requests cost in statements, whatever the length of a list.</summary>
[Collection(nameof(DavHouse))]
public class BudgetTests(DavHouse house)
{
    private const int Many = 5000;

    [Fact]
    public async Task Five_thousand_tasks_cost_no_more_statements_than_five()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var club = await ada.ProjectAsync();
        await FillAsync(club, ada);
        var list = phone.List(club);

        var first = await phone.SyncAsync(list);
        Assert.Equal(Many, first.Changed.Count);
        Within(5, first.Answer);
        Within(1, (await phone.SyncAsync(list, first.Token)).Answer);
        var tags = (await phone.PropfindAsync(list, "<d:getetag/>", 1)).Is(HttpStatusCode.MultiStatus);
        Assert.Equal(Many + 1, tags.Hrefs().Count);
        Within(3, tags);
        var all = await phone.MultigetAsync(list, first.Changed.Keys);
        Assert.Equal(Many, all.Data().Count);
        Within(5, all);
        var queried = await phone.QueryAsync(list, "<c:comp-filter name='VTODO'><c:prop-filter name='COMPLETED'><c:is-not-defined/></c:prop-filter></c:comp-filter>");
        Assert.Equal(Many, queried.Data().Count);
        Within(5, queried);
        Within(2, await phone.QueryAsync(list, "<c:comp-filter name='VTODO'/>", ""));
        Within(5, await phone.GetAsync(first.Changed.Keys.First()));

        (await phone.PutAsync(list + "new.ics", Phone.Todo("new", "SUMMARY:new"))).Is(HttpStatusCode.Created);
        var one = await phone.SyncAsync(list, first.Token);
        Assert.Single(one.Changed);
        Within(4, one.Answer);
        Within(11, await phone.PutAsync(list + "new.ics", Phone.Todo("new", "SUMMARY:newer")));
        Within(2, await phone.PutAsync(list + "new.ics", Phone.Todo("new", "SUMMARY:newer")));
    }

    [Fact]
    public async Task A_home_of_many_lists_costs_no_more_than_three()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        var phone = new Phone(ada);
        await phone.PropfindAsync(phone.Home, "<d:displayname/>", 1);
        for (var i = 0; i < 12; i++) await ada.ProjectAsync($"List {i}");
        for (var i = 0; i < 3; i++) await ben.AddAsync(await ben.ProjectAsync($"Shared {i}"), ada, ProjectRole.Writer);
        var home = await phone.PropfindAsync(phone.Home, "<d:displayname/><d:owner/><cs:getctag/><d:getlastmodified/><c:supported-calendar-component-set/>", 1);
        Assert.True(home.Hrefs().Count >= 17);
        Within(3, home);
        Within(0, await phone.PropfindAsync(phone.Home, "<d:displayname/>"));
    }

    private static void Within(int most, Answer answer) => Assert.True(answer.Ok().Statements <= most, $"{answer.Request} cost {answer.Statements} statements, not {most}.");

    /// <summary>Tasks with labels, dates and reminders here and there, and half of them as a phone has put them, straight into the database.</summary>
    private Task FillAsync(ProjectView club, Person ada) => house.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<TasksDb>();
        await db.WriteAsync(async ct =>
        {
            var by = Change.By(ada.Actor, TimeProvider.System, "fill");
            var counted = await db.CountAsync(club.Id, Many, ada.Actor, ct);
            var project = await db.Projects.AsTracking().Include(p => p.Columns).Include(p => p.Labels).FirstAsync(p => p.Id == club.Id, ct);
            var (column, label, rank) = (project.Board().Demand(Category.Todo), project.AddLabel("garden", null), (string?)null);
            for (var i = 0; i < Many; i++)
            {
                rank = Rank.Between(rank, null);
                var task = new TaskItem(club.Id, counted!.FirstNumber + i, $"Task {i}", column, rank, by);
                if (i % 3 == 0) task.LabelWith([label], by);
                if (i % 5 == 0) task.Schedule(null, When.Parse("2031-03-03T18:00:00[Europe/Berlin]"), by);
                if (i % 10 == 0) task.RemindBy(ReminderAnchor.Due, -900, by);
                if (i % 2 == 0) db.DavResources.Add(new() { TaskId = task.Id, ProjectId = club.Id, Name = $"phone-{i}.ics", Raw = System.Text.Encoding.UTF8.GetBytes(Phone.Todo(task.Uid, $"SUMMARY:{task.Title}")) });
                task.Stamp(counted.Seq);
                db.Tasks.Add(task);
            }

            return true;
        }, CancellationToken.None);
        return true;
    });
}
