using System.Globalization;
using System.Net;
using System.Text;
using Atrium.Contracts.Accounts;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

/// <summary>A house that lets an app password ask so often only.</summary>
public sealed class StrictHouse() : TestHouse(new TasksModule())
{
    public const int Requests = 300;

    protected override bool WorkersRun => false;

    protected override IEnumerable<KeyValuePair<string, string?>> Configuration => [new("RateLimits:Dav", $"{Requests}")];
}

/// <summary>All the ways to say no: each in the tongue of DAV, with the precondition of its RFC where there is one.</summary>
public sealed class RefusalTests(StrictHouse house) : IClassFixture<StrictHouse>
{
    [Fact]
    public async Task Every_no_is_a_precondition()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var list = phone.List(await ada.ProjectAsync());
        var good = Phone.Todo("one", "SUMMARY:one");
        var tag = (await phone.PutAsync(list + "one.ics", good)).ETag!;
        async Task Put(string name, string body, string condition) => (await phone.PutAsync(list + name, body)).Denies(HttpStatusCode.Forbidden, condition);

        await Put("x.ics", "no calendar", "valid-calendar-data");
        await Put("x.ics", "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nEND:VCALENDAR\r\n", "valid-calendar-data");
        await Put("x.ics", Phone.Calendar("METHOD:PUBLISH", "BEGIN:VTODO", "UID:x", "END:VTODO"), "valid-calendar-object-resource");
        await Put("x.ics", Phone.Calendar("BEGIN:VTODO", "SUMMARY:x", "END:VTODO"), "valid-calendar-object-resource");
        await Put("x.ics", Phone.Calendar("BEGIN:VTODO", "UID:x", "END:VTODO", "BEGIN:VTODO", "UID:y", "END:VTODO"), "valid-calendar-object-resource");
        await Put("x.ics", Phone.Calendar(), "valid-calendar-object-resource");
        await Put("x.ics", Phone.Calendar("BEGIN:VEVENT", "UID:x", "END:VEVENT"), "supported-calendar-component");
        await Put("x.ics", Phone.Todo("x", "DESCRIPTION:" + new string('x', 300_000)), "max-resource-size");
        await Put("two.ics", Phone.Todo("one", "SUMMARY:same uid"), "no-uid-conflict");
        await Put("one.ics", Phone.Todo("two", "SUMMARY:other uid"), "no-uid-conflict");
        Assert.Contains(list + "one.ics", (await phone.PutAsync(list + "two.ics", good)).Body);
        (await phone.PutAsync(list + "one.ics", good, ("If-None-Match", "*"))).Denies(HttpStatusCode.PreconditionFailed, "message");
        (await phone.PutAsync(list + "one.ics", good, ("If-Match", "\"7-7\""))).Denies(HttpStatusCode.PreconditionFailed, "message");
        (await phone.PutAsync(list + "none.ics", Phone.Todo("none", "SUMMARY:x"), ("If-Match", tag))).Denies(HttpStatusCode.PreconditionFailed, "message");
        (await phone.DeleteAsync(list + "one.ics", ("If-Match", "\"7-7\""))).Denies(HttpStatusCode.PreconditionFailed, "message");
        (await phone.SendAsync("COPY", list + "one.ics", null, ("Destination", list + "copy.ics"))).Denies(HttpStatusCode.Forbidden, "no-uid-conflict");
        (await phone.SendAsync("PROPFIND", list, null, ("Depth", "infinity"))).Denies(HttpStatusCode.Forbidden, "propfind-finite-depth");
        (await phone.SendAsync("REPORT", list, "<x:unknown xmlns:x='urn:x'/>")).Denies(HttpStatusCode.Forbidden, "supported-report");
        (await phone.SendAsync("REPORT", phone.Home, "<c:calendar-query xmlns:c='urn:ietf:params:xml:ns:caldav'/>")).Denies(HttpStatusCode.Forbidden, "supported-report");
        (await phone.QueryAsync(list, "<c:comp-filter name='VTODO'><c:prop-filter name='SUMMARY'><c:text-match collation='i;klingon'>x</c:text-match></c:prop-filter></c:comp-filter>")).Denies(HttpStatusCode.Forbidden, "supported-collation");
        (await phone.QueryAsync(list, "<c:comp-filter name='VTODO'><c:nonsense/></c:comp-filter>")).Denies(HttpStatusCode.Forbidden, "supported-filter");
        (await phone.QueryAsync(list, "<c:comp-filter name='VTODO'><c:time-range start='20260101'/></c:comp-filter>")).Denies(HttpStatusCode.Forbidden, "valid-filter");
        (await phone.QueryAsync(list, "<c:comp-filter name='VTODO'/>", "<c:calendar-data content-type='application/json'/>")).Denies(HttpStatusCode.Forbidden, "supported-calendar-data");
        (await phone.SendAsync("MKCALENDAR", list)).Denies(HttpStatusCode.MethodNotAllowed, "resource-must-be-null");
        (await phone.SendAsync("MKCALENDAR", list + "inside/")).Denies(HttpStatusCode.Forbidden, "calendar-collection-location-ok");
        (await phone.SendAsync("PROPFIND", list, "<not xml", ("Depth", "0"))).Denies(HttpStatusCode.BadRequest, "message");
        (await phone.SendAsync("PROPFIND", list, "<!DOCTYPE d [<!ENTITY e 'x'>]><d:propfind xmlns:d='DAV:'><d:prop>&e;</d:prop></d:propfind>", ("Depth", "0"))).Denies(HttpStatusCode.BadRequest, "message");
        (await phone.SendAsync("PROPFIND", list, string.Concat(Enumerable.Repeat("<a>", 60)) + string.Concat(Enumerable.Repeat("</a>", 60)), ("Depth", "0"))).Denies(HttpStatusCode.BadRequest, "message");
        (await phone.SendAsync("PROPFIND", list, "<a>" + new string(' ', 1_100_000) + "</a>", ("Depth", "0"))).Denies(HttpStatusCode.RequestEntityTooLarge, "message");
        (await phone.GetAsync(list + "none.ics")).Denies(HttpStatusCode.NotFound, "message");
        (await phone.DeleteAsync(phone.Home + "personal/")).Denies(HttpStatusCode.Forbidden, "need-privileges");
        (await phone.PutAsync(phone.Home + "nowhere/x.ics", good)).Denies(HttpStatusCode.Conflict, "message");
        (await phone.MultigetAsync(list, Enumerable.Range(0, 10_001).Select(i => $"{list}{i}.ics"))).Denies(HttpStatusCode.Forbidden, "number-of-matches-within-limits");
        (await phone.SendAsync("MKCALENDAR", $"{phone.Home}{new string('n', 201)}/")).Denies(HttpStatusCode.Forbidden, "calendar-collection-location-ok");
        (await phone.SendAsync("MKCALENDAR", phone.Home + "odd/", Made("mkcalendar", "<d:getetag>x</d:getetag>"))).Denies(HttpStatusCode.Forbidden, "cannot-modify-protected-property");
        (await phone.SendAsync("MKCALENDAR", phone.Home + "odd/", Made("mkcalendar", "<c:supported-calendar-component-set><c:comp name='VPOLL'/></c:supported-calendar-component-set>"))).Denies(HttpStatusCode.Forbidden, "supported-calendar-component");
        (await phone.SendAsync("MKCOL", phone.Home + "odd/", "<d:mkcol xmlns:d='DAV:'><d:set><d:prop><d:resourcetype><d:collection/></d:resourcetype></d:prop></d:set></d:mkcol>")).Denies(HttpStatusCode.Forbidden, "valid-resourcetype");
        (await ada.SendAsync(new("MKCALENDAR"), phone.Home + "odd/", new StringContent("{}", Encoding.UTF8, "application/json"), [])).Denies(HttpStatusCode.UnsupportedMediaType, "message");
        (await phone.SendAsync("PROPPATCH", list + "one.ics", "<d:propertyupdate xmlns:d='DAV:'/>")).Denies(HttpStatusCode.Forbidden, "cannot-modify-protected-property");
        (await phone.SendAsync("PROPPATCH", list, "<d:nonsense xmlns:d='DAV:'/>")).Denies(HttpStatusCode.BadRequest, "message");
        (await phone.SendAsync("MOVE", list, null, ("Destination", phone.Home + "elsewhere/"))).Denies(HttpStatusCode.Forbidden, "calendar-collection-location-ok");
        (await phone.SendAsync("MOVE", list + "one.ics", null, ("Destination", phone.Home + "nowhere/one.ics"))).Denies(HttpStatusCode.Conflict, "message");
        (await phone.SendAsync("MOVE", list + "one.ics", null, ("Destination", "https://elsewhere.example/one.ics"))).Denies(HttpStatusCode.BadGateway, "message");
        (await phone.SendAsync("MOVE", list + "one.ics")).Denies(HttpStatusCode.BadRequest, "message");
        (await phone.SendAsync("COPY", list + "one.ics", null, ("Destination", list + "one.ics"))).Denies(HttpStatusCode.Forbidden, "message");
        (await phone.PutAsync(list + "one.ics", good, ("Content-Range", "bytes 0-1/2"))).Denies(HttpStatusCode.BadRequest, "message");
        (await phone.PutAsync(list + "one.ics", [1, 2], ("Content-Encoding", "br"))).Denies(HttpStatusCode.UnsupportedMediaType, "message");
        (await phone.SyncAnswerAsync(list, "urn:of:somebody:else")).Denies(HttpStatusCode.Forbidden, "valid-sync-token");
        (await phone.SyncAnswerAsync(list, "", 0)).Denies(HttpStatusCode.BadRequest, "message");
        (await phone.SendAsync("REPORT", list, "<c:calendar-query xmlns:c='urn:ietf:params:xml:ns:caldav'><c:timezone-id>Nowhere/Land</c:timezone-id><c:filter><c:comp-filter name='VCALENDAR'/></c:filter></c:calendar-query>")).Denies(HttpStatusCode.Forbidden, "supported-timezone-id");
        (await phone.SendAsync("REPORT", list, "<c:free-busy-query xmlns:c='urn:ietf:params:xml:ns:caldav'/>")).Denies(HttpStatusCode.BadRequest, "message");
        (await phone.PropfindAsync("/dav/nowhere/", "<d:displayname/>")).Denies(HttpStatusCode.NotFound, "message");
        (await phone.SendAsync("PROPFIND", list, null, ("Depth", "2"))).Denies(HttpStatusCode.BadRequest, "message");
        (await phone.SendAsync("GET", list + "one.ics", null, ("If", "(<urn:no:lock>)"))).Denies(HttpStatusCode.PreconditionFailed, "message");
        (await ada.SendAsync(HttpMethod.Put, list + "one.ics", new StringContent(good), [("Sec-Fetch-Site", "cross-site")])).Denies(HttpStatusCode.Forbidden, "message");
        Assert.Empty((await phone.SendAsync("HEAD", list + "none.ics")).Is(HttpStatusCode.NotFound).Body);
        Assert.Equal(good, (await phone.GetAsync(list + "one.ics")).Body);
    }

    [Fact]
    public async Task A_method_that_is_not_answered_is_refused_with_those_that_are()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        var club = await ada.ProjectAsync();
        await ada.AddAsync(club, ben, ProjectRole.Reader);
        var (phone, other) = (new Phone(ada), new Phone(ben));
        (await phone.PutAsync(phone.List(club) + "1.ics", Phone.Todo("1", "SUMMARY:one"))).Is(HttpStatusCode.Created);
        foreach (var method in new[] { "LOCK", "UNLOCK", "ACL", "POST", "PATCH" })
        {
            var allowed = (await phone.SendAsync(method, phone.List(club) + "1.ics")).Denies(HttpStatusCode.MethodNotAllowed, "message").Headers["Allow"];
            Assert.Contains("PUT", allowed);
            Assert.DoesNotContain(method, allowed.Split(", "));
            foreach (var path in new[] { $"{other.Home}{club.Id}/", $"{other.Home}{club.Id}/1.ics" })
                Assert.DoesNotContain("PUT", (await other.SendAsync(method, path)).Denies(HttpStatusCode.MethodNotAllowed, "message").Headers["Allow"]);
            (await other.SendAsync(method, phone.List(club))).Denies(HttpStatusCode.NotFound, "message");
        }

        Assert.DoesNotContain("PUT", (await phone.PutAsync(phone.List(club), "x")).Denies(HttpStatusCode.MethodNotAllowed, "message").Headers["Allow"]);
        (await phone.SendAsync("MKCALENDAR", phone.Home)).Denies(HttpStatusCode.MethodNotAllowed, "message");
        (await phone.DeleteAsync(phone.Home)).Denies(HttpStatusCode.MethodNotAllowed, "message");
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_asked_for_an_app_password_and_who_may_not_is_told_what_they_lack()
    {
        using var ada = await house.PersonAsync("ada");
        var phone = new Phone(ada);
        var list = phone.List(await ada.ProjectAsync());
        using var stranger = house.Stranger();
        var closed = new Phone(stranger, ada.Handle);
        foreach (var (method, path) in new[] { ("PROPFIND", "/dav/"), ("OPTIONS", "/dav/"), ("GET", list + "1.ics"), ("PUT", list + "1.ics"), ("LOCK", list), ("REPORT", "/dav/nowhere/") })
            Closed(await closed.SendAsync(method, path));
        foreach (var key in new[] { Basic("wrong"), Basic(Person.Password), "Basic nonsense", "Digest username=x" })
            Closed(await closed.SendAsync("PROPFIND", "/dav/", null, ("Authorization", key)));
        Assert.Equal("Bearer error=\"invalid_token\"", (await closed.SendAsync("PROPFIND", "/dav/", null, ("Authorization", "Bearer nonsense"))).Denies(HttpStatusCode.Unauthorized, "message").Headers["WWW-Authenticate"]);
        var password = await house.InScopeAsync(s => s.GetRequiredService<IMemberRegistry>().AddAppPasswordAsync(ada.Id, "Phone", CancellationToken.None));
        (await closed.SendAsync("OPTIONS", "/dav/", null, ("Authorization", Basic(password)))).Ok();

        using var reads = ada.With("dav:read");
        using var elsewhere = ada.With("tasks:read", "tasks:write");
        (await new Phone(reads, ada.Handle).GetAsync(list)).Ok();
        Assert.Contains("<d:write />", (await new Phone(reads, ada.Handle).PutAsync(list + "1.ics", Phone.Todo("1", "SUMMARY:one"))).Denies(HttpStatusCode.Forbidden, "need-privileges").Body);
        Assert.Contains("<d:read />", (await new Phone(elsewhere, ada.Handle).GetAsync(list)).Denies(HttpStatusCode.Forbidden, "need-privileges").Body);

        // Who guesses is soon made to wait.
        var guessed = await closed.SendAsync("PROPFIND", "/dav/", null, ("Authorization", Basic("wrong")));
        for (var i = 0; i < 30 && guessed.Status != HttpStatusCode.TooManyRequests; i++) guessed = await closed.SendAsync("PROPFIND", "/dav/", null, ("Authorization", Basic("wrong")));
        Assert.InRange(int.Parse(guessed.Denies(HttpStatusCode.TooManyRequests, "message").Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);

        static void Closed(Answer answer) => Assert.Equal("Basic realm=\"Atrium\", charset=\"UTF-8\"", answer.Denies(HttpStatusCode.Unauthorized, "message").Headers["WWW-Authenticate"]);

        string Basic(string secret) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ada.Handle}:{secret}"));
    }

    [Fact]
    public async Task Who_comes_too_often_or_makes_too_many_lists_is_told_when_to_come_again()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        var (maker, phone) = (new Phone(ada), new Phone(ben));
        Answer? made = null;
        for (var i = 0; i < 61; i++) made = await maker.SendAsync("MKCALENDAR", $"{maker.Home}{i}/");
        Assert.Equal("3600", made!.Denies(HttpStatusCode.TooManyRequests, "message").Headers["Retry-After"]);

        // A minute may turn on the way; it cannot turn twice.
        var last = await phone.SendAsync("OPTIONS", "/dav/");
        for (var i = 0; i < StrictHouse.Requests * 2 && last.Status != HttpStatusCode.TooManyRequests; i++) last = await phone.SendAsync("OPTIONS", "/dav/");
        last.Denies(HttpStatusCode.TooManyRequests, "message");
        Assert.InRange(int.Parse(last.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
    }

    private static string Made(string how, string properties) =>
        $"<c:{how} xmlns:d='DAV:' xmlns:c='urn:ietf:params:xml:ns:caldav'><d:set><d:prop>{properties}</d:prop></d:set></c:{how}>";
}
