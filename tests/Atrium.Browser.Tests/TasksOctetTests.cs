using System.Net.Http.Headers;
using System.Text;
using Atrium.Testing;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>A task that came from a phone, edited at its page: what was not edited comes back octet for octet.</summary>
public sealed class TasksOctetTests(TasksHouse house, Atrium.Testing.Browser browser)
{
    /// <summary>Every octet from here is one character, so that a fold may cut an emoji between its octets.</summary>
    private static readonly Encoding Octets = Encoding.Latin1;

    private static readonly string[] Edited = ["SUMMARY", "DUE", "CATEGORIES", "STATUS", "COMPLETED", "PERCENT-COMPLETE", "SEQUENCE", "LAST-MODIFIED", "DTSTAMP"];

    private static string Odd(string uid) => string.Concat(
        "BEGIN:VCALENDAR\r\nX-WR-CALDESC:before the version\r\nPRODID:-//Odd//EN\r\nVERSION:2.0\r\n",
        "BEGIN:VTIMEZONE\r\nTZID:My Zone\r\nX-LIC-LOCATION:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
        "BEGIN:VTODO\r\nX-FIRST;X-P=\"a;b:c\":one\r\n", Cut("SUMMARY;LANGUAGE=en:Paint the fence 🎨 now"), $"UID:{uid}\r\nDTSTAMP:20261101T100000Z\r\nCREATED:20261031T080000Z\r\n",
        "SEQUENCE:3\r\nDUE;X-KEPT=1;TZID=My Zone:20371124T180000\r\nPRIORITY:4\r\nPERCENT-COMPLETE:35\r\n",
        Cut("DESCRIPTION;ALTREP=\"cid:x\":\\nA first line that is empty\\, then 🌱 and **bold**  \\n\\n  an indent; a 🎻 at the end"),
        Cut("LOCATION;X-Q=\"um, so\":Under the 🌳 behind the shed"), "CATEGORIES:garden,Big Jobs\r\nCATEGORIES;X-K=1:f\r\n ete\r\nX-APPLE-SORT-ORDER:42\r\nGEO:52.5;13.4\r\n",
        "ATTACH;FMTTYPE=application/pdf:https://example.org/a.pdf\r\nATTENDEE;CN=\"B, en\":mailto:ben@example.org\r\nx-lower-case:kept\r\nthis line has no colon\r\nRELATED-TO;RELTYPE=X-OTHER:far-away\r\n",
        "BEGIN:VALARM\r\nX-ALARM:1\r\nTRIGGER;RELATED=END:-PT15M\r\nACTION:DISPLAY\r\n", Cut("DESCRIPTION:soon 🔔 it rings"), "END:VALARM\r\n",
        "BEGIN:X-UNKNOWN\r\nSUMMARY:not of the task\r\nBEGIN:X-DEEPER\r\nSTATUS:b\r\nEND:X-DEEPER\r\nEND:X-UNKNOWN\r\n",
        "BEGIN:VALARM\r\nTRIGGER;VALUE=DATE-TIME:20371123T120000Z\r\nACTION:AUDIO\r\nUID:alarm-2\r\nX-MOZ-LASTACK:20261101T000000Z\r\nEND:VALARM\r\n",
        "END:VTODO\r\nEND:VCALENDAR\r\n");

    [Fact]
    public async Task What_is_not_edited_at_the_page_comes_back_octet_for_octet()
    {
        var ada = await house.PersonAsync("ada");
        var (key, id) = await house.ProjectAsync(ada);
        var path = $"/dav/calendars/users/{ada.Handle}/{(await ada.GetAsync($"/api/tasks/projects/{id}")).Ok()["calendar_name"]}/odd.ics";
        var sent = Odd($"odd-{id}");
        var content = new ByteArrayContent(Octets.GetBytes(sent));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/calendar");
        (await ada.SendAsync(HttpMethod.Put, path, content, [])).Is(System.Net.HttpStatusCode.Created);
        Assert.Equal(sent, Octets.GetString((await ada.GetAsync(path)).Ok().Bytes));

        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync($"/tasks/t/{key}-1");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Paint the fence 🎨 now");
        await Expect(page.Locator(".unread-parts")).ToContainTextAsync("Kept as the app sent it, Atrium does not read it: this line has no colon");
        await Atrium.Testing.Browser.CheckAsync(page);
        await page.ClickAsync("summary:has-text('Edit title and text')");
        await page.FillAsync("#text-title", "Paint the gate 🚪");
        await page.ClickAsync("button:has-text('Save text')");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Paint the gate 🚪");
        var titled = Octets.GetString((await ada.GetAsync(path)).Ok().Bytes);
        Assert.Equal(Without(sent, "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "DTSTAMP"), Without(titled, "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "DTSTAMP"));

        await FieldAsync("due", body => body.Locator("input[name=due]").FillAsync("2037-11-27"));
        await Expect(Field("due").Locator(".value")).ToContainTextAsync("27 Nov 2037");
        await FieldAsync("labels", body => body.Locator("input[type=text][name=labels]").FillAsync("Stalls"));
        await Expect(Field("labels").Locator(".value")).ToContainTextAsync("Stalls");
        await page.Locator("button:has-text('Complete'):visible").First.ClickAsync();
        await Expect(page.Locator(".task-head .meta")).ToContainTextAsync("finished");

        var got = Octets.GetString((await ada.GetAsync(path)).Ok().Bytes);
        Assert.Equal(Without(sent, Edited), Without(got, Edited));
        var lines = Lines(got).Select(l => Encoding.UTF8.GetString(Octets.GetBytes(l.Text.Replace("\r\n ", "", StringComparison.Ordinal).TrimEnd()))).ToList();
        string[] now = ["SUMMARY;LANGUAGE=en:Paint the gate 🚪", "DUE;TZID=My Zone;X-KEPT=1:20371127T180000", "CATEGORIES:garden,Big Jobs,Stalls", "CATEGORIES;X-K=1:fete", "STATUS:COMPLETED", "PERCENT-COMPLETE:100", "SUMMARY:not of the task"];
        foreach (var line in now) Assert.Single(lines, line);
        Assert.Single(lines, l => l.StartsWith("COMPLETED:", StringComparison.Ordinal));

        Microsoft.Playwright.ILocator Field(string name) => page.Locator($"details[data-key=field-{name}]");

        async Task FieldAsync(string name, Func<Microsoft.Playwright.ILocator, Task> fill)
        {
            await Field(name).Locator("summary").ClickAsync();
            await fill(Field(name).Locator(".body"));
            await Field(name).Locator("button:has-text('Save')").ClickAsync();
        }
    }

    /// <summary>A line folded wherever it hurts: after every seventh octet, whatever character that cuts.</summary>
    private static string Cut(string line)
    {
        var octets = Encoding.UTF8.GetBytes(line);
        return string.Join("\r\n ", octets.Chunk(7).Select(Octets.GetString)) + "\r\n";
    }

    /// <summary>All lines with their folds but those the task itself has by these names; what is inside alarms and the like stays.</summary>
    private static string Without(string text, params string[] names) => string.Concat(Lines(text).Where(l => l.Depth != 2 || !names.Contains(l.Name)).Select(l => l.Text));

    private static IEnumerable<(int Depth, string Name, string Text)> Lines(string text)
    {
        var depth = 0;
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            do end = text.IndexOf("\r\n", end, StringComparison.Ordinal) + 2;
            while (end < text.Length && text[end] == ' ');
            var line = text[at..end];
            var name = line.Replace("\r\n ", "", StringComparison.Ordinal).Split(':', ';')[0].TrimEnd();
            if (name == "END") depth--;
            yield return (depth, name, line);
            if (name == "BEGIN") depth++;
            at = end;
        }
    }
}
