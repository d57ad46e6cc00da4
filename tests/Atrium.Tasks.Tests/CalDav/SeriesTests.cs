using System.Net;
using Atrium.Testing;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

/// <summary>The three ways in which phones complete a recurring task.</summary>
public class SeriesTests(TasksHouse house)
{
    private static readonly string[] Weekly = ["SUMMARY:Bins", "DUE;VALUE=DATE:20310303", "RRULE:FREQ=WEEKLY"];

    [Fact]
    public async Task A_completed_master_goes_on_with_its_next_date_and_can_be_taken_back()
    {
        using var ada = await house.PersonAsync("ada");
        var (phone, path, club) = await StartAsync(ada, "a", Weekly);
        var before = await phone.GetAsync(path);
        var put = (await phone.PutAsync(path, Phone.Todo("a", [.. Weekly, "STATUS:COMPLETED", "COMPLETED:20310303T080000Z", "PERCENT-COMPLETE:100"]), ("If-Match", before.ETag!))).Is(HttpStatusCode.NoContent);
        Assert.Null(put.ETag);
        var got = (await phone.GetAsync(path)).Body;
        Assert.Contains("DUE;VALUE=DATE:20310310", got);
        Assert.Contains("STATUS:NEEDS-ACTION", got);
        Assert.DoesNotContain("COMPLETED:", got);
        Assert.Contains("UID:a", got);

        var task = await OnlyAsync(ada, club);
        Assert.Equal("2031-03-10", task.Due!.ToString());
        Assert.Equal(["done"], await OutcomesAsync(ada, task));
        (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/reopen")).Ok();
        Assert.Contains("DUE;VALUE=DATE:20310303", (await phone.GetAsync(path)).Body);
    }

    [Fact]
    public async Task Two_phones_that_complete_the_same_date_complete_it_once()
    {
        using var ada = await house.PersonAsync("ada");
        var (phone, path, club) = await StartAsync(ada, "twice", Weekly);
        var done = Phone.Todo("twice", [.. Weekly, "STATUS:COMPLETED", "COMPLETED:20310303T080000Z"]);
        (await phone.PutAsync(path, done)).Is(HttpStatusCode.NoContent);
        (await phone.PutAsync(path, done)).Is(HttpStatusCode.NoContent);
        var task = await OnlyAsync(ada, club);
        Assert.Equal("2031-03-10", task.Due!.ToString());
        Assert.Single(await OutcomesAsync(ada, task));
    }

    [Fact]
    public async Task The_last_of_a_count_is_done()
    {
        using var ada = await house.PersonAsync("ada");
        string[] twice = ["SUMMARY:Twice", "DUE;VALUE=DATE:20310303", "RRULE:FREQ=WEEKLY;COUNT=2"];
        var (phone, path, club) = await StartAsync(ada, "count", twice);
        (await phone.PutAsync(path, Phone.Todo("count", [.. twice, "STATUS:COMPLETED"]))).Ok();
        var got = (await phone.GetAsync(path)).Body;
        Assert.Contains("RRULE:FREQ=WEEKLY;COUNT=1", got);
        (await phone.PutAsync(path, got.Replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED", StringComparison.Ordinal))).Ok();
        Assert.Equal(Category.Done, (await OnlyAsync(ada, club)).Column.Category);
        Assert.Contains("STATUS:COMPLETED", (await phone.GetAsync(path)).Body);
    }

    [Fact]
    public async Task A_master_that_moved_on_by_itself_is_taken_as_done_once()
    {
        using var ada = await house.PersonAsync("ada");
        var (phone, path, club) = await StartAsync(ada, "b", Weekly);
        var sent = Phone.Todo("b", "SUMMARY:Bins", "DUE;VALUE=DATE:20310310", "RRULE:FREQ=WEEKLY", "STATUS:NEEDS-ACTION");
        var put = (await phone.PutAsync(path, sent)).Is(HttpStatusCode.NoContent);
        Assert.NotNull(put.ETag);
        Assert.Equal(sent, (await phone.GetAsync(path)).Body);
        var task = await OnlyAsync(ada, club);
        Assert.Equal("2031-03-10", task.Due!.ToString());
        Assert.Equal(["advanced"], await OutcomesAsync(ada, task));
        (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/reopen")).Ok();
        Assert.Equal("2031-03-03", (await ada.ReadAsync(task)).Due!.ToString());
    }

    [Fact]
    public async Task An_override_that_is_done_leaves_the_master_and_the_list_goes_by_the_first_open_date()
    {
        using var ada = await house.PersonAsync("ada");
        string[] master = ["SUMMARY:Bins", "DTSTART;TZID=Europe/Berlin:20310303T090000", "RRULE:FREQ=WEEKLY"];
        var (phone, path, club) = await StartAsync(ada, "c", master);
        var sent = Phone.Calendar(
            ["BEGIN:VTODO", "UID:c", "DTSTAMP:20261101T100000Z", .. master, "END:VTODO",
            "BEGIN:VTODO", "UID:c", "DTSTAMP:20261101T100000Z", "RECURRENCE-ID;TZID=Europe/Berlin:20310303T090000", "SUMMARY:Bins", "STATUS:COMPLETED", "COMPLETED:20310303T080000Z", "END:VTODO"]);
        var put = (await phone.PutAsync(path, sent)).Is(HttpStatusCode.NoContent);
        Assert.NotNull(put.ETag);
        Assert.Equal(sent, (await phone.GetAsync(path)).Body);
        var task = await OnlyAsync(ada, club);
        Assert.Equal("2031-03-10T09:00:00[Europe/Berlin]", task.NextDue!.ToString());
        Assert.Equal(Category.Todo, task.Column.Category);
        Assert.Equal(["done"], await OutcomesAsync(ada, task));

        (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/reopen")).Ok();
        Assert.Equal("2031-03-03T09:00:00[Europe/Berlin]", (await ada.ReadAsync(task)).NextDue!.ToString());
        Assert.DoesNotContain("STATUS:COMPLETED", (await phone.GetAsync(path)).Body);
        (await phone.PutAsync(path, sent)).Ok();
        Assert.Equal("2031-03-10T09:00:00[Europe/Berlin]", (await ada.ReadAsync(task)).NextDue!.ToString());
    }

    [Fact]
    public async Task Alarms_are_reminders_and_what_is_dismissed_is_so_everywhere()
    {
        using var ada = await house.PersonAsync("ada");
        string[] alarms = ["BEGIN:VALARM", "UID:al", "X-KEEP:me", "ACTION:DISPLAY", "TRIGGER;RELATED=END:-PT1H", "END:VALARM", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER;VALUE=DATE-TIME:20310303T070000Z", "END:VALARM"];
        var (phone, path, club) = await StartAsync(ada, "alarm", ["SUMMARY:A", "DUE:20310303T090000Z", .. alarms]);
        var task = await ada.ReadAsync(await OnlyAsync(ada, club));
        Assert.Equal(2, task.Reminders.Count);
        var reminder = task.Reminders.First(r => r.OffsetSeconds == -3600);
        (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/reminders/{reminder.Id}/dismiss")).Ok();
        var got = (await phone.GetAsync(path)).Body;
        Assert.Contains("ACKNOWLEDGED:", got);
        Assert.Contains("X-KEEP:me", got);

        (await phone.PutAsync(path, Phone.Todo("alarm", "SUMMARY:A", "DUE:20310303T090000Z"))).Ok();
        Assert.Empty((await ada.ReadAsync(task)).Reminders);
    }

    [Fact]
    public async Task A_fixed_alarm_moves_with_its_series_and_keeps_what_the_phone_wrote_in_it()
    {
        using var ada = await house.PersonAsync("ada");
        string[] lines = ["SUMMARY:A", "DUE:20310303T090000Z", "RRULE:FREQ=DAILY", "BEGIN:VALARM", "X-KEEP:me", "ACTION:DISPLAY", "TRIGGER;VALUE=DATE-TIME:20310303T070000Z", "END:VALARM"];
        var (phone, path, _) = await StartAsync(ada, "fixed", lines);
        (await phone.PutAsync(path, Phone.Todo("fixed", ["STATUS:COMPLETED", .. lines]))).Ok();
        var got = (await phone.GetAsync(path)).Body;
        Assert.Contains("TRIGGER;VALUE=DATE-TIME:20310304T070000Z", got);
        Assert.Contains("X-KEEP:me", got);
        Assert.Contains("DUE:20310304T090000Z", got);
    }

    private static async Task<(Phone Phone, string Path, ProjectView Club)> StartAsync(Person ada, string uid, string[] lines)
    {
        var phone = new Phone(ada);
        var club = await ada.ProjectAsync();
        var path = $"{phone.List(club)}{uid}.ics";
        (await phone.PutAsync(path, Phone.Todo(uid, lines))).Is(HttpStatusCode.Created);
        return (phone, path, club);
    }

    private static async Task<TaskView> OnlyAsync(Person ada, ProjectView club)
    {
        var items = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks")).Json.GetProperty("items");
        Assert.Equal(1, items.GetArrayLength());
        return (await ada.GetAsync($"/api/tasks/tasks/{items[0].GetProperty("id").GetString()}")).Ok().As<TaskView>();
    }

    private static async Task<IReadOnlyList<string?>> OutcomesAsync(Person ada, TaskView task) =>
        [.. (await ada.GetAsync($"/api/tasks/tasks/{task.Id}/occurrences")).Json.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("outcome").GetString())];
}
