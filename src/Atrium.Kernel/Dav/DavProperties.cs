using System.Globalization;
using System.Xml.Linq;
using static Atrium.Kernel.Dav.DavNames;

namespace Atrium.Kernel.Dav;

/// <summary>The live properties of each kind of resource (RFC 4918, 3744, 4791, 5397, 6578, and Apple's), and the dead ones kept for clients.</summary>
internal static class DavProperties
{
    /// <summary>The largest object taken, in octets.</summary>
    public const int LargestObject = 256 * 1024;

    private static readonly XName[] OfAll = [D + "resourcetype", D + "displayname", D + "current-user-principal", D + "principal-collection-set", D + "current-user-privilege-set", D + "supported-report-set"];
    private static readonly XName[] OfPrincipal =
    [
        D + "principal-URL", D + "alternate-URI-set", D + "group-membership", C + "calendar-home-set", C + "calendar-user-address-set", C + "schedule-inbox-URL",
        C + "calendar-user-type", Cs + "email-address-set",
    ];

    private static readonly XName[] OfCollection =
    [
        D + "owner", D + "sync-token", D + "getlastmodified", D + "supported-privilege-set", C + "supported-calendar-component-set", C + "calendar-description", C + "supported-calendar-data",
        C + "max-resource-size", C + "max-instances", C + "supported-collation-set", Cs + "getctag", Ic + "calendar-color",
    ];

    private static readonly XName[] OfObject = [D + "getetag", D + "getcontenttype", D + "getcontentlength", D + "getlastmodified", D + "creationdate", D + "owner"];

    /// <summary>Properties that only the server sets.</summary>
    private static readonly HashSet<XName> Protected =
    [
        .. OfAll.Where(n => n.LocalName != "displayname"), .. OfPrincipal, .. OfCollection.Where(n => n.LocalName is not ("calendar-description" or "calendar-color")), .. OfObject,
        D + "lockdiscovery", D + "supportedlock", D + "acl", D + "group", D + "acl-restrictions", D + "inherited-acl-set",
    ];

    public static bool IsProtected(XName name) => Protected.Contains(name);

    /// <summary>The names a resource has.</summary>
    public static IEnumerable<XName> NamesOf(DavNode node) => node.Path.Place switch
    {
        DavPlace.Principal => [.. OfAll, .. OfPrincipal],
        DavPlace.Home => [.. OfAll, D + "owner"],
        DavPlace.Collection => [.. OfAll, .. OfCollection, .. node.Collection!.Dead.Keys.Select(k => XName.Get(k))],
        DavPlace.Object => [D + "resourcetype", D + "current-user-principal", D + "current-user-privilege-set", D + "supported-report-set", .. OfObject],
        _ => OfAll,
    };

    /// <summary>What <c>allprop</c> tells: what RFC 4918 defines, and what clients themselves set.</summary>
    public static IEnumerable<XName> UsualOf(DavNode node) => NamesOf(node).Where(n =>
        n.LocalName is "resourcetype" or "displayname" or "getetag" or "getcontenttype" or "getlastmodified" or "creationdate" || node.Collection is not null && node.Object is null && node.Collection.Dead.ContainsKey(n.ToString()));

    /// <summary>The property's element; null when the resource has none of that name.</summary>
    public static XElement? Of(DavNode node, XName name, DavCall call)
    {
        if (name.Namespace == D && Everywhere(node, name, call) is { } common) return common;
        return node.Path.Place switch
        {
            DavPlace.Principal => Principal(node, name, call),
            DavPlace.Home => name == D + "owner" ? Hrefs(name, DavPath.PrincipalOf(call.Handle)) : null,
            DavPlace.Collection => Collection(node.Collection!, name),
            DavPlace.Object => Object(node, name, call),
            _ => null,
        };
    }

    public static XElement Hrefs(XName name, params IEnumerable<string> hrefs) => new(name, hrefs.Select(h => new XElement(D + "href", h)));

    private static XElement? Everywhere(DavNode node, XName name, DavCall call) => name.LocalName switch
    {
        "resourcetype" => new(name, Kinds(node)),
        "current-user-principal" => Hrefs(name, DavPath.PrincipalOf(call.Handle)),
        "principal-collection-set" => Hrefs(name, DavPath.Root + "principals/users/"),
        "current-user-privilege-set" => new(name, Privileges(node).Select(p => new XElement(D + "privilege", new XElement(p)))),
        "supported-report-set" => new(name, DavReports.Of(node).Select(r => new XElement(D + "supported-report", new XElement(D + "report", new XElement(r))))),
        "displayname" when node.Path.Place != DavPlace.Object => new(name, node.Path.Place switch
        {
            DavPlace.Principal => node.Person?.Name ?? call.Self?.Name ?? call.Handle,
            DavPlace.Collection => DavMultistatus.Allowed(node.Collection!.Title),
            DavPlace.Inbox => "Inbox",
            DavPlace.Home => "Lists",
            _ => "Atrium",
        }),
        _ => null,
    };

    private static IEnumerable<XElement> Kinds(DavNode node)
    {
        if (node.Path.Place == DavPlace.Object) yield break;
        yield return new(D + "collection");
        if (node.Path.Place == DavPlace.Principal) yield return new(D + "principal");
        if (node.Path.Place == DavPlace.Collection) yield return new(C + "calendar");
        if (node.Path.Place == DavPlace.Inbox) yield return new(C + "schedule-inbox");
    }

    private static IEnumerable<XName> Privileges(DavNode node)
    {
        yield return D + "read";
        yield return D + "read-current-user-privilege-set";
        if (node.Path.Place == DavPlace.Home)
        {
            yield return D + "bind";
            yield return D + "unbind";
        }

        if (node.Collection is not { } list) yield break;
        if (list.Access >= DavAccess.Change) yield return D + "write-content";
        if (list.Access >= DavAccess.Write)
        {
            yield return D + "bind";
            yield return D + "unbind";
        }

        if (list.Access < DavAccess.Own) yield break;
        yield return D + "write";
        yield return D + "write-properties";
    }

    private static XElement? Principal(DavNode node, XName name, DavCall call) => (name.Namespace.NamespaceName, name.LocalName) switch
    {
        ("DAV:", "principal-URL") => Hrefs(name, node.Href),
        ("DAV:", "alternate-URI-set" or "group-membership") => new(name),
        _ when name == C + "calendar-home-set" => Hrefs(name, DavPath.HomeOf(call.Handle)),
        _ when name == C + "calendar-user-address-set" => Hrefs(name, [.. call.Self?.Email is { } mail ? (string[])[$"mailto:{mail}"] : [], DavPath.PrincipalOf(call.Handle)]),
        _ when name == C + "schedule-inbox-URL" => Hrefs(name, new DavPath(DavPlace.Inbox, call.Handle).Href),
        _ when name == C + "calendar-user-type" => new(name, "INDIVIDUAL"),
        _ when name == Cs + "email-address-set" => new(name, call.Self?.Email is { } mail ? new XElement(Cs + "email-address", mail) : null),
        _ => null,
    };

    private static XElement? Collection(DavCollection list, XName name)
    {
        if (list.Dead.TryGetValue(name.ToString(), out var kept)) return XElement.Parse(kept);
        return (name.Namespace.NamespaceName, name.LocalName) switch
        {
            ("DAV:", "owner") => list.Owner is { } owner ? Hrefs(name, DavPath.PrincipalOf(owner)) : new(name),
            ("DAV:", "sync-token") => new(name, DavCall.Token(list)),
            ("DAV:", "getlastmodified") => new(name, Http(list.Modified)),
            ("DAV:", "supported-privilege-set") => new(name, Supported("all", Supported("read"), Supported("write", Supported("write-content"), Supported("write-properties"), Supported("bind"), Supported("unbind")))),
            _ when name == C + "supported-calendar-component-set" => new(name, list.Components.Select(c => new XElement(C + "comp", new XAttribute("name", c)))),
            _ when name == C + "calendar-description" => list.Description.Length == 0 ? null : new(name, DavMultistatus.Allowed(list.Description)),
            _ when name == C + "supported-calendar-data" => new(name, new XElement(C + "calendar-data", new XAttribute("content-type", "text/calendar"), new XAttribute("version", "2.0"))),
            _ when name == C + "max-resource-size" => new(name, LargestObject),
            _ when name == C + "max-instances" => new(name, Ical.IcalSeries.MostInstances),
            _ when name == C + "supported-collation-set" => new(name, DavTextMatch.Collations.Select(c => new XElement(C + "supported-collation", c))),
            _ when name == Cs + "getctag" => new(name, DavCall.Token(list)),
            _ when name == Ic + "calendar-color" => list.Color is null ? null : new(name, list.Color.ToUpperInvariant() + "FF"),
            _ => null,
        };
    }

    private static XElement? Object(DavNode node, XName name, DavCall call)
    {
        var item = node.Object!;
        return name.Namespace != D ? null : name.LocalName switch
        {
            "getetag" => new(name, item.Etag),
            "getcontenttype" => new(name, TypeOf(item)),
            "getcontentlength" => item.Data is null ? null : new(name, item.Data.Length),
            "getlastmodified" => new(name, Http(item.Modified)),
            "creationdate" => new(name, item.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            "owner" => Collection(node.Collection!, name),
            _ => null,
        };
    }

    public static string TypeOf(DavObject item) => $"text/calendar; charset=utf-8; component={item.Component}";

    private static string Http(DateTimeOffset at) => at.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    private static XElement Supported(string privilege, params object[] inside) =>
        new(D + "supported-privilege", new XElement(D + "privilege", new XElement(D + privilege)), new XElement(D + "description", privilege), inside);
}
