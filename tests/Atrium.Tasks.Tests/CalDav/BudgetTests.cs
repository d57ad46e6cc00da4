using System.Net;
using Atrium.Kernel.Data;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

/// <summary>What requests cost in statements, whatever the length of a list.</summary>
public class BudgetTests(TasksHouse house)
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

    /// <summary>Tasks as an import leaves them: with labels and reminders here and there, and what phones have put.</summary>
    private Task FillAsync(ProjectView club, Person ada) => house.InScopeAsync(async services =>
    {
        var (desk, db) = (services.GetRequiredService<TaskDesk>(), services.GetRequiredService<TasksDb>());
        for (var batch = 0; batch < Many / 500; batch++)
        {
            await desk.ChangeAsync(club.Id, ada.Actor, ProjectRole.Writer, async write =>
            {
                await write.LabelsAsync(CancellationToken.None);
                var label = write.Project.FindLabel("garden") ?? write.Project.AddLabel("garden", null);
                string? rank = null;
                for (var i = 0; i < 500; i++)
                {
                    rank = Rank.Between(rank ?? await write.EndAsync(CancellationToken.None), null);
                    var task = await write.AddAsync($"Task {batch * 500 + i}", write.Board.Demand(Category.Todo), CancellationToken.None, rank);
                    if (i % 3 == 0) task.LabelWith([label], write.By);
                    if (i % 5 == 0) task.Schedule(null, When.Parse("2031-03-03T18:00:00[Europe/Berlin]"), write.By);
                    if (i % 10 == 0) task.RemindBy(ReminderAnchor.Due, -900, write.By);
                    if (i % 2 == 0) db.DavResources.Add(new() { TaskId = task.Id, ProjectId = club.Id, Name = $"phone-{batch * 500 + i}.ics", Raw = System.Text.Encoding.UTF8.GetBytes(Phone.Todo(task.Uid, $"SUMMARY:{task.Title}")) });
                }

                return true;
            }, CancellationToken.None, numbers: 500);
            db.ChangeTracker.Clear();
        }

        return true;
    });
}
