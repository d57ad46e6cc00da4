using Atrium.Kernel.Ical;

namespace Atrium.Kernel.Dav;

/// <summary>Checks that what was sent is a calendar object resource (RFC 4791, 4.1 and 5.3.2.1).</summary>
internal static class DavCalendarReader
{
    /// <exception cref="DavFault"><c>valid-calendar-data</c>, <c>valid-calendar-object-resource</c>, <c>supported-calendar-component</c>.</exception>
    public static DavCalendarObject Read(byte[] octets, DavCollection list)
    {
        IcalDocument document;
        try
        {
            document = IcalDocument.Parse(octets);
        }
        catch (IcalFault fault)
        {
            throw DavFault.Cal("valid-calendar-data", fault.Message);
        }

        if (document.Components.ToList() is not [{ Name: "VCALENDAR" } calendar]) throw DavFault.Cal("valid-calendar-data", "An object is one VCALENDAR.");
        if (calendar.Line("METHOD") is not null) throw DavFault.Cal("valid-calendar-object-resource", "A stored object has no METHOD.");
        var parts = calendar.Components.Where(c => c.Name != "VTIMEZONE").ToList();
        if (parts.Count == 0) throw DavFault.Cal("valid-calendar-object-resource", "There is no component in it.");
        var kind = parts[0].Name;
        if (parts.Exists(p => p.Name != kind)) throw DavFault.Cal("valid-calendar-object-resource", "An object holds one kind of component.");
        if (!list.Components.Contains(kind, StringComparer.OrdinalIgnoreCase)) throw DavFault.Cal("supported-calendar-component", $"This list does not take {kind}.");
        var uid = parts[0].ValueOf("UID")?.Trim() ?? "";
        if (uid.Length is 0 or > 500) throw DavFault.Cal("valid-calendar-object-resource", "It needs a UID of at most 500 characters.");
        if (parts.Exists(p => p.ValueOf("UID")?.Trim() != uid)) throw DavFault.Cal("valid-calendar-object-resource", "All its components have the same UID.");
        if (parts.Count(p => p.Line("RECURRENCE-ID") is null) > 1) throw DavFault.Cal("valid-calendar-object-resource", "Only one component is the master.");
        return new(octets, calendar, kind, IcalText.Unescape(uid));
    }
}
