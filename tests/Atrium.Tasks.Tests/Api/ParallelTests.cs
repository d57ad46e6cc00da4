using System.Net;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atrium.Tasks.Tests;

public class ParallelTests(TasksHouse house)
{
    [Fact]
    public async Task Numbers_of_parallel_creates_are_distinct_and_gapless()
    {
        using var ada = await house.PersonAsync("ada");
        var club = await ada.ProjectAsync();
        var numbers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            var mine = new List<long>();
            for (var i = 0; i < 20; i++) mine.Add((await ada.TaskAsync(club, "t")).Number);
            return mine;
        }));
        Assert.Equal(Enumerable.Range(1, 1000).Select(n => (long)n), numbers.SelectMany(n => n).Order());
    }

    [Fact]
    public async Task Ten_who_complete_one_date_of_a_series_complete_it_once()
    {
        using var ada = await house.PersonAsync("ada");
        var task = await ada.TaskAsync(await ada.ProjectAsync(), "Bins", new { title = "Bins", due = "2031-03-03", recurrence = new { rrule = "FREQ=WEEKLY" } });
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ada.PostAsync($"/api/tasks/tasks/{task.Id}/complete", new { instance = "2031-03-03" })));
        Assert.All(answers, a => Assert.Equal("2031-03-10", a.Ok().As<TaskCompleted>().Task.Due!.ToString()));
        Assert.Single((await ada.GetAsync($"/api/tasks/tasks/{task.Id}/occurrences")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Movers_lose_no_card_and_make_no_two_ranks_alike()
    {
        using var ada = await house.PersonAsync("ada");
        var club = await ada.ProjectAsync();
        var tasks = new List<TaskView>();
        for (var i = 0; i < 12; i++) tasks.Add(await ada.TaskAsync(club, $"t{i}"));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async mover =>
        {
            for (var i = 0; i < 100; i++)
            {
                var moved = tasks[((mover * 7) + i) % 10 + 2];
                (await Steps.PatientlyAsync(() => ada.PostAsync($"/api/tasks/tasks/{moved.Id}/move", new { after = tasks[0].Id, column = club.Columns[(mover + i) % 3].Id }))).Ok();
            }
        }));
        var board = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/board")).As<BoardView>();
        var cards = board.Columns.SelectMany(c => c.Cards).ToList();
        Assert.Equal(tasks.Select(t => t.Id).Order(), cards.Select(c => c.Id).Order());
        Assert.Equal(12, cards.Select(c => c.Rank).Distinct().Count());
    }

    [Fact]
    public async Task Two_who_edit_different_fields_lose_nothing_and_one_field_has_one_winner()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        var club = await ada.ProjectAsync();
        await ada.AddAsync(club, ben, ProjectRole.Writer);
        var task = await ada.TaskAsync(club, "x");
        var path = $"/api/tasks/tasks/{task.Id}";
        var revision = task.Revision;
        for (var round = 0; round < 200; round++)
        {
            var both = await Task.WhenAll(
                ada.PatchAsync(path, new { title = $"title {round}", @base = revision }),
                ben.PatchAsync(path, new { description = $"text {round}", @base = revision }));
            Assert.All(both, a => a.Ok());
            var now = await ada.ReadAsync(task);
            Assert.Equal(($"title {round}", $"text {round}"), (now.Title, now.Description));
            revision = now.Revision;
        }

        var race = await Task.WhenAll(ada.PatchAsync(path, new { title = "A", @base = revision }), ben.PatchAsync(path, new { title = "B", @base = revision }));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], race.Select(a => a.Status).Order());
        Assert.Equal(401, await house.InScopeAsync(s => s.GetRequiredService<TasksDb>().Activities.CountAsync(a => a.TaskId == task.Id && (a.Field == Field.Title || a.Field == Field.Description))));
    }

    [Fact]
    public async Task A_reader_of_changes_ends_with_what_the_server_has()
    {
        using var ada = await house.PersonAsync("ada");
        var club = await ada.ProjectAsync();
        var tasks = new List<TaskView>();
        for (var i = 0; i < 8; i++) tasks.Add(await ada.TaskAsync(club, $"t{i}"));
        var copy = new Dictionary<string, long>();
        long since = 0;
        var writers = Task.WhenAll(Enumerable.Range(0, 20).Select(async w =>
        {
            for (var i = 0; i < 100; i++)
            {
                var at = i;
                (await Steps.PatientlyAsync(() => ada.PatchAsync($"/api/tasks/tasks/{tasks[(w + at) % 8].Id}", new { title = $"{w}.{at}" }))).Ok();
            }
        }));
        while (!writers.IsCompleted) await SyncAsync();
        await writers;
        await SyncAsync();
        foreach (var task in tasks) Assert.Equal((await ada.ReadAsync(task)).Revision, copy[task.Id.ToString()]);

        async Task SyncAsync()
        {
            while (true)
            {
                var changes = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/changes?since={since}&limit=5")).Ok().As<ChangesView>();
                foreach (var task in changes.Tasks) copy[task.Id.ToString()] = task.Revision;
                since = changes.Next;
                if (!changes.More) return;
            }
        }
    }
}
