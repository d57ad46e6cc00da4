using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Dav;

/// <summary>MOVE and COPY of objects (RFC 4918, 9.8 and 9.9).</summary>
internal static class DavMoves
{
    public static async Task HandleAsync(DavCall call)
    {
        var (path, to) = (call.Path, call.Destination());
        if (path.Place is not (DavPlace.Object or DavPlace.Collection)) throw new DavFault(405, null, "This stays where it is.");
        var source = await call.CollectionAsync(path.Collection);
        if (path.Place == DavPlace.Collection) throw DavFault.Cal("calendar-collection-location-ok", "A list keeps its address.");
        if (to.Place != DavPlace.Object) throw DavFault.Cal("calendar-collection-location-ok", "An object goes into a list.");
        var target = to.Collection == path.Collection ? source : await call.FindAsync(to.Collection) ?? throw new DavFault(409, null, "There is no such list.");
        if (path == to) throw new DavFault(403, null, "It is there already.");
        if (target.Access < DavAccess.Write) throw DavFault.Lacks("bind", DavPath.CollectionOf(to.Handle, to.Collection));
        var created = call.Request.Method.Equals("COPY", StringComparison.OrdinalIgnoreCase)
            ? await CopyAsync(call, source, target, to)
            : await MoveAsync(call, source, target, to);
        call.Response.StatusCode = created ? StatusCodes.Status201Created : StatusCodes.Status204NoContent;
        if (!created) return;
        call.Response.Headers.Location = to.Href;
        call.Response.ContentLength = 0;
    }

    private static async Task<bool> MoveAsync(DavCall call, DavCollection source, DavCollection target, DavPath to)
    {
        if (source.Access < DavAccess.Write) throw DavFault.Lacks("unbind", DavPath.CollectionOf(call.Path.Handle, call.Path.Collection));
        var conditions = DavConditions.Of(call.Request);
        if (ReferenceEquals(source.Source, target.Source))
            return await source.Source.MoveAsync(source, call.Path.Name, target, to.Name, call.Overwrites, conditions, call.Actor, call.Aborted);
        var created = await CopyAsync(call, source, target, to);
        await source.Source.DeleteAsync(source, call.Path.Name, conditions, call.Actor, call.Aborted);
        return created;
    }

    private static async Task<bool> CopyAsync(DavCall call, DavCollection source, DavCollection target, DavPath to)
    {
        var item = await DavCall.ObjectAsync(source, call.Path.Name, withData: true, call.Aborted) ?? throw DavFault.NotFound();
        DavConditions.Of(call.Request).Demand(item.Etag);
        var written = await target.Source.PutAsync(
            target, to.Name, DavCalendarReader.Read(item.Data!, target) with { Copied = true }, call.Overwrites ? DavConditions.None : new([], ["*"]), call.Actor, call.Aborted);
        return written.Created;
    }
}
