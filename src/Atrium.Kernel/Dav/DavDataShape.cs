using System.Text;
using System.Xml.Linq;
using Atrium.Kernel.Ical;
using NodaTime;

namespace Atrium.Kernel.Dav;

/// <summary>How <c>calendar-data</c> is wanted (RFC 4791, 9.6): whole, in part, expanded, or with the overrides of a range only.</summary>
internal sealed class DavDataShape
{
    private XElement? _part;
    private DavRange? _expand;
    private DavRange? _limit;

    /// <exception cref="DavFault"><c>supported-calendar-data</c>, <c>valid-filter</c>.</exception>
    public static DavDataShape Read(XElement data)
    {
        var type = (string?)data.Attribute("content-type");
        if (type is not (null or "text/calendar") || (string?)data.Attribute("version") is not (null or "2.0"))
            throw DavFault.Cal("supported-calendar-data", "Calendar data is text/calendar, version 2.0.");
        return new()
        {
            _part = data.Element(DavNames.C + "comp"),
            _expand = data.Element(DavNames.C + "expand") is { } expand ? DavRange.Read(expand, closed: true) : null,
            _limit = data.Element(DavNames.C + "limit-recurrence-set") is { } limit ? DavRange.Read(limit, closed: true) : null,
        };
    }

    public string Shape(byte[] octets, DateTimeZone zone)
    {
        if (_part is null && _expand is null && _limit is null) return Encoding.UTF8.GetString(octets);
        try
        {
            if (_expand is { } e) octets = IcalExpansion.Expand(octets, e.From, e.To, zone);
            else if (_limit is { } l) octets = IcalExpansion.Limit(octets, l.From, l.To, zone);
            if (_part is not null) octets = Cut(octets);
        }
        catch (IcalFault)
        {
            // What is stored was checked when it came; one that cannot be cut is given whole.
        }

        return Encoding.UTF8.GetString(octets);
    }

    private byte[] Cut(byte[] octets)
    {
        var document = IcalDocument.Parse(octets);
        foreach (var calendar in document.Components)
            if (Named(_part!, calendar.Name))
                Cut(calendar, _part!);
        return document.ToBytes();
    }

    private static void Cut(IcalComponent component, XElement part)
    {
        if (part.Element(DavNames.C + "allprop") is null && part.Elements(DavNames.C + "prop").ToList() is { Count: > 0 } properties)
        {
            foreach (var line in component.Lines.ToList())
            {
                var wanted = properties.Find(p => Named(p, line.Name));
                if (wanted is null) component.Remove(line);
                else if ((string?)wanted.Attribute("novalue") == "yes") component.Set(line.Name, "", line.Parameters);
            }
        }

        if (part.Element(DavNames.C + "allcomp") is not null) return;
        var inside = part.Elements(DavNames.C + "comp").ToList();
        foreach (var child in component.Components.ToList())
        {
            if (inside.Find(c => Named(c, child.Name)) is { } wanted) Cut(child, wanted);
            else component.Remove(child);
        }
    }

    private static bool Named(XElement element, string name) => string.Equals((string?)element.Attribute("name"), name, StringComparison.OrdinalIgnoreCase);
}
