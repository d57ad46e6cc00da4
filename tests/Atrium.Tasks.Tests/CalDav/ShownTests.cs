using System.Net;
using Atrium.Testing;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

/// <summary>What phones keep in a list is shown in the house as far as it can be, and marked where it cannot.</summary>
public class ShownTests(TasksHouse house)
{
    [Fact]
    public async Task What_an_app_sent_and_nobody_can_read_is_marked_until_it_is_set_anew()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var club = await ada.ProjectAsync();
        (await phone.PutAsync(phone.List(club) + "odd.ics", Phone.Todo("odd", "SUMMARY:odd", "DTSTART:never", "DUE:20271124T180000Z", "RRULE:FREQ=WEEKLY;COUNT=-1", "PRIORITY:high", "PERCENT-COMPLETE:130", "STATUS:PERHAPS",
            "DURATION:PT0S", "<b>no colon", "BEGIN:VALARM", "ACTION:DISPLAY", "END:VALARM", "X-OF-ITS-OWN:is no problem"))).Is(HttpStatusCode.Created);
        (await phone.PutAsync(phone.List(club) + "sound.ics", Phone.Todo("sound", "SUMMARY:sound", "DUE:20271124T180000Z", "RRULE:FREQ=WEEKLY;COUNT=3", "PRIORITY:4"))).Is(HttpStatusCode.Created);
        var items = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks")).Json.GetProperty("items").EnumerateArray().ToDictionary(t => t.GetProperty("title").GetString()!, t => t.GetProperty("id").GetString()!);
        var odd = (await ada.GetAsync($"/api/tasks/tasks/{items["odd"]}")).Ok().As<TaskView>();
        Assert.Equal(["", "DTSTART", "DURATION", "PERCENT-COMPLETE", "PRIORITY", "RRULE", "STATUS", "VALARM"], odd.Unread.Select(u => u.Property).Order(StringComparer.Ordinal));
        Assert.Equal("FREQ=WEEKLY;COUNT=-1", odd.Unread.Single(u => u.Property == "RRULE").Value);
        Assert.All(odd.Unread, u => Assert.NotEmpty(u.Reason));
        var sound = (await ada.GetAsync($"/api/tasks/tasks/{items["sound"]}")).Ok().As<TaskView>();
        Assert.Empty(sound.Unread);

        var page = (await ada.PageAsync(odd.Href)).Ok().Body;
        Assert.Contains("Kept as the app sent it, Atrium does not read it: ", page);
        Assert.Contains("&lt;b&gt;no colon", page);
        Assert.DoesNotContain("Kept as the app sent it", (await ada.PageAsync(sound.Href)).Ok().Body);

        // What is set here replaces its line, so there is nothing left to mark.
        (await ada.PatchAsync($"/api/tasks/tasks/{items["odd"]}", new { priority = 2, start = "2027-11-20T10:00:00", due = "2027-11-24T18:00:00" })).Ok();
        var set = (await ada.GetAsync($"/api/tasks/tasks/{items["odd"]}")).As<TaskView>().Unread.Select(u => u.Property).ToList();
        Assert.DoesNotContain("PRIORITY", set);
        Assert.DoesNotContain("DTSTART", set);
        Assert.Contains("STATUS", set);
        Assert.Contains("PRIORITY:2\r\n", (await phone.GetAsync(phone.List(club) + "odd.ics")).Body);
    }

    [Fact]
    public async Task Events_of_a_mixed_list_stand_on_its_calendar_where_its_reader_is()
    {
        using var ada = await house.PersonAsync("ada");
        using var kim = await house.PersonAsync("kim", timeZone: "Asia/Seoul");
        using var eve = await house.PersonAsync("eve");
        var phone = new Phone(ada);
        (await phone.SendAsync("MKCALENDAR", phone.Home + "all/")).Is(HttpStatusCode.Created);
        var all = (await ada.GetAsync("/api/tasks/projects")).Json.GetProperty("items").EnumerateArray().Single(p => p.GetProperty("title").GetString() == "all").GetProperty("id").GetString();
        (await ada.PutAsync($"/api/tasks/projects/{all}/members/member:{kim.Id}", new { role = "reader" })).Ok();
        await EventAsync("choir", "DTSTART;TZID=Europe/Berlin:20270301T200000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY;COUNT=10", "EXDATE;TZID=Europe/Berlin:20270315T200000", "SUMMARY:Choir <practice>", "LOCATION:Old school");
        await EventAsync("fair", "DTSTART;VALUE=DATE:20270320", "DTEND;VALUE=DATE:20270322", "SUMMARY:Fair");
        await EventAsync("off", "DTSTART:20270310T100000Z", "DTEND:20270310T110000Z", "SUMMARY:Walk", "STATUS:CANCELLED");
        await EventAsync("far", "DTSTART:99851230T100000Z", "DURATION:P99999D", "SUMMARY:Far");
        await EventAsync("endless", "DTSTART:20200101T100000Z", "DURATION:PT99999999H", "RRULE:FREQ=YEARLY", "SUMMARY:Endless");
        await EventAsync("other", "DTSTART:20270801T100000Z", "SUMMARY:In August");
        (await phone.PutAsync(phone.Home + "all/t.ics", Phone.Todo("t", "SUMMARY:Tune the piano", "DUE;VALUE=DATE:20270312"))).Is(HttpStatusCode.Created);

        var month = (await ada.PageAsync($"/tasks/p/{all}/calendar?at=2027-03-08")).Ok().Body;
        Assert.Equal(["2027-03-01", "2027-03-08", "2027-03-22", "2027-03-29", "2027-04-05"], DaysOf(month, "Choir &lt;practice&gt;"));
        Assert.Equal(["2027-03-20", "2027-03-21"], DaysOf(month, "Fair"));
        Assert.Equal(["2027-03-10"], DaysOf(month, "Walk"));
        Assert.Contains("<s>Walk</s>", month);
        Assert.Contains("Old school", month);
        Assert.DoesNotContain("In August", month);
        Assert.Contains("They are changed there.", month);
        Assert.DoesNotContain("draggable=\"true\"", month[..month.IndexOf("Tune the piano", StringComparison.Ordinal)].Split("<td")[^1].Split("entry event")[^1]);

        // Eight in the evening in Berlin is the next morning in Seoul.
        Assert.Equal(["2027-03-02", "2027-03-09", "2027-03-23", "2027-03-30", "2027-04-06"], DaysOf((await kim.PageAsync($"/tasks/p/{all}/calendar?at=2027-03-08")).Ok().Body, "Choir &lt;practice&gt;"));
        Assert.Equal(["2027-03-08"], DaysOf((await ada.PageAsync($"/tasks/p/{all}/calendar?at=2027-03-10&span=week")).Ok().Body, "Choir &lt;practice&gt;"));
        Assert.DoesNotContain("Choir", (await ada.PageAsync($"/tasks/p/{all}/calendar?at=2027-03-08&filter=is%3Aoverdue")).Ok().Body);
        (await eve.PageAsync($"/tasks/p/{all}/calendar?at=2027-03-08")).Is(HttpStatusCode.NotFound);
        (await ada.PageAsync($"/tasks/p/{all}/calendar?at=9998-12-31")).Ok();

        // And over the wire they still are what they were.
        Assert.Equal(6, (await phone.QueryAsync(phone.Home + "all/", "<c:comp-filter name='VEVENT'><c:time-range start='20200101T000000Z'/></c:comp-filter>")).Data().Count);

        async Task EventAsync(string uid, params string[] lines) =>
            (await phone.PutAsync($"{phone.Home}all/{uid}.ics", Phone.Calendar(["BEGIN:VEVENT", $"UID:{uid}", "DTSTAMP:20261101T100000Z", .. lines, "END:VEVENT"]))).Is(HttpStatusCode.Created);
    }

    /// <summary>The days of the grid in which an event of that title stands.</summary>
    private static IEnumerable<string> DaysOf(string page, string title) => page.Split("<td data-day=\"").Skip(1)
        .Select(cell => cell.Split("</td>")[0]).Where(cell => cell.Contains("entry event", StringComparison.Ordinal) && cell.Contains(title, StringComparison.Ordinal)).Select(cell => cell[..10]);
}
