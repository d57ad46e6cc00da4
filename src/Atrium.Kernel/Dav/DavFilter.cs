using System.Xml.Linq;
using Atrium.Kernel.Ical;
using NodaTime;
using static Atrium.Kernel.Dav.DavNames;

namespace Atrium.Kernel.Dav;

/// <summary>The filter of a calendar-query (RFC 4791, 9.7): components, properties, parameters, texts and ranges, all to hold together.</summary>
internal sealed class DavFilter
{
    private readonly Comp _calendar;

    private DavFilter(Comp calendar) => _calendar = calendar;

    /// <summary>The one kind of component that can match; null when several can.</summary>
    public string? Component => _calendar.Inside is [{ Absent: false } only] ? only.Name : null;

    /// <summary>The range the component must touch.</summary>
    public DavRange? Range => _calendar.Inside is [{ Absent: false } only] ? only.Range : null;

    /// <summary>True when the kind of component alone decides.</summary>
    public bool IsPlain => _calendar.Properties.Count == 0 && (_calendar.Inside.Count == 0 || _calendar.Inside is [{ Absent: false, Range: null, Properties.Count: 0, Inside.Count: 0 }]);

    /// <exception cref="DavFault"><c>valid-filter</c>, <c>supported-filter</c>, <c>supported-collation</c>.</exception>
    public static DavFilter Read(XElement? filter)
    {
        var top = filter?.Elements(C + "comp-filter").ToList();
        if (top is not [var calendar] || NameOf(calendar) != "VCALENDAR") throw DavFault.Cal("valid-filter", "A filter begins with one comp-filter named VCALENDAR.");
        return new(Comp.Read(calendar));
    }

    public bool Matches(byte[] octets, DateTimeZone zone)
    {
        IcalComponent calendar;
        try
        {
            calendar = IcalDocument.Parse(octets).Components.First();
        }
        catch (IcalFault)
        {
            return false;
        }

        return _calendar.Holds(calendar, calendar, zone);
    }

    private static string NameOf(XElement element) => ((string?)element.Attribute("name") ?? throw DavFault.Cal("valid-filter", $"{element.Name.LocalName} has no name.")).ToUpperInvariant();

    private static void Demand(XElement element, params ReadOnlySpan<string> known)
    {
        foreach (var child in element.Elements())
            if (child.Name.Namespace != C || !known.Contains(child.Name.LocalName))
                throw DavFault.Cal("supported-filter", $"{child.Name.LocalName} cannot be asked there.", 403, new XElement(child.Name, child.Attributes()));
    }

    private sealed record Comp(string Name, bool Absent, DavRange? Range, IReadOnlyList<Prop> Properties, IReadOnlyList<Comp> Inside)
    {
        public static Comp Read(XElement e)
        {
            Demand(e, "is-not-defined", "time-range", "prop-filter", "comp-filter");
            return new(
                NameOf(e), e.Element(C + "is-not-defined") is not null, e.Element(C + "time-range") is { } range ? DavRange.Read(range) : null,
                [.. e.Elements(C + "prop-filter").Select(Prop.Read)], [.. e.Elements(C + "comp-filter").Select(Read)]);
        }

        /// <summary>Whether <paramref name="component"/>, which is of this name, holds all that is asked inside.</summary>
        public bool Holds(IcalComponent component, IcalComponent calendar, DateTimeZone zone) =>
            Properties.All(p => p.Holds(component, calendar, zone)) && Inside.All(c => c.HeldIn(component, calendar, zone));

        private bool HeldIn(IcalComponent parent, IcalComponent calendar, DateTimeZone zone)
        {
            var named = parent.ComponentsOf(Name).ToList();
            if (Absent) return named.Count == 0;
            if (Range is { } range && !Touches(named, parent, calendar, range, zone)) return false;
            return named.Exists(c => Holds(c, calendar, zone));
        }

        private bool Touches(List<IcalComponent> named, IcalComponent parent, IcalComponent calendar, DavRange range, DateTimeZone zone)
        {
            if (named.Count == 0) return false;
            if (Name != "VALARM") return new IcalSeries(calendar, Name, zone).Between(range.From, range.To).Any();
            var zones = new IcalZoneBook(calendar);
            return named.Exists(a => AlarmAt(a, parent, zones, zone) is { } at && at >= range.From && at < range.To);
        }

        private static Instant? AlarmAt(IcalComponent alarm, IcalComponent parent, IcalZoneBook zones, DateTimeZone zone)
        {
            if (alarm.Line("TRIGGER") is not { } trigger) return null;
            if (IcalTime.Of(trigger) is { } absolute) return zones.InstantOf(absolute, zone);
            if (IcalDuration.Parse(trigger.Value) is not { } offset) return null;
            var ends = trigger.Parameter("RELATED")?.Equals("END", StringComparison.OrdinalIgnoreCase) == true;
            var anchor = (ends ? null : IcalTime.Of(parent.Line("DTSTART"))) ?? IcalTime.Of(parent.Line("DUE")) ?? IcalTime.Of(parent.Line("DTEND")) ?? IcalTime.Of(parent.Line("DTSTART"));
            return anchor is { } at ? zones.InstantOf(at, zone) + Duration.FromSeconds(offset.TotalSeconds) : null;
        }
    }

    private sealed record Prop(string Name, bool Absent, DavRange? Range, DavTextMatch? Text, IReadOnlyList<Param> Parameters)
    {
        public static Prop Read(XElement e)
        {
            Demand(e, "is-not-defined", "time-range", "text-match", "param-filter");
            return new(
                NameOf(e), e.Element(C + "is-not-defined") is not null, e.Element(C + "time-range") is { } range ? DavRange.Read(range) : null,
                DavTextMatch.Read(e.Element(C + "text-match")), [.. e.Elements(C + "param-filter").Select(Param.Read)]);
        }

        public bool Holds(IcalComponent component, IcalComponent calendar, DateTimeZone zone)
        {
            var lines = component.LinesOf(Name).ToList();
            return Absent ? lines.Count == 0 : lines.Exists(l => Holds(l, calendar, zone));
        }

        private bool Holds(IcalLine line, IcalComponent calendar, DateTimeZone zone)
        {
            if (Range is { } range)
            {
                if (IcalTime.Of(line) is not { } time) return false;
                var at = new IcalZoneBook(calendar).InstantOf(time, zone);
                if (at < range.From || at >= range.To) return false;
            }

            return Text?.Matches(line.Text) != false && Parameters.All(p => p.Holds(line));
        }
    }

    private sealed record Param(string Name, bool Absent, DavTextMatch? Text)
    {
        public static Param Read(XElement e)
        {
            Demand(e, "is-not-defined", "text-match");
            return new(NameOf(e), e.Element(C + "is-not-defined") is not null, DavTextMatch.Read(e.Element(C + "text-match")));
        }

        public bool Holds(IcalLine line) => Absent ? line.Parameter(Name) is null : line.Parameter(Name) is { } value && Text?.Matches(value) != false;
    }
}
