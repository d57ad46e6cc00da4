namespace Atrium.Kernel.Dav;

/// <summary>Says what a resource answers, honestly: a list that cannot be written offers no PUT, or clients try for ever.</summary>
internal static class DavOptions
{
    public static async Task HandleAsync(DavCall call)
    {
        call.Response.Headers.Allow = string.Join(", ", await AllowedAsync(call));
        call.Response.StatusCode = 200;
        call.Response.ContentLength = 0;
    }

    public static async Task<IReadOnlyList<string>> AllowedAsync(DavCall call)
    {
        List<string> allowed = ["OPTIONS", "PROPFIND", "REPORT"];
        var path = call.Path;
        if (path.Place is not (DavPlace.Collection or DavPlace.Object)) return allowed;
        if (await call.FindAsync(path.Collection) is not { } list)
        {
            if (path.Place == DavPlace.Collection) allowed.AddRange(["MKCALENDAR", "MKCOL"]);
            return allowed;
        }

        allowed.AddRange(["GET", "HEAD"]);
        if (path.Place == DavPlace.Collection)
        {
            if (list.Access == DavAccess.Own) allowed.AddRange(["PROPPATCH", "DELETE"]);
            return allowed;
        }

        allowed.Add("COPY");
        if (list.Access >= DavAccess.Change) allowed.Add("PUT");
        if (list.Access >= DavAccess.Write) allowed.AddRange(["DELETE", "MOVE"]);
        return allowed;
    }
}
