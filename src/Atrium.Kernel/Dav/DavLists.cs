using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using static Atrium.Kernel.Dav.DavNames;

namespace Atrium.Kernel.Dav;

/// <summary>Makes lists (MKCALENDAR, RFC 4791, 5.3.1; extended MKCOL, RFC 5689) and sets their properties (PROPPATCH).</summary>
internal static class DavLists
{
    private const int MostDead = 50;
    private const int DeadOctets = 4096;
    private const int LongestName = 200;
    private static readonly string[] AllComponents = ["VEVENT", "VTODO", "VJOURNAL"];

    public static async Task MakeAsync(DavCall call)
    {
        var path = call.Path;
        if (path.Place is DavPlace.Object) throw DavFault.Cal("calendar-collection-location-ok", "A list is not inside another.", 403);
        if (path.Place != DavPlace.Collection) throw new DavFault(405, null, "There is something at this address already.");
        var body = await BodyAsync(call);
        if (await call.FindAsync(path.Collection) is not null) throw new DavFault(405, new(D + "resource-must-be-null"), "There is a list at this address already.");
        if (path.Collection.Length > LongestName) throw DavFault.Cal("calendar-collection-location-ok", "That address is too long.");
        var properties = body?.Elements(D + "set").SelectMany(s => s.Elements(D + "prop")).SelectMany(p => p.Elements()).ToList() ?? [];
        var wrong = properties.Where(p => p.Name != D + "resourcetype" && p.Name != C + "supported-calendar-component-set" && DavProperties.IsProtected(p.Name)).ToList();
        if (wrong.Count > 0) throw DavFault.Dav("cannot-modify-protected-property", $"{wrong[0].Name.LocalName} cannot be set.");
        if (properties.Find(p => p.Name == D + "resourcetype") is { } kind && kind.Element(C + "calendar") is null)
            throw DavFault.Dav("valid-resourcetype", "Only calendars are made here.");

        var components = properties.Find(p => p.Name == C + "supported-calendar-component-set")?.Elements(C + "comp").Select(c => ((string?)c.Attribute("name") ?? "").ToUpperInvariant()).ToList();
        if (components?.Exists(c => !AllComponents.Contains(c)) == true) throw DavFault.Cal("supported-calendar-component", "A list may hold VEVENT, VTODO and VJOURNAL.");
        components = components is { Count: > 0 } ? components : [.. AllComponents];
        var source = call.Sources.FirstOrDefault(s => s.Keeps(components)) ?? throw DavFault.Cal("supported-calendar-component", "No part of this house keeps such a list.");
        await source.CreateAsync(path.Collection, Draft(properties, []) with { Components = components }, call.Actor, call.Aborted);
        call.Response.Headers.CacheControl = "no-cache";
        call.Response.StatusCode = StatusCodes.Status201Created;
        call.Response.ContentLength = 0;
    }

    public static async Task PatchAsync(DavCall call)
    {
        var path = call.Path;
        if (path.Place != DavPlace.Collection) throw new DavFault(path.Place == DavPlace.Object ? 403 : 405, new(D + "cannot-modify-protected-property"), "Only a list has properties to set.");
        var list = await call.CollectionAsync(path.Collection);
        if (list.Access < DavAccess.Own) throw DavFault.Lacks("write-properties", path.Href);
        var body = await DavBody.XmlAsync(call.Request, call.Aborted);
        if (body?.Name != D + "propertyupdate") throw DavFault.Bad("The body of a PROPPATCH is a propertyupdate element.");
        var set = body.Elements(D + "set").SelectMany(s => s.Elements(D + "prop")).SelectMany(p => p.Elements()).ToList();
        var remove = body.Elements(D + "remove").SelectMany(s => s.Elements(D + "prop")).SelectMany(p => p.Elements()).Select(e => e.Name).ToList();
        var refused = set.Select(s => s.Name).Concat(remove).Where(DavProperties.IsProtected).Distinct().ToList();
        var tooLarge = set.Where(s => s.ToString(SaveOptions.DisableFormatting).Length > DeadOctets && s.Name != C + "calendar-timezone" && s.Name != C + "calendar-description").Select(s => s.Name).ToList();
        var others = set.Select(s => s.Name).Concat(remove).Distinct().Except(refused).Except(tooLarge).ToList();
        using var answer = new DavMultistatus(call);
        if (refused.Count > 0 || tooLarge.Count > 0)
        {
            await answer.AddAsync(path.Href, [(403, new(D + "cannot-modify-protected-property"), refused), (507, new(D + "quota-not-exceeded"), tooLarge), (424, null, others)]);
        }
        else
        {
            var draft = Draft(set, remove);
            if (list.Dead.Keys.Union(draft.Dead!.Where(d => d.Value is not null).Select(d => d.Key)).Count() > MostDead)
                await answer.AddAsync(path.Href, [(507, new(D + "quota-not-exceeded"), others)]);
            else await ChangeAsync(call, list, draft, others, answer);
        }

        await answer.CloseAsync();
    }

    private static async Task ChangeAsync(DavCall call, DavCollection list, DavDraft draft, List<XName> names, DavMultistatus answer)
    {
        try
        {
            await list.Source.ChangeAsync(list, draft, call.Actor, call.Aborted);
            await answer.AddAsync(call.Path.Href, [(200, null, names)]);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.Invalid)
        {
            // Which of them it was is told by the field.
            var culprit = names.FindAll(n => (refusal.Fields is [{ Field: "title" }, ..] && n.LocalName == "displayname") || (refusal.Fields is [{ Field: "description" }, ..] && n.LocalName == "calendar-description"));
            await answer.AddAsync(call.Path.Href, [(409, null, culprit.Count > 0 ? culprit : names), (424, null, culprit.Count > 0 ? [.. names.Except(culprit)] : [])]);
        }
    }

    /// <summary>What a module keeps itself, and what is only kept for the client.</summary>
    private static DavDraft Draft(List<XElement> set, List<XName> remove)
    {
        var dead = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in remove) dead[name.ToString()] = null;
        foreach (var property in set.Where(p => p.Name != D + "resourcetype" && p.Name != C + "supported-calendar-component-set" && p.Name != D + "displayname" && p.Name != C + "calendar-description"))
            dead[property.Name.ToString()] = property.ToString(SaveOptions.DisableFormatting);
        return new(
            Value(D + "displayname"),
            Value(C + "calendar-description") ?? (remove.Contains(C + "calendar-description") ? "" : null),
            Value(Ic + "calendar-color"),
            Dead: dead);

        string? Value(XName name) => set.FindLast(p => p.Name == name)?.Value;
    }

    private static async Task<XElement?> BodyAsync(DavCall call)
    {
        if (call.Request.ContentLength is null or > 0 && call.Request.ContentType?.Contains("xml", StringComparison.OrdinalIgnoreCase) == false)
            throw new DavFault(415, null, "Properties are told in XML.");
        var body = await DavBody.XmlAsync(call.Request, call.Aborted);
        if (body is not null && body.Name != C + "mkcalendar" && body.Name != D + "mkcol") throw DavFault.Bad("The body is a mkcalendar or mkcol element.");
        return body;
    }
}
