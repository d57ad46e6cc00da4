using System.Text.RegularExpressions;
using Atrium.Contracts.Accounts;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

public class RealClientTests(TasksHouse house)
{
    [Fact]
    public async Task Two_computers_with_vdirsyncer_and_todoman_and_the_browser_agree_and_lose_nothing()
    {
        using var ada = await house.PersonAsync("ada");
        var club = await ada.ProjectAsync("Club");
        var web = await ada.TaskAsync(club, "x", new { title = "From the browser 🎨", description = "two\nlines", due = "2031-03-03T18:00:00[Europe/Berlin]", priority = 1, labels = new[] { "garden" } });
        using var one = await DeskAsync(ada);
        using var two = await DeskAsync(ada);

        // A list that only one of them has is made on the server, and reaches the other.
        Directory.CreateDirectory(Path.Combine(one.Lists, "shopping"));
        await one.DiscoverAsync();
        await two.DiscoverAsync();
        Assert.True(Directory.Exists(Path.Combine(two.Lists, "shopping")));
        Assert.Contains("From the browser", await two.TodoAsync("list"));

        // Each adds, and each sees the other's.
        await one.TodoAsync("new", "-l", "Club", "--due", "2031-03-05 10:00", "--priority", "high", "Made on one");
        await two.TodoAsync("new", "-l", "shopping", "Made on two");
        await SyncAllAsync(one, two);
        Assert.Contains("Made on two", await one.TodoAsync("list"));
        Assert.Contains("Made on one", await two.TodoAsync("list"));
        var items = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["From the browser 🎨", "Made on one"], items.Select(t => t.GetProperty("title").GetString()).Order(StringComparer.Ordinal));

        // Edits at both ends and in the browser, each of another task, between two rounds.
        await one.TodoAsync("done", await IdAsync(one, "From the browser"));
        await two.TodoAsync("edit", await IdAsync(two, "Made on one"), "--due", "2031-03-06 11:00");
        var shopping = items.Single(t => t.GetProperty("title").GetString() == "Made on one").GetProperty("id").GetString();
        await SyncAllAsync(one, two);
        var edited = (await ada.GetAsync($"/api/tasks/tasks/{shopping}")).Ok().As<TaskView>();
        Assert.Contains("2031-03-06", edited.Due!.ToString());
        Assert.Equal(Category.Done, (await ada.ReadAsync(web)).Column.Category);
        (await ada.PatchAsync($"/api/tasks/tasks/{shopping}", new { title = "Renamed in the browser" })).Ok();
        await two.TodoAsync("new", "-l", "Club", "Late addition");
        await SyncAllAsync(one, two);
        Assert.Contains("Renamed in the browser", await one.TodoAsync("list"));
        Assert.Contains("Late addition", await one.TodoAsync("list"));

        // A series: what todoman completes goes on by a task of its own with the next date, what the browser completes goes on as itself.
        foreach (var title in new[] { "Water the beds", "Sweep the yard" })
            await ada.TaskAsync(club, "x", new { title, due = "2031-03-03T18:00:00[Europe/Berlin]", recurrence = new { rrule = "FREQ=WEEKLY" } });
        await SyncAllAsync(one, two);
        await two.TodoAsync("done", await IdAsync(two, "Water the beds"));
        (await ada.PostAsync($"/api/tasks/tasks/{(await OpenAsync("Sweep the yard")).GetProperty("id").GetString()}/complete")).Ok();
        await SyncAllAsync(one, two);
        foreach (var title in new[] { "Water the beds", "Sweep the yard" })
        {
            var next = await OpenAsync(title);
            Assert.Equal(new(2031, 3, 10, 17, 0, 0, TimeSpan.Zero), next.GetProperty("due").GetProperty("at").GetDateTimeOffset());
            Assert.Equal("FREQ=WEEKLY", next.GetProperty("recurrence").GetProperty("rrule").GetString());
            foreach (var desk in new[] { one, two }) Assert.Single((await desk.TodoAsync("list")).Split('\n'), l => l.Contains(title, StringComparison.Ordinal) && l.Contains("2031-03-10 18:00", StringComparison.Ordinal));
        }

        // Edits of one task at both ends, one after the other, end in the last.
        await one.TodoAsync("edit", await IdAsync(one, "Sweep the yard"), "--priority", "low");
        await SyncAllAsync(one, two);
        await two.TodoAsync("edit", await IdAsync(two, "Sweep the yard"), "--location", "Yard");
        await SyncAllAsync(one, two);
        Assert.All((Desk[])[one, two], desk => Assert.Contains(desk.Files.Values, f => f.Contains("SUMMARY:Sweep the yard", StringComparison.Ordinal) && f.Contains("LOCATION:Yard", StringComparison.Ordinal) && f.Contains("PRIORITY:9", StringComparison.Ordinal)));

        // What one throws away goes everywhere.
        await one.TodoAsync("delete", "--yes", await IdAsync(one, "Late addition"));
        await SyncAllAsync(one, two);
        Assert.DoesNotContain("Late addition", await two.TodoAsync("list"));
        Assert.Equal(one.Files.Values.Order(StringComparer.Ordinal), two.Files.Values.Order(StringComparer.Ordinal));

        // And then there is nothing left to do.
        var seq = (await ada.GetAsync($"/api/tasks/projects/{club.Id}")).Json.GetProperty("seq").ToString();
        Assert.Equal(0, (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks?filter=text:Late")).Ok().Json.GetProperty("items").GetArrayLength());
        foreach (var desk in new[] { one, two }) Assert.DoesNotMatch("(?i)copying|deleting|updating", await desk.SyncAsync());
        Assert.Equal(seq, (await ada.GetAsync($"/api/tasks/projects/{club.Id}")).Json.GetProperty("seq").ToString());

        async Task<System.Text.Json.JsonElement> OpenAsync(string title) => (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks?filter=status:todo")).Ok().Json.GetProperty("items").EnumerateArray()
            .Single(t => t.GetProperty("title").GetString() == title);
    }

    private static async Task SyncAllAsync(Desk one, Desk two)
    {
        await one.SyncAsync();
        await two.SyncAsync();
        await one.SyncAsync();
    }

    private static async Task<string> IdAsync(Desk desk, string title)
    {
        var line = (await desk.TodoAsync("list")).Split('\n').Single(l => l.Contains(title, StringComparison.Ordinal));
        return Regex.Match(line, @"\d+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
    }

    private async Task<Desk> DeskAsync(Person person) =>
        new(house.Url, person.Handle, await house.InScopeAsync(s => s.GetRequiredService<IMemberRegistry>().AddAppPasswordAsync(person.Id, "Desk", CancellationToken.None)));
}
