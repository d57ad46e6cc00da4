using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using static Atrium.Kernel.Dav.DavNames;

namespace Atrium.Kernel.Dav;

/// <summary>Reports about people (RFC 3744, 9), and properties with what they point to (RFC 3253, 3.8).</summary>
internal static class DavPrincipals
{
    private const int Most = 50;

    public static Task SearchSetAsync(DavCall call) => call.WriteAsync(200, new XElement(
        D + "principal-search-property-set",
        Searchable(D + "displayname", "Name"),
        Searchable(C + "calendar-user-address-set", "Address")));

    /// <summary>Members by the beginning of a word of their name.</summary>
    public static async Task SearchAsync(DavCall call, XElement body)
    {
        var texts = body.Elements(D + "property-search").Select(s => s.Element(D + "match")?.Value.Trim() ?? "").Where(t => t.Length > 0).ToList();
        var asked = DavAsked.Read(body);
        await call.KnowAsync();
        var people = call.Http.RequestServices.GetService<IDavPeople>();
        var found = new List<DavPerson>();
        if (people is not null && texts.Count > 0)
        {
            found.AddRange(await people.SearchAsync(texts[0], Most, call.Actor, call.Aborted));
            if ((string?)body.Attribute("test") == "anyof")
                foreach (var text in texts.Skip(1)) found.AddRange(await people.SearchAsync(text, Most, call.Actor, call.Aborted));
            else found.RemoveAll(p => !texts.TrueForAll(t => $"{p.Handle} {p.Name}".Contains(t, StringComparison.OrdinalIgnoreCase)));
        }

        using var answer = new DavMultistatus(call);
        foreach (var person in found.DistinctBy(p => p.Handle).Take(Most))
        {
            var href = DavPath.PrincipalOf(person.Handle);
            if (person.Handle == call.Handle) await answer.AddAsync(DavNode.Of(new DavPath(DavPlace.Principal, call.Handle)), asked);
            else await answer.AddAsync(new DavNode(new(DavPlace.Principal, person.Handle), href, Person: person), asked with { Names = [.. asked.Names.Where(n => n == D + "displayname" || n == D + "principal-URL")] });
        }

        await answer.CloseAsync();
    }

    /// <summary>Each address inside a property is answered with the properties asked of it.</summary>
    public static async Task ExpandAsync(DavCall call, XElement body)
    {
        await call.KnowAsync();
        var path = call.Path;
        var list = path.Place is DavPlace.Collection or DavPlace.Object ? await call.CollectionAsync(path.Collection) : null;
        var item = path.Place == DavPlace.Object ? await DavCall.ObjectAsync(list!, path.Name, false, call.Aborted) ?? throw DavFault.NotFound() : null;
        var node = DavNode.Of(path) with { Collection = list, Object = item };
        var properties = body.Elements(D + "property").Select(p => Expanded(call, node, p, 0)).ToList();
        await call.WriteAsync(207, new XElement(D + "multistatus", new XAttribute(XNamespace.Xmlns + "d", D), Response(path.Href, properties)));
    }

    private static (XName Name, XElement? Value) Expanded(DavCall call, DavNode node, XElement asked, int depth)
    {
        var space = (string?)asked.Attribute("namespace") ?? D.NamespaceName;
        var name = XNamespace.Get(space) + ((string?)asked.Attribute("name") ?? throw DavFault.Bad("A property has a name."));
        var value = DavProperties.Of(node, name, call);
        var inside = asked.Elements(D + "property").ToList();
        if (value is null || inside.Count == 0 || depth == 4) return (name, value);
        foreach (var href in value.Elements(D + "href").ToList())
        {
            if (DavPath.Parse(href.Value) is not { } path || path.Place is DavPlace.Collection or DavPlace.Object || (path.Handle.Length > 0 && path.Handle != call.Handle)) continue;
            href.ReplaceWith(Response(href.Value, [.. inside.Select(p => Expanded(call, DavNode.Of(path), p, depth + 1))]));
        }

        return (name, value);
    }

    private static XElement Response(string href, List<(XName Name, XElement? Value)> properties)
    {
        var response = new XElement(D + "response", new XElement(D + "href", href));
        var found = properties.Where(p => p.Value is not null).Select(p => p.Value).ToList();
        var missing = properties.Where(p => p.Value is null).Select(p => new XElement(p.Name)).ToList();
        response.Add(new XElement(D + "propstat", new XElement(D + "prop", found), new XElement(D + "status", "HTTP/1.1 200 OK")));
        if (missing.Count > 0) response.Add(new XElement(D + "propstat", new XElement(D + "prop", missing), new XElement(D + "status", "HTTP/1.1 404 Not Found")));
        return response;
    }

    private static XElement Searchable(XName property, string words) => new(
        D + "principal-search-property",
        new XElement(D + "prop", new XElement(property)),
        new XElement(D + "description", new XAttribute(XNamespace.Xml + "lang", "en"), words));
}
