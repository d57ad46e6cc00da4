using System.Xml.Linq;

namespace Atrium.Kernel.Dav;

/// <summary>Which properties a request wants: named ones, all, or only their names.</summary>
internal sealed record DavAsked(IReadOnlyList<XName> Names, bool All, bool OnlyNames, DavDataShape? Data)
{
    private static readonly XName CalendarData = DavNames.C + "calendar-data";

    public static DavAsked Everything { get; } = new([], true, false, null);

    /// <summary>Whether answering takes the octets of the objects.</summary>
    public bool NeedsData => Data is not null || Names.Contains(DavNames.D + "getcontentlength");

    /// <summary>Reads <c>prop</c>, <c>allprop</c> (with <c>include</c>) or <c>propname</c> out of a request.</summary>
    public static DavAsked Read(XElement? request)
    {
        if (request is null) return Everything;
        if (request.Element(DavNames.D + "propname") is not null) return new([], false, true, null);
        var all = request.Element(DavNames.D + "allprop") is not null;
        var listed = (all ? request.Element(DavNames.D + "include") : request.Element(DavNames.D + "prop"))?.Elements().ToList() ?? [];
        var data = listed.Find(e => e.Name == CalendarData);
        return new([.. listed.Where(e => e.Name != CalendarData).Select(e => e.Name).Distinct()], all, false, data is null ? null : DavDataShape.Read(data));
    }
}
