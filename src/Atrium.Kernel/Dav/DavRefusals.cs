namespace Atrium.Kernel.Dav;

/// <summary>A refusal of a use case in WebDAV's tongue.</summary>
internal static class DavRefusals
{
    public static DavFault Of(Refusal refusal, string href) => refusal.Kind switch
    {
        RefusalKind.NotFound => new(404, null, refusal.Message),
        RefusalKind.Gone => new(410, null, refusal.Message),
        RefusalKind.Stale => new(412, null, refusal.Message),
        RefusalKind.TooMany => new(429, null, refusal.Message),
        RefusalKind.Unavailable => new(503, null, refusal.Message),
        RefusalKind.TooLarge => DavFault.Cal("max-resource-size", refusal.Message),
        RefusalKind.Forbidden => Lacking(refusal, href),

        // An archived list is one that can only be read.
        RefusalKind.Conflict when refusal.Code == "archived" => Lacking(refusal, href),
        RefusalKind.Conflict => new(409, null, refusal.Message),
        RefusalKind.Invalid when refusal.Code == "too_many_items" => DavFault.Dav("quota-not-exceeded", refusal.Message, 507),
        _ => DavFault.Cal("valid-calendar-object-resource", refusal.Message),
    };

    private static DavFault Lacking(Refusal refusal, string href)
    {
        var lacks = DavFault.Lacks("write-content", href);
        return new(lacks.Status, lacks.Condition, refusal.Message);
    }
}
