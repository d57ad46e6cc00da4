using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks.Tests;

/// <summary>Relations have two ends, and no ring.</summary>
public sealed class RelationsTests(QuietHouse house)
{
    [Fact]
    public async Task Of_two_edges_that_close_a_ring_together_exactly_one_is_made()
    {
        var ada = await house.PersonAsync("ring");
        var project = await house.NewProjectAsync(ada);
        for (var round = 0; round < 20; round++)
        {
            var (a, b) = (await house.NewTaskAsync(project, ada, "A"), await house.NewTaskAsync(project, ada, "B"));
            var answers = await Task.WhenAll(ada.PutAsync($"/api/tasks/tasks/{a}/relations/blocks/{b}", new { }), ada.PutAsync($"/api/tasks/tasks/{b}/relations/precedes/{a}", new { }));
            Assert.Single(answers, x => x.Status == HttpStatusCode.NoContent);
            Assert.Single(answers, x => x.Status == HttpStatusCode.UnprocessableEntity).Refuses(HttpStatusCode.UnprocessableEntity, "cycle");
        }
    }

    [Fact]
    public async Task A_relation_reads_from_both_ends_and_is_in_both_histories()
    {
        var ada = await house.PersonAsync("ends");
        var (one, two) = (await house.NewProjectAsync(ada), await house.NewProjectAsync(ada));
        var (a, b) = (await house.NewTaskAsync(one, ada, "First"), await house.NewTaskAsync(two, ada, "Second"));
        (await ada.PutAsync($"/api/tasks/tasks/{a}/relations/blocked_by/{b}", new { })).Is(HttpStatusCode.NoContent);
        Assert.Equal("blocked_by", (await ada.GetAsync($"/api/tasks/tasks/{a}/relations")).Ok().Json[0].GetProperty("kind").GetString());
        Assert.Equal("blocks", (await ada.GetAsync($"/api/tasks/tasks/{b}/relations")).Ok().Json[0].GetProperty("kind").GetString());
        Assert.Equal(2, await house.ReadAsync(db => db.Activities.CountAsync(x => (x.TaskId == a || x.TaskId == b) && x.Field == Field.Relations)));
        (await ada.DeleteAsync($"/api/tasks/tasks/{b}/relations/blocks/{a}")).Is(HttpStatusCode.NoContent);
        Assert.Equal(0, (await ada.GetAsync($"/api/tasks/tasks/{a}/relations")).Ok().Json.GetArrayLength());
    }

    [Fact]
    public async Task Finishing_the_last_blocker_tells_who_waits()
    {
        var (ada, ben) = (await house.PersonAsync("blocker"), await house.PersonAsync("waiter"));
        var project = await house.NewProjectAsync(ada, ben);
        var (first, second) = (await house.NewTaskAsync(project, ada, "One"), await house.NewTaskAsync(project, ada, "Two"));
        var waits = await house.NewTaskAsync(project, ada, "Waits", (t, by) => t.Assign([ben.Id], by));
        foreach (var blocker in new[] { first, second }) (await ada.PutAsync($"/api/tasks/tasks/{blocker}/relations/blocks/{waits}", new { })).Is(HttpStatusCode.NoContent);
        await CompleteAsync(first);
        Assert.Empty(await ToldAsync());
        await CompleteAsync(second);
        Assert.Equal([ben.Id], (await ToldAsync()).SelectMany(n => n.Recipients));

        Task CompleteAsync(Kernel.Id<TaskItem> task) => house.ChangeTaskAsync(task, ada, (t, write) => t.Complete(new(write.Board, NodaTime.DateTimeZone.Utc), write.By));

        async Task<List<Contracts.Home.NotificationRaised>> ToldAsync()
        {
            await house.DrainAsync();
            return [.. house.Told.Where(n => n.Kind == TaskNotices.Unblocked && n.Subject.Key == waits.Value)];
        }
    }
}
