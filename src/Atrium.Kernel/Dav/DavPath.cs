namespace Atrium.Kernel.Dav;

/// <summary>What kind of resource an address under <c>/dav/</c> names.</summary>
public enum DavPlace
{
    /// <summary>A plain collection that only leads further.</summary>
    Container,
    Principal,
    Inbox,

    /// <summary>The collection of a member's lists.</summary>
    Home,
    Collection,
    Object,
}

/// <summary>An address under <c>/dav/</c>, its segments percent-decoded: a name may hold any character but none is a slash by accident.</summary>
public sealed record DavPath(DavPlace Place, string Handle = "", string Collection = "", string Name = "", string Container = "/dav/")
{
    public const string Root = "/dav/";

    /// <summary>The address, percent-encoded; collections end in a slash.</summary>
    public string Href => Place switch
    {
        DavPlace.Principal => PrincipalOf(Handle),
        DavPlace.Inbox => PrincipalOf(Handle) + "inbox/",
        DavPlace.Home => HomeOf(Handle),
        DavPlace.Collection => CollectionOf(Handle, Collection),
        DavPlace.Object => ObjectOf(Handle, Collection, Name),
        _ => Container,
    };

    public static string PrincipalOf(string handle) => $"{Root}principals/users/{Encode(handle)}/";

    public static string HomeOf(string handle) => $"{Root}calendars/users/{Encode(handle)}/";

    public static string CollectionOf(string handle, string collection) => $"{HomeOf(handle)}{Encode(collection)}/";

    public static string ObjectOf(string handle, string collection, string name) => CollectionOf(handle, collection) + Encode(name);

    /// <summary>Reads a request target or an href: a path, or an absolute address of whatever host. Null where nothing can be.</summary>
    public static DavPath? Parse(string target)
    {
        var path = PathOf(target);
        if (path is null || !path.StartsWith("/dav", StringComparison.Ordinal) || (path.Length > 4 && path[4] != '/')) return null;
        var parts = path[4..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        return parts switch
        {
            [] => new(DavPlace.Container),
            ["principals"] or ["principals", "users"] or ["calendars"] or ["calendars", "users"] => new(DavPlace.Container, Container: $"{Root}{string.Join('/', parts)}/"),
            ["principals", "users", var who] => new(DavPlace.Principal, who),
            ["principals", "users", var who, "inbox"] => new(DavPlace.Inbox, who),
            ["calendars", "users", var who] => new(DavPlace.Home, who),
            ["calendars", "users", var who, var list] => new(DavPlace.Collection, who, list),
            ["calendars", "users", var who, var list, var name] => new(DavPlace.Object, who, list, name),
            _ => null,
        };
    }

    private static string Encode(string segment) => Uri.EscapeDataString(segment);

    private static string? PathOf(string target)
    {
        var query = target.IndexOfAny(['?', '#']);
        if (query >= 0) target = target[..query];
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return target.StartsWith('/') ? target : null;
        var slash = target.IndexOf('/', scheme + 3);
        return slash < 0 ? "/" : target[slash..];
    }
}
