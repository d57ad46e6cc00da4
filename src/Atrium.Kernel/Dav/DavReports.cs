using System.Xml.Linq;
using Atrium.Kernel.Ical;
using NodaTime;
using static Atrium.Kernel.Dav.DavNames;

namespace Atrium.Kernel.Dav;

/// <summary>REPORT (RFC 3253, 3.6): which there are, and the calendar ones.</summary>
internal static class DavReports
{
    public const int MostHrefs = 10_000;

    /// <summary>What a resource answers.</summary>
    public static IEnumerable<XName> Of(DavNode node)
    {
        yield return D + "expand-property";
        if (node.Path.Place is DavPlace.Principal or DavPlace.Container)
        {
            yield return D + "principal-property-search";
            yield return D + "principal-search-property-set";
        }

        if (node.Path.Place is DavPlace.Collection or DavPlace.Object)
        {
            yield return C + "calendar-query";
            yield return C + "calendar-multiget";
        }

        if (node.Path.Place != DavPlace.Collection) yield break;
        yield return C + "free-busy-query";
        yield return D + "sync-collection";
    }

    public static async Task HandleAsync(DavCall call)
    {
        var path = call.Path;
        var body = await DavBody.XmlAsync(call.Request, call.Aborted) ?? throw DavFault.Bad("A REPORT says which in its body.");
        if (body.Name == D + "principal-search-property-set") await DavPrincipals.SearchSetAsync(call);
        else if (body.Name == D + "principal-property-search") await DavPrincipals.SearchAsync(call, body);
        else if (body.Name == D + "expand-property") await DavPrincipals.ExpandAsync(call, body);
        else if (path.Place is not (DavPlace.Collection or DavPlace.Object) || !Of(DavNode.Of(path)).Contains(body.Name))
            throw DavFault.Dav("supported-report", $"The report “{body.Name.LocalName}” is not answered here.");
        else await ListAsync(call, body, await call.CollectionAsync(path.Collection));
    }

    private static async Task ListAsync(DavCall call, XElement body, DavCollection list)
    {
        if (body.Name == D + "sync-collection") await DavSync.HandleAsync(call, body, list);
        else if (body.Name == C + "calendar-multiget") await MultigetAsync(call, body, list);
        else if (body.Name == C + "free-busy-query") await FreeBusyAsync(call, body, list);
        else await QueryAsync(call, body, list);
    }

    private static async Task QueryAsync(DavCall call, XElement body, DavCollection list)
    {
        var asked = DavAsked.Read(body);
        var filter = DavFilter.Read(body.Element(C + "filter"));
        using var answer = new DavMultistatus(call);
        answer.Zone = ZoneOf(call, body, list);
        if (call.Path.Place == DavPlace.Object || call.Depth(missing: 1) != 0)
        {
            var (from, to) = filter.Range?.Widened ?? (null, null);
            IReadOnlyCollection<string>? names = call.Path.Place == DavPlace.Object ? [call.Path.Name] : null;
            var wanted = new DavSelection(names, asked.NeedsData || !filter.IsPlain, filter.Component, from, to);
            await foreach (var item in list.Source.ReadAsync(list, wanted, call.Aborted))
                if (filter.IsPlain || filter.Matches(item.Data!, answer.Zone))
                    await answer.AddAsync(DavNode.Of(call.Path, list, item), asked);
        }

        await answer.CloseAsync();
    }

    /// <summary>One response for each address as the client wrote it.</summary>
    private static async Task MultigetAsync(DavCall call, XElement body, DavCollection list)
    {
        var asked = DavAsked.Read(body);
        var hrefs = body.Elements(D + "href").Select(h => h.Value.Trim()).Distinct(StringComparer.Ordinal).ToList();
        if (hrefs.Count > MostHrefs) throw DavFault.Dav("number-of-matches-within-limits", $"At most {MostHrefs} addresses in one request.");
        var here = hrefs.Select(h => (Href: h, Path: DavPath.Parse(h)))
            .Where(h => h.Path is { Place: DavPlace.Object } p && p.Handle.Equals(call.Handle, StringComparison.OrdinalIgnoreCase) && p.Collection == list.Name)
            .ToLookup(h => h.Path!.Name, h => h.Href, StringComparer.Ordinal);
        var left = new HashSet<string>(hrefs, StringComparer.Ordinal);
        using var answer = new DavMultistatus(call);
        if (here.Count > 0)
        {
            await foreach (var item in list.Source.ReadAsync(list, new([.. here.Select(h => h.Key)], asked.NeedsData), call.Aborted))
            {
                foreach (var href in here[item.Name])
                {
                    left.Remove(href);
                    await answer.AddAsync(DavNode.Of(call.Path, list, item, href), asked);
                }
            }
        }

        foreach (var href in hrefs.Where(left.Contains)) await answer.AddAsync(href, 404);
        await answer.CloseAsync();
    }

    /// <summary>When events keep the caller busy (RFC 4791, 7.10).</summary>
    private static async Task FreeBusyAsync(DavCall call, XElement body, DavCollection list)
    {
        var range = DavRange.Read(body.Element(C + "time-range") ?? throw DavFault.Bad("A free-busy-query has a time-range."), closed: true);
        var (from, to) = range.Widened;
        var periods = new SortedSet<(Instant From, Instant To, string Kind)>();
        await foreach (var item in list.Source.ReadAsync(list, new(null, true, "VEVENT", from, to), call.Aborted))
        {
            if (item.Component != "VEVENT") continue;
            var series = new IcalSeries(IcalDocument.Parse(item.Data!).Components.First(), "VEVENT", call.Zone);
            foreach (var instance in series.Between(range.From, range.To)) Busy(instance, series.Zones, call.Zone, range, periods);
        }

        var (document, calendar) = IcalDocument.New();
        var busy = IcalComponent.Of("VFREEBUSY");
        busy.Add(IcalLine.Of("DTSTAMP", IcalTime.Utc(call.Http.RequestServices.GetService(typeof(TimeProvider)) is TimeProvider clock ? clock.GetUtcNow() : default)));
        busy.Add(IcalLine.Of("DTSTART", IcalTime.Utc(range.From.ToDateTimeOffset())));
        busy.Add(IcalLine.Of("DTEND", IcalTime.Utc(range.To.ToDateTimeOffset())));
        foreach (var (begin, end, kind) in periods)
            busy.Add(IcalLine.Of("FREEBUSY", $"{IcalTime.Utc(begin.ToDateTimeOffset())}/{IcalTime.Utc(end.ToDateTimeOffset())}", parameters: [new("FBTYPE", kind)]));
        calendar.Add(busy);
        call.Response.ContentType = "text/calendar; charset=utf-8";
        await call.Response.Body.WriteAsync(document.ToBytes(), call.Aborted);
    }

    private static void Busy(IcalInstance instance, IcalZoneBook zones, DateTimeZone zone, DavRange range, SortedSet<(Instant From, Instant To, string Kind)> periods)
    {
        var status = instance.Component.ValueOf("STATUS")?.Trim().ToUpperInvariant();
        if (status == "CANCELLED" || instance.Component.ValueOf("TRANSP")?.Trim().ToUpperInvariant() == "TRANSPARENT" || instance.At("DTSTART") is not { } start) return;
        var begin = zones.InstantOf(start, zone);
        var end = instance.At("DTEND") is { } to ? zones.InstantOf(to, zone)
            : IcalDuration.Parse(instance.Component.ValueOf("DURATION"))?.After(begin) ?? (start.IsDate ? begin + Duration.FromDays(1) : begin);
        if (end > begin) periods.Add((Instant.Max(begin, range.From), Instant.Min(end, range.To), status == "TENTATIVE" ? "BUSY-TENTATIVE" : "BUSY"));
    }

    /// <summary>The zone of floating times: what the request says, what the list says, or the member's.</summary>
    private static DateTimeZone ZoneOf(DavCall call, XElement body, DavCollection list)
    {
        if (body.Element(C + "timezone-id") is { } id) return IcalZoneBook.ByName(id.Value.Trim()) ?? throw DavFault.Cal("supported-timezone-id", "That time zone is not known here.");
        var text = body.Element(C + "timezone")?.Value ?? (list.Dead.TryGetValue((C + "calendar-timezone").ToString(), out var kept) ? XElement.Parse(kept).Value : null);
        return text is null ? call.Zone : Zone(text) ?? call.Zone;
    }

    private static DateTimeZone? Zone(string text)
    {
        try
        {
            var calendar = IcalDocument.Parse(System.Text.Encoding.UTF8.GetBytes(text)).Components.First();
            return calendar.ComponentsOf("VTIMEZONE").FirstOrDefault()?.ValueOf("TZID") is { } tzid ? new IcalZoneBook(calendar).Find(tzid) : null;
        }
        catch (IcalFault)
        {
            return null;
        }
    }
}
