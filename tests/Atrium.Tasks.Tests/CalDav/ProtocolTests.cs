using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Atrium.Contracts.Accounts;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

public class ProtocolTests(TasksHouse house)
{
    [Fact]
    public async Task A_client_finds_its_lists_from_the_well_known_address_with_an_app_password()
    {
        using var ada = await house.PersonAsync("ada");
        var password = await house.InScopeAsync(s => s.GetRequiredService<IMemberRegistry>().AddAppPasswordAsync(ada.Id, "Phone", CancellationToken.None));
        using var client = house.Stranger();
        var phone = new Phone(client, ada.Handle);
        foreach (var path in new[] { "/.well-known/caldav", "/.well-known/caldav/" })
        {
            foreach (var method in new[] { "GET", "PROPFIND" })
            {
                var there = (await phone.SendAsync(method, path)).Is(HttpStatusCode.MovedPermanently);
                Assert.Equal("/dav/", there.Headers["Location"]);
            }
        }

        var closed = (await phone.PropfindAsync("/dav/", "<d:current-user-principal/>")).Is(HttpStatusCode.Unauthorized);
        Assert.Equal("Basic realm=\"Atrium\", charset=\"UTF-8\"", closed.Headers["WWW-Authenticate"]);
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ada.Handle}:{password}")));
        var cold = await phone.PropfindAsync("/dav/", "<d:current-user-principal/><d:resourcetype/>");
        Assert.Equal(1, cold.Statements);

        // A change of anybody's standing in between, and other tests make some, empties what is remembered.
        var warm = await phone.PropfindAsync("/dav/", "<d:current-user-principal/>");
        for (var i = 0; i < 5 && warm.Statements > 0; i++) warm = await phone.PropfindAsync("/dav/", "<d:current-user-principal/>");
        Assert.Equal(0, warm.Statements);
        Assert.Contains(phone.Principal, cold.Body);
        var principal = await phone.PropfindAsync(phone.Principal, "<c:calendar-home-set/><d:displayname/><c:calendar-user-address-set/><d:principal-URL/>");
        Assert.Contains(phone.Home, principal.Body);
        Assert.Contains($"mailto:{ada.Handle}@example.org", principal.Body);

        var club = await ada.ProjectAsync("Fête");
        var home = await phone.PropfindAsync(phone.Home, "<d:resourcetype/><d:displayname/><c:supported-calendar-component-set/><cs:getctag/><d:sync-token/><ic:calendar-color/><d:current-user-privilege-set/><c:max-resource-size/>", 1);
        Assert.Contains($"{phone.Home}personal/", home.Hrefs());
        Assert.Contains(phone.List(club), home.Hrefs());
        Assert.All(XElement.Parse(home.Body).Elements(Phone.D + "response").Skip(1), r => Assert.Equal("VTODO", r.Descendants(Phone.C + "comp").Single().Attribute("name")!.Value));

        (await phone.PutAsync(phone.List(club) + "1.ics", Phone.Todo("1", "SUMMARY:by phone"))).Is(HttpStatusCode.Created);
        var id = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks")).Json.GetProperty("items")[0].GetProperty("id").GetString();
        Assert.Contains("Phone", (await ada.GetAsync($"/api/tasks/tasks/{id}/history")).Body);
    }

    [Fact]
    public async Task What_is_of_another_is_not_there()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        var (phone, other) = (new Phone(ada), new Phone(ben));
        var club = await ada.ProjectAsync();
        foreach (var path in new[] { phone.Principal, phone.Home, phone.List(club), $"{other.Home}{club.Id}/", $"{other.Home}{club.Id}/x.ics", "/dav/principals/users/nobody/", "/dav/nowhere/" })
            (await other.PropfindAsync(path, "<d:displayname/>")).Is(HttpStatusCode.NotFound);
        (await other.GetAsync(phone.List(club))).Is(HttpStatusCode.NotFound);
        (await other.PutAsync(phone.List(club) + "x.ics", Phone.Todo("x", "SUMMARY:x"))).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_list_that_is_only_read_never_offers_a_put()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        var club = await ada.ProjectAsync();
        await ada.AddAsync(club, ben, ProjectRole.Reader);
        await ada.TaskAsync(club, "look");
        var phone = new Phone(ben);
        var list = $"{phone.Home}{club.Id}/";
        Assert.Contains(list, (await phone.PropfindAsync(phone.Home, "<d:displayname/>", 1)).Hrefs());
        var item = (await phone.PropfindAsync(list, "<d:getetag/>", 1)).Hrefs()[1];
        foreach (var path in new[] { list, item, list + "new.ics" })
        {
            var allow = (await phone.SendAsync("OPTIONS", path)).Ok().Headers["Allow"];
            Assert.DoesNotContain("PUT", allow);
            Assert.DoesNotContain("DELETE", allow);
            Assert.DoesNotContain("PROPPATCH", allow);
        }

        var privileges = (await phone.PropfindAsync(list, "<d:current-user-privilege-set/>")).Body;
        Assert.DoesNotContain("write", privileges);
        Assert.DoesNotContain("bind", privileges);
        var now = await phone.GetAsync(item);
        (await phone.PutAsync(item, now.Body.Replace("SUMMARY:look", "SUMMARY:touched", StringComparison.Ordinal))).Denies(HttpStatusCode.Forbidden, "need-privileges");
        (await phone.PutAsync(item, now.Body)).Denies(HttpStatusCode.Forbidden, "need-privileges");
        (await phone.PutAsync(list + "new.ics", Phone.Todo("new", "SUMMARY:new"))).Denies(HttpStatusCode.Forbidden, "need-privileges");
        (await phone.DeleteAsync(item)).Denies(HttpStatusCode.Forbidden, "need-privileges");
        (await phone.DeleteAsync(list)).Denies(HttpStatusCode.Forbidden, "need-privileges");
        (await phone.SendAsync("MOVE", item, null, ("Destination", phone.Home + "personal/x.ics"))).Denies(HttpStatusCode.Forbidden, "need-privileges");
        Assert.Equal(now.Bytes, (await phone.GetAsync(item)).Bytes);
    }

    [Fact]
    public async Task Who_is_assigned_may_say_how_far_it_is_and_nothing_else()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        var club = await ada.ProjectAsync();
        await ada.AddAsync(club, ben, ProjectRole.Commenter);
        var task = await ada.TaskAsync(club, "x", new { title = "Mow", assignees = new[] { ben.Handle } });
        var phone = new Phone(ben);
        var path = $"{phone.Home}{club.Id}/{Uri.EscapeDataString(task.Uid)}.ics";
        var now = (await phone.GetAsync(path)).Ok().Body;
        var done = now.Replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED", StringComparison.Ordinal);
        (await phone.PutAsync(path, done.Replace("SUMMARY:Mow", "SUMMARY:Mow it", StringComparison.Ordinal))).Denies(HttpStatusCode.Forbidden, "need-privileges");
        (await phone.PutAsync(path, done.Replace("END:VTODO", "LOCATION:here\r\nEND:VTODO", StringComparison.Ordinal))).Denies(HttpStatusCode.Forbidden, "need-privileges");
        Assert.Equal(Category.Todo, (await ada.ReadAsync(task)).Column.Category);
        (await phone.PutAsync(path, done)).Is(HttpStatusCode.NoContent);
        Assert.Equal(Category.Done, (await ada.ReadAsync(task)).Column.Category);
    }

    [Fact]
    public async Task A_task_moved_in_the_browser_is_not_copied_by_a_late_phone()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var (from, to) = (await ada.ProjectAsync(), await ada.ProjectAsync("To"));
        var (old, now) = (phone.List(from) + "m.ics", phone.List(to) + "m.ics");
        (await phone.PutAsync(old, Phone.Todo("m", "SUMMARY:move me"))).Is(HttpStatusCode.Created);
        var token = (await phone.SyncAsync(phone.List(from))).Token;
        var id = (await ada.GetAsync($"/api/tasks/projects/{from.Id}/tasks")).Json.GetProperty("items")[0].GetProperty("id").GetString();
        (await ada.PostAsync($"/api/tasks/tasks/{id}/move", new { project = to.Id })).Ok();
        Assert.Equal([old], (await phone.SyncAsync(phone.List(from), token)).Gone);
        Assert.Contains(now, (await phone.PutAsync(old, Phone.Todo("m", "SUMMARY:move me", "STATUS:COMPLETED"))).Denies(HttpStatusCode.Forbidden, "no-uid-conflict").Body);
        (await phone.GetAsync(now)).Ok();
        Assert.Equal(0, (await ada.GetAsync($"/api/tasks/projects/{from.Id}/tasks")).Json.GetProperty("items").GetArrayLength());

        // Over the wire it moves as itself.
        (await phone.SendAsync("MOVE", now, null, ("Destination", house.Url + phone.List(from) + "back.ics"), ("Overwrite", "F"))).Is(HttpStatusCode.Created);
        Assert.Equal(id, (await ada.GetAsync($"/api/tasks/projects/{from.Id}/tasks")).Json.GetProperty("items")[0].GetProperty("id").GetString());
        (await phone.PutAsync(phone.List(from) + "there.ics", Phone.Todo("there", "SUMMARY:there"))).Ok();
        (await phone.SendAsync("MOVE", phone.List(from) + "back.ics", null, ("Destination", phone.List(from) + "there.ics"), ("Overwrite", "F"))).Is(HttpStatusCode.PreconditionFailed);
        (await phone.SendAsync("MOVE", phone.List(from) + "back.ics", null, ("Destination", phone.List(from) + "renamed.ics"))).Is(HttpStatusCode.Created);
        (await phone.SendAsync("COPY", phone.List(from) + "renamed.ics", null, ("Destination", phone.List(to) + "copy.ics"))).Is(HttpStatusCode.Created);
        Assert.Equal(1, (await ada.GetAsync($"/api/tasks/projects/{to.Id}/tasks")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_a_phone_deleted_comes_back_as_itself()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var club = await ada.ProjectAsync();
        var path = phone.List(club) + "d.ics";
        (await phone.PutAsync(path, Phone.Todo("d", "SUMMARY:d"))).Ok();
        var id = (await ada.GetAsync($"/api/tasks/projects/{club.Id}/tasks")).Json.GetProperty("items")[0].GetProperty("id").GetString();
        (await phone.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
        (await phone.GetAsync(path)).Is(HttpStatusCode.NotFound);

        // Something else may have its name meanwhile.
        (await phone.PutAsync(path, Phone.Todo("other", "SUMMARY:other"))).Is(HttpStatusCode.Created);
        (await phone.PutAsync(phone.List(club) + "again.ics", Phone.Todo("d", "SUMMARY:back"))).Is(HttpStatusCode.Created);
        Assert.Equal("back", (await ada.GetAsync($"/api/tasks/tasks/{id}")).Ok()["title"]);
    }

    [Fact]
    public async Task Lists_are_made_named_coloured_and_thrown_away_by_phones()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var path = phone.Home + "summer%20list/";
        (await phone.SendAsync("MKCALENDAR", path,
            """<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:ic="http://apple.com/ns/ical/"><d:set><d:prop><d:displayname>Summer</d:displayname><ic:calendar-color>#FF0000FF</ic:calendar-color><ic:calendar-order>3</ic:calendar-order><c:supported-calendar-component-set><c:comp name="VTODO"/></c:supported-calendar-component-set></d:prop></d:set></c:mkcalendar>""")).Is(HttpStatusCode.Created);
        var read = (await phone.PropfindAsync(path, "<d:displayname/><ic:calendar-color/><ic:calendar-order/><c:supported-calendar-component-set/>")).Body;
        Assert.Contains("Summer", read);
        Assert.Contains("#FF0000FF", read);
        Assert.Contains(">3<", read);
        Assert.DoesNotContain("VEVENT", read);

        var patched = await phone.SendAsync("PROPPATCH", path, """<d:propertyupdate xmlns:d="DAV:" xmlns:x="urn:x"><d:set><d:prop><d:displayname>Autumn</d:displayname><x:mine a="1"><x:deep/></x:mine></d:prop></d:set></d:propertyupdate>""");
        Assert.Contains("200 OK", patched.Is(HttpStatusCode.MultiStatus).Body);
        Assert.Contains("deep", (await phone.PropfindAsync(path, "<x:mine xmlns:x='urn:x'/>")).Body);
        var refused = (await phone.SendAsync("PROPPATCH", path, """<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><d:displayname>Winter</d:displayname><d:getetag>x</d:getetag></d:prop></d:set></d:propertyupdate>""")).Is(HttpStatusCode.MultiStatus).Body;
        Assert.Contains("cannot-modify-protected-property", refused);
        Assert.Contains("424", refused);
        Assert.Contains("Autumn", (await phone.PropfindAsync(path, "<d:displayname/>")).Body);
        var removed = await phone.SendAsync("PROPPATCH", path, """<d:propertyupdate xmlns:d="DAV:" xmlns:x="urn:x"><d:remove><d:prop><x:mine/></d:prop></d:remove></d:propertyupdate>""");
        Assert.Contains("200 OK", removed.Body);
        Assert.Contains("404", (await phone.PropfindAsync(path, "<x:mine xmlns:x='urn:x'/>")).Body);
        (await phone.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
        (await phone.PropfindAsync(path, "<d:displayname/>")).Is(HttpStatusCode.NotFound);
        (await phone.SendAsync("MKCOL", path, """<d:mkcol xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop><d:resourcetype><d:collection/><c:calendar/></d:resourcetype></d:prop></d:set></d:mkcol>""")).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_list_of_everything_keeps_events_whole()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var path = phone.Home + "all/";
        (await phone.SendAsync("MKCALENDAR", path)).Is(HttpStatusCode.Created);
        var sent = Phone.Calendar("BEGIN:VEVENT", "UID:e", "DTSTAMP:20261101T100000Z", "DTSTART;TZID=Europe/Berlin:20270301T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=10", "SUMMARY:Choir", "X-A:b", "END:VEVENT");
        var put = (await phone.PutAsync(path + "e.ics", sent)).Is(HttpStatusCode.Created);
        (await phone.PutAsync(path + "t.ics", Phone.Todo("t", "SUMMARY:todo"))).Is(HttpStatusCode.Created);
        var got = await phone.GetAsync(path + "e.ics");
        Assert.Equal((sent, put.ETag), (got.Body, got.ETag));
        var first = await phone.SyncAsync(path);
        Assert.Equal(2, first.Changed.Count);
        Assert.Equal(["e.ics"], (await phone.QueryAsync(path, "<c:comp-filter name='VEVENT'><c:time-range start='20270315T000000Z' end='20270316T000000Z'/></c:comp-filter>")).Data().Keys);
        Assert.Empty((await phone.QueryAsync(path, "<c:comp-filter name='VEVENT'><c:time-range start='20280315T000000Z' end='20280316T000000Z'/></c:comp-filter>")).Data());
        var expanded = (await phone.QueryAsync(path, "<c:comp-filter name='VEVENT'/>", "<c:calendar-data><c:expand start='20270321T000000Z' end='20270406T000000Z'/></c:calendar-data>")).Data()["e.ics"];

        // The clock changes on 28 March: nine in Berlin is eight, then seven, in UTC.
        Assert.Contains("DTSTART:20270322T080000Z", expanded);
        Assert.Contains("DTSTART:20270329T070000Z", expanded);
        Assert.Contains("RECURRENCE-ID:20270405T070000Z", expanded);
        Assert.DoesNotContain("RRULE", expanded);
        var busy = await phone.SendAsync("REPORT", path, "<c:free-busy-query xmlns:c='urn:ietf:params:xml:ns:caldav'><c:time-range start='20270301T000000Z' end='20270309T000000Z'/></c:free-busy-query>");
        Assert.Contains("FREEBUSY;FBTYPE=BUSY:20270301T080000Z/20270301T090000Z", busy.Ok().Body);
        (await phone.PutAsync(path + "e2.ics", sent)).Denies(HttpStatusCode.Forbidden, "no-uid-conflict");
        Assert.Equal(["BEGIN:VEVENT", "BEGIN:VTODO"], (await phone.GetAsync(path)).Ok().Body.Split("\r\n").Where(l => l.StartsWith("BEGIN:VE", StringComparison.Ordinal) || l.StartsWith("BEGIN:VTODO", StringComparison.Ordinal)).Order());
        (await phone.DeleteAsync(path + "e.ics")).Is(HttpStatusCode.NoContent);
        Assert.Equal([path + "e.ics"], (await phone.SyncAsync(path, first.Token)).Gone);
    }

    [Fact]
    public async Task Bodies_may_be_compressed_and_answers_minimal()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var list = phone.List(await ada.ProjectAsync());
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(Encoding.UTF8.GetBytes(Phone.Todo("z", "SUMMARY:zipped")));
        (await phone.PutAsync(list + "z.ics", packed.ToArray(), ("Content-Encoding", "gzip"))).Is(HttpStatusCode.Created);
        Assert.Contains("SUMMARY:zipped", (await phone.GetAsync(list + "z.ics")).Body);
        (await phone.PutAsync(list + "y.ics", [1, 2, 3], ("Content-Encoding", "gzip"))).Is(HttpStatusCode.BadRequest);
        (await phone.PutAsync(list + "y.ics", [1, 2, 3], ("Content-Encoding", "br"))).Is(HttpStatusCode.UnsupportedMediaType);
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(new byte[5_000_000]);
        (await phone.PutAsync(list + "y.ics", bomb.ToArray(), ("Content-Encoding", "gzip"))).Denies(HttpStatusCode.Forbidden, "max-resource-size");

        var whole = await phone.PropfindAsync(list, "<d:displayname/><d:nonsense/>");
        Assert.Contains("404", whole.Body);
        foreach (var header in new[] { ("Prefer", "return=minimal"), ("Brief", "t") })
        {
            var minimal = await phone.PropfindAsync(list, "<d:displayname/><d:nonsense/>", 0, header);
            Assert.DoesNotContain("404", minimal.Body);
            Assert.Equal("return=minimal", minimal.Headers["Preference-Applied"]);
        }

        var shown = await phone.PutAsync(list + "r.ics", Phone.Todo("r", "SUMMARY:shown"), ("Prefer", "return=representation"));
        Assert.Contains("SUMMARY:shown", shown.Is(HttpStatusCode.Created).Body);
    }

    [Fact]
    public async Task Other_reports_and_forms_of_asking_are_answered()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("benedikt");
        var phone = new Phone(ada);
        var list = phone.List(await ada.ProjectAsync());
        (await phone.PutAsync(list + "1.ics", Phone.Todo("1", "SUMMARY:one"))).Ok();
        var found = await phone.SendAsync("REPORT", "/dav/principals/users/", "<d:principal-property-search xmlns:d='DAV:'><d:property-search><d:prop><d:displayname/></d:prop><d:match>Benedikt</d:match></d:property-search><d:prop><d:displayname/></d:prop></d:principal-property-search>", ("Depth", "0"));
        Assert.Contains($"/dav/principals/users/{ben.Handle}/", found.Is(HttpStatusCode.MultiStatus).Body);
        Assert.DoesNotContain("example.org", found.Body);
        Assert.Contains("displayname", (await phone.SendAsync("REPORT", "/dav/principals/users/", "<d:principal-search-property-set xmlns:d='DAV:'/>")).Ok().Body);
        var expanded = await phone.SendAsync("REPORT", "/dav/", "<d:expand-property xmlns:d='DAV:'><d:property name='current-user-principal'><d:property name='calendar-home-set' namespace='urn:ietf:params:xml:ns:caldav'/></d:property></d:expand-property>");
        Assert.Contains(phone.Home, expanded.Is(HttpStatusCode.MultiStatus).Body);
        Assert.Contains("getetag", (await phone.SendAsync("PROPFIND", list + "1.ics", "<d:propfind xmlns:d='DAV:'><d:propname/></d:propfind>", ("Depth", "0"))).Body);
        Assert.Contains("resourcetype", (await phone.SendAsync("PROPFIND", list, null, ("Depth", "1"))).Body);
        var odd = await phone.MultigetAsync(list, [list + "1.ics", list + "none.ics", $"{house.Url}{list}1.ics"]);
        Assert.Equal(2, XElement.Parse(odd.Body).Descendants(Phone.C + "calendar-data").Count());
        Assert.Contains($"{house.Url}{list}1.ics", odd.Hrefs());
        Assert.Contains("404", odd.Body);
        var inbox = await phone.PropfindAsync(phone.Principal, "<c:schedule-inbox-URL/>");
        Assert.Contains("inbox/", inbox.Body);
        Assert.Single((await phone.PropfindAsync(phone.Principal + "inbox/", "<d:resourcetype/>", 1)).Hrefs());
        Assert.Equal("1, 3, calendar-access, extended-mkcol", (await phone.SendAsync("OPTIONS", "/dav/")).Ok().Headers["DAV"]);
        (await phone.SendAsync("HEAD", list + "1.ics")).Ok();
        var (now, token) = ((await phone.GetAsync(list + "1.ics")).ETag!, (await phone.SyncAsync(list)).Token);
        foreach (var holds in new[] { $"([{now}])", $"(Not [\"x\"])", $"(<urn:none>) ([{now}] Not <urn:none>)", $"<{house.Url}{list}> (<{token}>)" }) (await phone.SendAsync("GET", list + "1.ics", null, ("If", holds))).Ok();
        foreach (var fails in new[] { "([\"x\"])", "(<urn:none>)", $"(Not [{now}])", $"<{list}2.ics> ([{now}])" }) (await phone.SendAsync("GET", list + "1.ics", null, ("If", fails))).Denies(HttpStatusCode.PreconditionFailed, "message");
        (await phone.SendAsync("GET", list + "1.ics", null, ("If", "nonsense"))).Denies(HttpStatusCode.BadRequest, "message");
        var tag = (await phone.GetAsync(list + "1.ics")).ETag!;
        (await phone.SendAsync("GET", list + "1.ics", null, ("If-None-Match", tag))).Is(HttpStatusCode.NotModified);
    }
}
