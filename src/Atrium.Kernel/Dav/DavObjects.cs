using System.Globalization;
using System.Text;
using Atrium.Kernel.Ical;
using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Dav;

/// <summary>GET, HEAD, PUT and DELETE of calendar objects, and of whole lists.</summary>
internal static class DavObjects
{
    public static async Task GetAsync(DavCall call)
    {
        var path = call.Path;
        if (path.Place == DavPlace.Collection) await WholeAsync(call, await call.CollectionAsync(path.Collection));
        else if (path.Place == DavPlace.Object) await OneAsync(call, await call.CollectionAsync(path.Collection), 200);
        else throw new DavFault(405, null, "There is nothing to read here but properties.");
    }

    public static async Task PutAsync(DavCall call)
    {
        var path = call.Path;
        if (path.Place != DavPlace.Object) throw new DavFault(405, null, "Only objects inside a list can be put.");
        if (call.Request.Headers.ContentRange.Count > 0) throw DavFault.Bad("An object is sent whole.");
        var list = await call.FindAsync(path.Collection) ?? throw new DavFault(409, null, "There is no such list.");
        if (list.Access == DavAccess.Read && !await MayTryAsync(call, list)) throw DavFault.Lacks("write-content", path.Href);
        var type = call.Request.ContentType?.Split(';')[0].Trim();
        if (type is not (null or "" or "text/calendar" or "application/octet-stream")) throw DavFault.Cal("supported-calendar-data", "An object is text/calendar.");
        var octets = await DavBody.ReadAsync(call.Request, DavProperties.LargestObject, call.Aborted)
            ?? throw DavFault.Cal("max-resource-size", $"An object has at most {DavProperties.LargestObject / 1024} KiB.");
        var written = await list.Source.PutAsync(list, path.Name, DavCalendarReader.Read(octets, list), DavConditions.Of(call.Request), call.Actor, call.Aborted);
        if (call.Prefers("return=representation"))
        {
            call.Response.Headers["Preference-Applied"] = "return=representation";
            call.Response.Headers.ContentLocation = path.Href;
            await OneAsync(call, list, written.Created ? 201 : 200);
            return;
        }

        if (written.Etag is not null) call.Response.Headers.ETag = written.Etag;
        call.Response.StatusCode = written.Created ? StatusCodes.Status201Created : StatusCodes.Status204NoContent;
        if (written.Created) call.Response.ContentLength = 0;
    }

    public static async Task DeleteAsync(DavCall call)
    {
        var path = call.Path;
        if (path.Place is not (DavPlace.Object or DavPlace.Collection)) throw new DavFault(405, null, "This cannot be deleted.");
        var list = await call.CollectionAsync(path.Collection);
        if (path.Place == DavPlace.Object)
        {
            if (list.Access < DavAccess.Write) throw DavFault.Lacks("unbind", DavPath.CollectionOf(path.Handle, path.Collection));
            await list.Source.DeleteAsync(list, path.Name, DavConditions.Of(call.Request), call.Actor, call.Aborted);
        }
        else
        {
            if (list.Access < DavAccess.Own) throw DavFault.Lacks("unbind", DavPath.HomeOf(path.Handle));
            await list.Source.DeleteAsync(list, call.Actor, call.Aborted);
        }

        call.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>A list that is only read may hold something of which its reader may say how far it is.</summary>
    private static async Task<bool> MayTryAsync(DavCall call, DavCollection list) => await DavCall.ObjectAsync(list, call.Path.Name, false, call.Aborted) is not null;

    private static async Task OneAsync(DavCall call, DavCollection list, int status)
    {
        var item = await DavCall.ObjectAsync(list, call.Path.Name, withData: true, call.Aborted) ?? throw DavFault.NotFound();
        var response = call.Response;
        response.Headers.ETag = item.Etag;
        response.Headers.LastModified = item.Modified.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "private, no-cache";
        var conditions = DavConditions.Of(call.Request);
        if (status == 200 && !HttpMethods.IsPut(call.Request.Method))
        {
            if (conditions.Match.Count > 0) (conditions with { NoneMatch = [] }).Demand(item.Etag);
            if (conditions.NoneMatch.Contains(item.Etag) || conditions.NoneMatch.Contains("*"))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.StatusCode = status;
        response.ContentType = DavProperties.TypeOf(item);
        response.ContentLength = item.Data!.Length;
        if (!HttpMethods.IsHead(call.Request.Method)) await response.Body.WriteAsync(item.Data, call.Aborted);
    }

    /// <summary>All of a list as one calendar, object by object.</summary>
    private static async Task WholeAsync(DavCall call, DavCollection list)
    {
        call.Response.ContentType = "text/calendar; charset=utf-8";
        call.Response.Headers.CacheControl = "private, no-cache";
        if (HttpMethods.IsHead(call.Request.Method)) return;
        var zones = new HashSet<string>(StringComparer.Ordinal);
        var begun = false;
        await foreach (var item in list.Source.ReadAsync(list, new(null, true), call.Aborted))
        {
            if (!begun) await BeginAsync();
            begun = true;
            foreach (var component in IcalDocument.Parse(item.Data!).Components.First().Components)
                if (component.Name != "VTIMEZONE" || zones.Add(component.ValueOf("TZID") ?? ""))
                    await call.Response.Body.WriteAsync(component.ToBytes(), call.Aborted);
        }

        if (!begun) await BeginAsync();
        await call.Response.Body.WriteAsync("END:VCALENDAR\r\n"u8.ToArray(), call.Aborted);

        async Task BeginAsync() => await call.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Atrium//Atrium//EN\r\n" + IcalText.Fold("X-WR-CALNAME:" + IcalText.Escape(list.Title))), call.Aborted);
    }
}
