using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks.Tests;

/// <summary>Places are never oversold, and the queue moves up in order.</summary>
public sealed class PlacesTests(QuietHouse house)
{
    [Fact]
    public async Task Of_a_hundred_at_once_seven_hold_places_and_when_five_leave_the_first_five_of_the_queue_move_up()
    {
        var owner = await house.PersonAsync("host");
        var people = new List<Testing.Person>();
        for (var i = 0; i < 100; i++) people.Add(new(house, Kernel.Id<Kernel.Member>.New(), $"helper{i}", Kernel.Role.Member, "Etc/UTC", "en"));
        var project = await house.NewProjectAsync(owner, [.. people]);
        var task = await house.NewTaskAsync(project, owner, "Carry tables", (t, by) => t.NeedPeople(7, by));

        var answers = await Task.WhenAll(people.Select(p => Steps.PatientlyAsync(() => p.PostAsync($"/api/tasks/tasks/{task}/places/me", new { }))));
        Assert.Equal(7, answers.Count(a => a.Status == HttpStatusCode.Created));
        Assert.Equal(93, answers.Count(a => a.Status == HttpStatusCode.Accepted));

        var before = await RowsAsync(task);
        var queue = before.Where(p => p.SlotNo is null).OrderBy(p => p.QueuedAt).ThenBy(p => p.MemberId).Select(p => p.MemberId).ToList();
        var leaving = people.Where(p => before.Any(r => r.MemberId == p.Id && r.SlotNo is not null)).Take(5).ToList();
        foreach (var answer in await Task.WhenAll(leaving.Select(p => Steps.PatientlyAsync(() => p.DeleteAsync($"/api/tasks/tasks/{task}/places/me"))))) answer.Is(HttpStatusCode.NoContent);

        var after = await RowsAsync(task);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], after.Where(p => p.SlotNo is not null).Select(p => p.SlotNo!.Value).Order());
        Assert.Equal(88, after.Count(p => p.SlotNo is null));
        Assert.All(queue.Take(5), m => Assert.NotNull(after.Single(p => p.MemberId == m).SlotNo));
        await house.DrainAsync();
        var told = house.Told.Where(n => n.Kind == TaskNotices.Place && n.Subject.Key == task.Value && n.Text.StartsWith("You have", StringComparison.Ordinal)).SelectMany(n => n.Recipients).ToList();
        Assert.Equal(queue.Take(5).Order(), told.Order());
    }

    [Fact]
    public async Task A_second_place_and_a_full_task_without_queue_are_refused()
    {
        var (owner, guest) = (await house.PersonAsync("host"), await house.PersonAsync("guest"));
        var project = await house.NewProjectAsync(owner, guest);
        var task = await house.NewTaskAsync(project, owner, "One chair", (t, by) => t.NeedPeople(1, by));
        (await owner.PostAsync($"/api/tasks/tasks/{task}/places/me", new { })).Is(HttpStatusCode.Created);
        (await owner.PostAsync($"/api/tasks/tasks/{task}/places/me", new { })).Refuses(HttpStatusCode.Conflict, "already_has_place");
        (await guest.PostAsync($"/api/tasks/tasks/{task}/places/me", new { queue = false })).Refuses(HttpStatusCode.Conflict, "places_full");
        (await house.Stranger().PostAsync($"/api/tasks/tasks/{task}/places/me", new { })).Is(HttpStatusCode.Unauthorized);
        (await (await house.PersonAsync("other")).PostAsync($"/api/tasks/tasks/{task}/places/me", new { })).Is(HttpStatusCode.NotFound);
    }

    private Task<List<Place>> RowsAsync(Kernel.Id<TaskItem> task) => house.ReadAsync(db => db.Places.Where(p => p.TaskId == task).ToListAsync());
}
