using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Atrium.Testing;

namespace Atrium.Bench.Tasks;

/// <summary>What calendar clients ask of a list of thousands: the tags of all, all of it, what changed, and one task put.</summary>
internal sealed class DavScenario(string name) : IScenario
{
    private static readonly XNamespace D = "DAV:";

    public static IReadOnlyList<IScenario> All { get; } =
        [new DavScenario("dav-propfind"), new DavScenario("dav-sync-0"), new DavScenario("dav-sync-n"), new DavScenario("dav-initial-sync"), new DavScenario("dav-multiget"), new DavScenario("dav-home"), new DavScenario("dav-put")];

    public string Name => name;

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var reader = stage.Sample.Reader;
        var list = $"/dav/calendars/users/{reader.Handle}/{(await reader.GetAsync($"/api/tasks/projects/{stage.Sample.Project}")).Ok()["calendar_name"]}/";
        await (name switch
        {
            "dav-propfind" => AskAsync(stage, "PROPFIND", list, Prop, 1, $"/dav/{stage.Sample.Project}", ct),
            "dav-sync-0" => AskAsync(stage, "REPORT", list, Sync(await TokenAsync(reader, list)), 0, null, ct),
            "dav-sync-n" => ChangedAsync(stage, list, ct),
            "dav-initial-sync" => AskAsync(stage, "REPORT", list, Sync(""), 0, $"/dav/{stage.Sample.Project}", ct),
            "dav-multiget" => MultigetAsync(stage, list, ct),
            "dav-home" => AskAsync(stage, "PROPFIND", $"/dav/calendars/users/{reader.Handle}/", Prop, 1, null, ct),
            _ => PutAsync(stage, list, ct),
        });
    }

    private const string Prop = """<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/><d:displayname/><d:sync-token/></d:prop></d:propfind>""";

    private static string Sync(string token) => $"""<d:sync-collection xmlns:d="DAV:"><d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>""";

    private static async Task<Answer> SendAsync(Caller caller, string method, string path, string body, int depth, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var answer = await caller.SendAsync(new HttpMethod(method), path, new StringContent(body, Encoding.UTF8, "application/xml"), [("Depth", depth.ToString(CultureInfo.InvariantCulture))]);
        return answer.Is(HttpStatusCode.MultiStatus);
    }

    private async Task AskAsync(Stage stage, string method, string path, string body, int depth, string? floorPath, CancellationToken ct)
    {
        await SendAsync(stage.Sample.Reader, method, path, body, depth, ct);
        var first = await SendAsync(stage.Sample.Reader, method, path, body, depth, ct);
        var note = $"{first.Statements} statements, {first.Bytes.Length / 1024} KiB";
        var callers = floorPath is null ? stage.Connections : 1;
        var ours = await Driver.RunAsync(stage.Time, callers, (_, token) => SendAsync(stage.Sample.Reader, method, path, body, depth, token), ct);
        if (floorPath is null) Console.WriteLine($"{Name,-16} ours   {ours}  {note}");
        else Figures.Compare(Name, ours, await Driver.RunAsync(stage.Time, callers, async (_, token) => await stage.Floor.Http.GetByteArrayAsync(floorPath, token), ct), note);
    }

    private static async Task<string> TokenAsync(Caller caller, string list) =>
        XElement.Parse((await SendAsync(caller, "REPORT", list, Sync(""), 0, CancellationToken.None)).Body).Element(D + "sync-token")!.Value;

    /// <summary>One task changed since the token, out of all.</summary>
    private async Task ChangedAsync(Stage stage, string list, CancellationToken ct)
    {
        var token = await TokenAsync(stage.Sample.Reader, list);
        (await stage.Sample.Reader.PatchAsync($"/api/tasks/tasks/{stage.Sample.Tasks[0]}", new { title = $"Changed {Stopwatch.GetTimestamp()}" })).Ok();
        await AskAsync(stage, "REPORT", list, Sync(token), 0, null, ct);
    }

    /// <summary>All tasks whole in one request; how much memory it takes is told too.</summary>
    private async Task MultigetAsync(Stage stage, string list, CancellationToken ct)
    {
        var reader = stage.Sample.Reader;
        var hrefs = XElement.Parse((await SendAsync(reader, "REPORT", list, Sync(""), 0, ct)).Body).Elements(D + "response").Select(r => r.Element(D + "href")!.Value).Take(10_000).ToList();
        var body = $"""<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop>{string.Concat(hrefs.Select(h => $"<d:href>{h}</d:href>"))}</c:calendar-multiget>""";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-16} {hrefs.Count} tasks in one request"));
        await AskAsync(stage, "REPORT", list, body, 0, $"/dav/{stage.Sample.Project}", ct);
    }

    private async Task PutAsync(Stage stage, string list, CancellationToken ct)
    {
        var turn = 0;
        await PutOneAsync(stage.Sample.Reader, list, 0, --turn);
        var changed = await PutOneAsync(stage.Sample.Reader, list, 0, turn = 0);
        var ours = await Driver.RunAsync(stage.Time, stage.Connections, async (caller, _) => await PutOneAsync(stage.Sample.Reader, list, caller, Interlocked.Increment(ref turn)), ct);
        Console.WriteLine($"{Name,-16} ours   {ours}  {changed.Statements} statements");
    }

    private static async Task<Answer> PutOneAsync(Caller caller, string list, int of, int turn)
    {
        var text = $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bench//EN\r\nBEGIN:VTODO\r\nUID:put-{of}\r\nDTSTAMP:20261101T100000Z\r\nSUMMARY:Turn {turn}\r\nEND:VTODO\r\nEND:VCALENDAR\r\n";
        return (await caller.SendAsync(HttpMethod.Put, $"{list}put-{of}.ics", new StringContent(text, Encoding.UTF8, "text/calendar"), [])).Ok();
    }
}
