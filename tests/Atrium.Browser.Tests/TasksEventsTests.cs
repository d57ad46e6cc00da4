using System.Net.Http.Headers;
using System.Text;
using Atrium.Testing;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>A list that a calendar app made holds events beside tasks: the calendar page shows them, and lets nobody touch them.</summary>
public sealed class TasksEventsTests(TasksHouse house, Atrium.Testing.Browser browser)
{
    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    public async Task Events_of_a_calendar_app_stand_in_grey_and_stay_where_they_are(int width, bool dark)
    {
        var ada = await house.PersonAsync("ada");
        var home = $"/dav/calendars/users/{ada.Handle}/";
        (await ada.SendAsync(new("MKCALENDAR"), home + "all/", null, [])).Is(System.Net.HttpStatusCode.Created);
        await PutAsync("choir", "BEGIN:VEVENT\r\nUID:choir\r\nDTSTART;TZID=Europe/Berlin:20270304T200000\r\nDURATION:PT2H\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:Choir practice\r\nLOCATION:Old school\r\nEND:VEVENT\r\n");
        await PutAsync("tune", "BEGIN:VTODO\r\nUID:tune\r\nDUE;VALUE=DATE:20270311\r\nSUMMARY:Tune the piano\r\nEND:VTODO\r\n");
        var project = (await ada.GetAsync("/api/tasks/projects")).Ok().Json.GetProperty("items").EnumerateArray().Single(p => p.GetProperty("title").GetString() == "all").GetProperty("id").GetString();
        var page = await browser.OpenAsync(house, ada, width, 900, dark);
        await page.GotoAsync($"/tasks/p/{project}/calendar?at=2027-03-11&span=week");
        await Expect(page.Locator(".event-note")).ToBeVisibleAsync();
        if (width > 760)
        {
            var day = page.Locator("td[data-day='2027-03-11']");
            await Expect(day.Locator(".entry.event")).ToContainTextAsync("20:00 Choir practice");
            await Expect(day.Locator(".entry.event")).ToHaveAttributeAsync("title", "Event: Choir practice, Thu 11 Mar 2027, 20:00 to 22:00, Old school");
            await Expect(day.Locator("a.entry")).ToHaveTextAsync("Tune the piano");
            await Expect(day.Locator(".entry.event a, .entry.event[draggable]")).ToHaveCountAsync(0);
        }
        else
        {
            await Expect(page.Locator(".calendar-agenda .row.event")).ToContainTextAsync("Choir practice");
            await Expect(page.Locator(".calendar-agenda .row.event")).ToContainTextAsync("Old school");
        }

        await Atrium.Testing.Browser.CheckAsync(page);

        async Task PutAsync(string name, string part)
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//App//EN\r\n{part}END:VCALENDAR\r\n"));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/calendar");
            (await ada.SendAsync(HttpMethod.Put, $"{home}all/{name}.ics", content, [])).Is(System.Net.HttpStatusCode.Created);
        }
    }
}
