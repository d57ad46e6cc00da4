using System.Net;
using System.Text;
using Atrium.Testing;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

public class OctetTests(TasksHouse house)
{
    /// <summary>Alarms, X- lines, odd folding, an emoji cut by a fold between its octets, unknown components, a foreign zone, mixed order.</summary>
    private static byte[] Odd(string uid)
    {
        var head = Encoding.UTF8.GetBytes(
            "BEGIN:VCALENDAR\r\nPRODID:-//Odd//EN\r\nVERSION:2.0\r\nX-WR-NOTE:kept\r\n"
            + "BEGIN:VTIMEZONE\r\nTZID:My Zone\r\nX-LIC-LOCATION:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
            + $"BEGIN:VTODO\r\nX-FIRST;X-P=\"a;b:c\":one\r\nSUMMARY;LANGUAGE=en:Paint the\r\n  fen\r\n\tce ");
        byte[] cut = [0xF0, 0x9F, (byte)'\r', (byte)'\n', (byte)' ', 0x8E, 0xA8];
        var rest = Encoding.UTF8.GetBytes(
            $" now\r\nUID:{uid}\r\nDTSTAMP:20261101T100000Z\r\nCREATED:20261031T080000Z\r\nSEQUENCE:3\r\nDUE;TZID=My Zone:20271124T180000\r\nPRIORITY:4\r\nPERCENT-COMPLETE:35\r\n"
            + "DESCRIPTION;ALTREP=\"cid:x\":Line one\\nline two\\, with comma\r\nCATEGORIES:garden,\"quoted\"\r\nCATEGORIES;X-K=1:fete\r\nX-APPLE-SORT-ORDER:42\r\nGEO:52.5;13.4\r\nATTACH:https://example.org/a.pdf\r\n"
            + "x-lower:case\r\n"
            + "BEGIN:VALARM\r\nX-ALARM:1\r\nTRIGGER;RELATED=END:-PT15M\r\nACTION:DISPLAY\r\nDESCRIPTION:soon\r\nEND:VALARM\r\n"
            + "BEGIN:X-UNKNOWN\r\nX-IN:side\r\nBEGIN:X-DEEPER\r\nA:b\r\nEND:X-DEEPER\r\nEND:X-UNKNOWN\r\n"
            + "BEGIN:VALARM\r\nTRIGGER;VALUE=DATE-TIME:20271123T120000Z\r\nACTION:AUDIO\r\nUID:alarm-2\r\nEND:VALARM\r\n"
            + "END:VTODO\r\nEND:VCALENDAR\r\n");
        return [.. head, .. cut, .. rest];
    }

    [Fact]
    public async Task What_a_phone_put_comes_back_octet_for_octet_with_the_tag_it_was_given()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var path = phone.List(await ada.ProjectAsync()) + "odd%20name%25.ics";
        var sent = Odd("odd-1");
        var put = (await phone.PutAsync(path, sent, ("If-None-Match", "*"))).Is(HttpStatusCode.Created);
        var got = await phone.GetAsync(path);
        Assert.Equal(sent, got.Bytes);
        Assert.NotNull(put.ETag);
        Assert.Equal(put.ETag, got.ETag);
    }

    [Fact]
    public async Task An_edit_in_the_browser_changes_only_its_own_lines()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var club = await ada.ProjectAsync();
        var path = phone.List(club) + "odd.ics";
        var sent = Odd("odd-2");
        (await phone.PutAsync(path, sent)).Is(HttpStatusCode.Created);
        var task = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks")).Json.GetProperty("items")[0];
        Assert.Equal("Paint the fence 🎨 now", task.GetProperty("title").GetString());
        Assert.Equal("Europe/Berlin", task.GetProperty("due").GetProperty("tzid").GetString());
        Assert.Equal(35, task.GetProperty("percent").GetInt32());
        (await ada.PatchAsync($"/api/tasks/tasks/{task.GetProperty("id").GetString()}", new { title = "Paint the gate" })).Ok();

        var got = await phone.GetAsync(path);
        string[] touched = ["SUMMARY", "SEQUENCE", "LAST-MODIFIED", "DTSTAMP"];
        Assert.Equal(Without(sent, touched), Without(got.Bytes, touched));
        Assert.Contains("SUMMARY;LANGUAGE=en:Paint the gate\r\n", got.Body);
    }

    [Fact]
    public async Task Numbers_and_kinds_of_dates_come_back_as_sent()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var list = phone.List(await ada.ProjectAsync());
        string[][] forms =
        [
            ["SUMMARY:a", "PRIORITY:6"], ["SUMMARY:a", "PRIORITY:7"], ["SUMMARY:a", "PRIORITY:8"], ["SUMMARY:a", "PRIORITY:4", "PERCENT-COMPLETE:35"],
            ["SUMMARY:a", "DUE;TZID=Europe/Berlin:20271124T180000"], ["SUMMARY:a", "DUE:20271124T180000"], ["SUMMARY:a", "DUE;VALUE=DATE:20271124"], ["SUMMARY:a", "DUE:20271124T180000Z"],
            ["SUMMARY:a", "DTSTART:20271124T180000Z", "DURATION:PT1H"], ["STATUS:COMPLETED", "SUMMARY:done"], ["STATUS:COMPLETED", "SUMMARY:done", "COMPLETED:20260101T000000Z", "PERCENT-COMPLETE:80"],
            ["STATUS:IN-PROCESS", "SUMMARY:doing"], ["STATUS:CANCELLED", "SUMMARY:not"], ["SUMMARY:"], ["DESCRIPTION:no title"],
        ];
        for (var i = 0; i < forms.Length; i++)
        {
            var sent = Phone.Todo($"form-{i}", forms[i]);
            var put = (await phone.PutAsync($"{list}{i}.ics", sent)).Is(HttpStatusCode.Created);
            Assert.True(put.ETag is not null, sent);
            Assert.Equal(sent, (await phone.GetAsync($"{list}{i}.ics")).Body);
        }
    }

    [Fact]
    public async Task What_makes_no_sense_is_kept_and_does_not_refuse_the_rest()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var list = phone.List(await ada.ProjectAsync());
        string[][] forms =
        [
            ["SUMMARY:a", "DUE:20271124T180000Z", "RRULE:FREQ=WEEKLY;COUNT=-1"], ["SUMMARY:a", "DUE;VALUE=DATE:20271124", "RRULE:FREQ=WEEKLY;UNTIL=20281124T000000Z"],
            ["SUMMARY:a", "RRULE:FREQ=WEEKLY"], ["SUMMARY:a", "DTSTART:20271125T000000Z", "DUE:20271124T000000Z"], ["SUMMARY:a", "DTSTART;VALUE=DATE:20271125", "DUE:20271124T000000Z"],
            ["SUMMARY:a", "DUE:never"], ["SUMMARY:a", "PRIORITY:high"], ["SUMMARY:a", "DUE;VALUE=DATE:20271124", "RRULE:FREQ=MINUTELY"], ["SUMMARY:a", "DURATION:PT0S"], ["SUMMARY:a", "no colon in this line"],
        ];
        for (var i = 0; i < forms.Length; i++)
        {
            var sent = Phone.Todo($"bad-{i}", forms[i]);
            (await phone.PutAsync($"{list}{i}.ics", sent)).Is(HttpStatusCode.Created);
            Assert.Equal(sent, (await phone.GetAsync($"{list}{i}.ics")).Body);
        }
    }

    [Fact]
    public async Task A_put_of_stamps_alone_keeps_the_octets_and_makes_no_history()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var club = await ada.ProjectAsync();
        var path = phone.List(club) + "s.ics";
        (await phone.PutAsync(path, Phone.Todo("stamp", "SUMMARY:Same"))).Is(HttpStatusCode.Created);
        var id = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks")).Json.GetProperty("items")[0].GetProperty("id").GetString();
        var history = (await ada.GetAsync($"/api/tasks/tasks/{id}/history")).Json.GetProperty("items").GetArrayLength();
        var sent = Phone.Todo("stamp", "SUMMARY:Same", "LAST-MODIFIED:20261102T000000Z", "X-MOZ-GENERATION:2");
        var put = (await phone.PutAsync(path, sent)).Is(HttpStatusCode.NoContent);
        Assert.Equal(sent, (await phone.GetAsync(path)).Body);
        Assert.NotNull(put.ETag);
        Assert.Equal(history, (await ada.GetAsync($"/api/tasks/tasks/{id}/history")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(put.ETag, (await phone.PutAsync(path, sent)).Is(HttpStatusCode.NoContent).ETag);
    }

    [Fact]
    public async Task A_task_made_here_is_written_plainly_and_can_be_put_back()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var club = await ada.ProjectAsync();
        var task = await ada.TaskAsync(club, "x", new { title = "Water, the; beds 🌱 " + new string('w', 80), description = "a\nb", due = "2027-03-01T09:00:00[Europe/Berlin]", priority = 1, labels = new[] { "garden" }, recurrence = new { rrule = "FREQ=WEEKLY;BYDAY=MO" } });
        (await ada.PostAsync($"/api/tasks/tasks/{task.Id}/reminders", new { offset_seconds = -900 })).Ok();
        var path = $"{phone.List(club)}{Uri.EscapeDataString(task.Uid)}.ics";
        var got = (await phone.GetAsync(path)).Ok();
        Assert.All(got.Body.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75));
        Assert.Contains("DUE;TZID=Europe/Berlin:20270301T090000", got.Body);
        Assert.Contains("TRIGGER;RELATED=END:-PT15M", got.Body);
        Assert.Contains("BEGIN:VTIMEZONE", got.Body);
        var put = (await phone.PutAsync(path, got.Bytes, ("If-Match", got.ETag!))).Is(HttpStatusCode.NoContent);
        Assert.Equal(got.ETag, put.ETag);
        Assert.Equal(task.Revision + 1, (await ada.ReadAsync(task)).Revision);
    }

    private static string Without(byte[] octets, string[] names)
    {
        var kept = new StringBuilder();
        var skip = false;
        foreach (var line in Encoding.Latin1.GetString(octets).Split("\r\n"))
        {
            if (line.Length == 0 || line[0] is not (' ' or '\t')) skip = names.Any(n => line.StartsWith(n, StringComparison.Ordinal) && line.Length > n.Length && line[n.Length] is ':' or ';');
            if (!skip) kept.Append(line).Append("\r\n");
        }

        return kept.ToString();
    }
}
