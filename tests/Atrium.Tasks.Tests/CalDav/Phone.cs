using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Atrium.Testing;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

/// <summary>A CalDAV client of a member, by hand.</summary>
internal sealed class Phone(Caller caller, string handle)
{
    public static readonly XNamespace D = "DAV:";
    public static readonly XNamespace C = "urn:ietf:params:xml:ns:caldav";

    public Phone(Person person) : this(person, person.Handle) { }

    public string Home => $"/dav/calendars/users/{handle}/";

    public string Principal => $"/dav/principals/users/{handle}/";

    public string List(ProjectView project) => $"{Home}{project.CalendarName}/";

    public Task<Answer> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        caller.SendAsync(new HttpMethod(method), path, body is null ? null : Content(body), headers);

    public Task<Answer> PropfindAsync(string path, string props, int depth = 0, params (string Name, string Value)[] headers) => SendAsync(
        "PROPFIND", path,
        $"""<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/" xmlns:ic="http://apple.com/ns/ical/"><d:prop>{props}</d:prop></d:propfind>""",
        [("Depth", $"{depth}"), .. headers]);

    public Task<Answer> QueryAsync(string list, string filter, string data = "<c:calendar-data/>") => SendAsync(
        "REPORT", list,
        $"""<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/>{data}</d:prop><c:filter><c:comp-filter name="VCALENDAR">{filter}</c:comp-filter></c:filter></c:calendar-query>""",
        ("Depth", "1"));

    public Task<Answer> MultigetAsync(string list, IEnumerable<string> hrefs, string data = "<c:calendar-data/>") => SendAsync(
        "REPORT", list,
        $"""<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/>{data}</d:prop>{string.Concat(hrefs.Select(h => $"<d:href>{WebUtility.HtmlEncode(h)}</d:href>"))}</c:calendar-multiget>""",
        ("Depth", "1"));

    public async Task<Synced> SyncAsync(string list, string token = "", int? limit = null)
    {
        var answer = await SyncAnswerAsync(list, token, limit);
        return Synced.Read(answer.Is(HttpStatusCode.MultiStatus));
    }

    public Task<Answer> SyncAnswerAsync(string list, string token, int? limit = null) => SendAsync(
        "REPORT", list,
        $"""<d:sync-collection xmlns:d="DAV:"><d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level>{(limit is null ? "" : $"<d:limit><d:nresults>{limit}</d:nresults></d:limit>")}<d:prop><d:getetag/></d:prop></d:sync-collection>""",
        ("Depth", "0"));

    public Task<Answer> GetAsync(string path) => SendAsync("GET", path);

    public Task<Answer> PutAsync(string path, string ics, params (string Name, string Value)[] headers) => PutAsync(path, Encoding.UTF8.GetBytes(ics), headers);

    public Task<Answer> PutAsync(string path, byte[] octets, params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(octets);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/calendar") { CharSet = "utf-8" };
        foreach (var (_, value) in headers.Where(h => h.Name == "Content-Encoding")) content.Headers.ContentEncoding.Add(value);
        foreach (var (name, value) in headers.Where(h => h.Name == "Content-Range")) content.Headers.TryAddWithoutValidation(name, value);
        return caller.SendAsync(HttpMethod.Put, path, content, [.. headers.Where(h => !h.Name.StartsWith("Content-", StringComparison.Ordinal))]);
    }

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync("DELETE", path, null, headers);

    /// <summary>A VTODO with these lines, line ends as the protocol wants them.</summary>
    public static string Todo(string uid, params string[] lines) => Calendar(["BEGIN:VTODO", $"UID:{uid}", "DTSTAMP:20261101T100000Z", .. lines, "END:VTODO"]);

    public static string Calendar(params IEnumerable<string> lines) => string.Concat(((string[])["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Phone//1//EN", .. lines, "END:VCALENDAR"]).Select(l => l + "\r\n"));

    private static StringContent Content(string xml) => new(xml, Encoding.UTF8, "application/xml");
}

/// <summary>What a sync told.</summary>
internal sealed record Synced(string Token, IReadOnlyDictionary<string, string> Changed, IReadOnlyList<string> Gone, bool More, Answer Answer)
{
    public static Synced Read(Answer answer)
    {
        var root = XElement.Parse(answer.Body);
        var responses = root.Elements(Phone.D + "response").ToList();
        return new(
            root.Element(Phone.D + "sync-token")!.Value,
            responses.Where(r => r.Descendants(Phone.D + "getetag").Any()).ToDictionary(r => r.Element(Phone.D + "href")!.Value, r => r.Descendants(Phone.D + "getetag").First().Value),
            [.. responses.Where(r => r.Element(Phone.D + "status")?.Value.Contains("404") == true).Select(r => r.Element(Phone.D + "href")!.Value)],
            responses.Any(r => r.Element(Phone.D + "status")?.Value.Contains("507") == true),
            answer);
    }
}

internal static class DavAnswers
{
    /// <summary>Fails the test unless it is a refusal with that status and that precondition element.</summary>
    public static Answer Denies(this Answer answer, HttpStatusCode status, string condition)
    {
        answer.Is(status);
        Assert.StartsWith("application/xml", answer.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal("1, 3, calendar-access, extended-mkcol", answer.Headers["DAV"]);
        var error = XElement.Parse(answer.Body);
        Assert.Equal(Phone.D + "error", error.Name);
        Assert.NotEmpty(error.Element(XNamespace.Get("urn:atrium:dav") + "message")!.Value);
        Assert.Contains(error.Elements(), e => e.Name.LocalName == condition);
        return answer;
    }

    public static IReadOnlyList<string> Hrefs(this Answer answer) => [.. XElement.Parse(answer.Is(HttpStatusCode.MultiStatus).Body).Elements(Phone.D + "response").Select(r => r.Element(Phone.D + "href")!.Value)];

    /// <summary>The calendar data of each response, by the last segment of its address.</summary>
    public static IReadOnlyDictionary<string, string> Data(this Answer answer) => XElement.Parse(answer.Is(HttpStatusCode.MultiStatus).Body).Elements(Phone.D + "response")
        .Where(r => r.Descendants(Phone.C + "calendar-data").Any())
        .ToDictionary(r => Uri.UnescapeDataString(r.Element(Phone.D + "href")!.Value.Split('/')[^1]), r => r.Descendants(Phone.C + "calendar-data").First().Value);
}
