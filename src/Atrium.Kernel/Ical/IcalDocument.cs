namespace Atrium.Kernel.Ical;

/// <summary>
/// An iCalendar stream with every octet kept: <see cref="ToBytes"/> of what was parsed is what was parsed. Folds may stand inside a
/// UTF-8 sequence; lines may end in CRLF, LF or CR; blank and unreadable lines stay where they are.
/// </summary>
public sealed class IcalDocument
{
    private const int Deepest = 20;
    private const int MostLines = 200_000;
    private readonly List<IcalItem> _items = [];

    private IcalDocument() { }

    /// <summary>The components at the top; one VCALENDAR, where all is well.</summary>
    public IEnumerable<IcalComponent> Components => _items.OfType<IcalComponent>();

    /// <exception cref="IcalFault">A component is not closed, closed by another's name, too deep; or there is none.</exception>
    public static IcalDocument Parse(ReadOnlyMemory<byte> octets)
    {
        var document = new IcalDocument();
        var open = new Stack<IcalComponent>();
        var lines = 0;
        foreach (var (line, lineEnd) in IcalReader.Lines(octets))
        {
            if (++lines > MostLines) throw new IcalFault("It has too many lines.");
            if (line.Name == "BEGIN")
            {
                if (open.Count == Deepest) throw new IcalFault("Its components are too deep inside each other.");
                var component = new IcalComponent(line, line.Value.Trim().ToUpperInvariant(), lineEnd);
                document.Take(open, component);
                open.Push(component);
            }
            else if (line.Name == "END")
            {
                var name = line.Value.Trim().ToUpperInvariant();
                if (!open.TryPop(out var component) || component.Name != name) throw new IcalFault($"END:{name} closes nothing.");
                component.Close(line);
            }
            else document.Take(open, line);
        }

        if (open.TryPeek(out var left)) throw new IcalFault($"BEGIN:{left.Name} is never closed.");
        if (!document.Components.Any()) throw new IcalFault("There is no calendar in it.");
        return document;
    }

    /// <summary>One VCALENDAR of ours, to be filled.</summary>
    public static (IcalDocument Document, IcalComponent Calendar) New()
    {
        var calendar = IcalComponent.Of("VCALENDAR");
        calendar.Add(IcalLine.Of("VERSION", "2.0"));
        calendar.Add(IcalLine.Of("PRODID", "-//Atrium//Atrium//EN"));
        var document = new IcalDocument();
        document._items.Add(calendar);
        return (document, calendar);
    }

    public byte[] ToBytes()
    {
        using var output = new MemoryStream();
        foreach (var item in _items) item.WriteTo(output);
        return output.ToArray();
    }

    private void Take(Stack<IcalComponent> open, IcalItem item)
    {
        if (open.TryPeek(out var component)) component.Take(item);
        else _items.Add(item);
    }
}
