using System.Net;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks.Tests;

/// <summary>Two at once on things that hang on tasks: nothing is lost, doubled or left half done.</summary>
public sealed class HazardTests(QuietHouse house)
{
    [Fact]
    public async Task Of_two_parents_given_in_opposite_directions_exactly_one_is_taken()
    {
        var ada = await house.PersonAsync("parents");
        var club = await ada.ProjectAsync();
        for (var round = 0; round < 20; round++)
        {
            var (a, b) = (await ada.TaskAsync(club, "A"), await ada.TaskAsync(club, "B"));
            var both = await Task.WhenAll(
                Steps.PatientlyAsync(() => ada.PatchAsync($"/api/tasks/tasks/{a.Id}", new { parent = b.Id })),
                Steps.PatientlyAsync(() => ada.PatchAsync($"/api/tasks/tasks/{b.Id}", new { parent = a.Id })));
            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity], both.Select(x => x.Status).Order());
        }
    }

    [Fact]
    public async Task Of_two_projects_put_into_each_other_at_once_exactly_one_goes()
    {
        var ada = await house.PersonAsync("rings");
        for (var round = 0; round < 15; round++)
        {
            var (a, b) = (await ada.ProjectAsync("A"), await ada.ProjectAsync("B"));
            var both = await Task.WhenAll(
                Steps.PatientlyAsync(() => ada.PatchAsync($"/api/tasks/projects/{a.Id}", new { parent = b.Id })),
                Steps.PatientlyAsync(() => ada.PatchAsync($"/api/tasks/projects/{b.Id}", new { parent = a.Id })));
            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity], both.Select(x => x.Status).Order());
        }
    }

    [Fact]
    public async Task Moves_between_two_projects_in_opposite_directions_wait_for_each_other()
    {
        var ada = await house.PersonAsync("movers");
        var (one, two) = (await ada.ProjectAsync("One"), await ada.ProjectAsync("Two"));
        var tasks = new List<TaskView>();
        for (var i = 0; i < 8; i++) tasks.Add(await ada.TaskAsync(i % 2 == 0 ? one : two, $"t{i}"));
        await Task.WhenAll(tasks.Select(async (task, i) =>
        {
            for (var round = 0; round < 10; round++)
                (await Steps.PatientlyAsync(() => ada.PostAsync($"/api/tasks/tasks/{task.Id}/move", new { project = ((i + round) % 2 == 0 ? two : one).Id }))).Ok();
        }));
        var ids = tasks.Select(t => t.Id).ToList();
        var found = await house.ReadAsync(db => db.Tasks.Where(t => ids.Contains(t.Id)).ToListAsync());
        Assert.Equal(8, found.Count);
        Assert.All(found, t => Assert.Equal(tasks.Single(x => x.Id == t.Id).Project.Id, t.ProjectId));
        Assert.Equal(80, await house.ReadAsync(db => db.Activities.CountAsync(a => ids.Contains(a.TaskId) && a.Field == Field.Project)));
        Assert.Equal(80, await house.ReadAsync(db => db.Aliases.CountAsync(a => ids.Contains(a.TaskId))));
    }

    [Fact]
    public async Task A_restore_and_a_purge_at_once_leave_all_or_nothing()
    {
        var ada = await house.PersonAsync("purge");
        var club = await ada.ProjectAsync();
        for (var round = 0; round < 12; round++)
        {
            var parent = await ada.TaskAsync(club, "Parent");
            for (var i = 0; i < 3; i++) await ada.TaskAsync(club, "Child", new { title = "Child", parent = parent.Id });
            (await ada.DeleteAsync($"/api/tasks/tasks/{parent.Id}")).Is(HttpStatusCode.NoContent);
            var deletion = await house.ReadAsync(db => db.Tasks.Where(t => t.Id == parent.Id).Select(t => t.DeletionId).FirstAsync());
            var both = await Task.WhenAll(ada.PostAsync($"/api/tasks/tasks/{parent.Id}/restore"), ada.DeleteAsync($"/api/tasks/trash/{deletion}"));
            Assert.All(both, a => Assert.True((int)a.Status < 500, a.Body));
            var (whole, alive) = await house.ReadAsync(async db => (
                await db.Tasks.CountAsync(t => t.Id == parent.Id || t.ParentId == parent.Id), await db.Tasks.CountAsync(t => (t.Id == parent.Id || t.ParentId == parent.Id) && t.DeletedAt == null)));
            Assert.Equal(both[0].Status == HttpStatusCode.OK ? (4, 4) : (0, 0), (whole, alive));
        }
    }

    [Fact]
    public async Task Files_links_and_lines_added_at_once_are_all_there()
    {
        var ada = await house.PersonAsync("parts");
        var club = await ada.ProjectAsync();
        var task = await ada.TaskAsync(club, "Full");
        var others = new List<TaskView>();
        for (var i = 0; i < 10; i++) others.Add(await ada.TaskAsync(club, $"o{i}"));
        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(i => (Task[])
        [
            FileAsync(i),
            LinkAsync(others[i]),
            ada.PostAsync($"/api/tasks/tasks/{task.Id}/checklist", new { text = $"line {i}" }),
        ]));
        Assert.Equal(10, (await ada.GetAsync($"/api/tasks/tasks/{task.Id}/attachments")).Ok().Json.GetArrayLength());
        Assert.Equal(10, await house.ReadAsync(db => db.Links.CountAsync(l => l.TaskId == task.Id)));
        var items = (await ada.ReadAsync(task)).ChecklistItems;
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"line {i}").Order(), items.Select(i => i.Text).Order());
        Assert.Equal(30, await house.ReadAsync(db => db.Activities.CountAsync(a => a.TaskId == task.Id && (a.Field == Field.Files || a.Field == Field.Links || a.Field == Field.Checklist))));

        async Task FileAsync(int i)
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent([(byte)('a' + i), 1, 2]), "file", $"f{i}.bin" } };
            (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/attachments", form)).Is(HttpStatusCode.Created);
        }

        async Task LinkAsync(TaskView other)
        {
            var answer = await ada.PostAsync($"/api/tasks/tasks/{task.Id}/links", new { thing = $"task:{other.Id}" });
            Assert.True((int)answer.Status < 300, answer.Body);
        }
    }

    [Fact]
    public async Task Two_first_visits_at_once_make_one_personal_list()
    {
        for (var round = 0; round < 5; round++)
        {
            var ada = await house.PersonAsync("fresh");
            (await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ada.PostAsync("/api/tasks/quick", new { line = "Buy milk" })))).ToList().ForEach(a => a.Ok());
            Assert.Equal(1, await house.ReadAsync(db => db.Projects.CountAsync(p => p.PersonalOf == ada.Id)));
            Assert.Equal(6, await house.ReadAsync(db => db.Tasks.CountAsync(t => db.Projects.Any(p => p.Id == t.ProjectId && p.PersonalOf == ada.Id))));
        }
    }

    [Fact]
    public async Task A_spot_that_fills_up_is_spread_and_nobody_notices()
    {
        var ada = await house.PersonAsync("ranks");
        var club = await ada.ProjectAsync();
        var tasks = new List<TaskView>();
        for (var i = 0; i < 4; i++) tasks.Add(await ada.TaskAsync(club, $"t{i}"));

        // Always between the same two, again and again: the room there halves each time until ranks are spread.
        var longest = 0;
        for (var round = 0; round < 240; round++)
        {
            var moved = (await ada.PostAsync($"/api/tasks/tasks/{tasks[2 + (round % 2)].Id}/move", new { after = tasks[0].Id })).Ok().As<TaskMoved>();
            longest = Math.Max(longest, moved.Rank.Length);
        }

        Assert.InRange(longest, 20, Rank.Longest);
        var order = await house.ReadAsync(db => db.Tasks.Where(t => t.ProjectId == club.Id).OrderBy(t => t.Rank).Select(t => t.Title).ToListAsync());
        Assert.Equal(["t0", "t3", "t2", "t1"], order);
    }
}
