namespace Atrium.Kernel.Ical;

/// <summary>
/// A component (RFC 5545, 3.6) as it was sent: its lines and components in their order, each with its octets. Changing one line changes
/// no other octet.
/// </summary>
public sealed class IcalComponent : IcalItem
{
    private readonly IcalLine _begin;
    private readonly List<IcalItem> _items = [];
    private IcalLine? _end;

    internal IcalComponent(IcalLine begin, string name, string lineEnd) => (_begin, Name, LineEnd) = (begin, name, lineEnd);

    /// <summary>An empty component.</summary>
    public static IcalComponent Of(string name, string lineEnd = "\r\n") =>
        new(IcalLine.Of("BEGIN", name, lineEnd), name, lineEnd) { _end = IcalLine.Of("END", name, lineEnd) };

    /// <summary>Upper case: <c>VTODO</c>.</summary>
    public string Name { get; }

    /// <summary>How its lines end: CRLF, or what the sender wrote.</summary>
    public string LineEnd { get; }

    public IReadOnlyList<IcalItem> Items => _items;

    public IEnumerable<IcalComponent> Components => _items.OfType<IcalComponent>();

    public IEnumerable<IcalLine> Lines => _items.OfType<IcalLine>();

    public IEnumerable<IcalComponent> ComponentsOf(string name) => Components.Where(c => c.Name == name);

    public IEnumerable<IcalLine> LinesOf(string name) => Lines.Where(l => l.Name == name);

    /// <summary>The first line of that name.</summary>
    public IcalLine? Line(string name)
    {
        foreach (var item in _items)
            if (item is IcalLine line && line.Name == name)
                return line;
        return null;
    }

    public string? ValueOf(string name) => Line(name)?.Value;

    /// <summary>Puts one line in the place of all of that name; after the other lines where there is none.</summary>
    public void Set(string name, string value, IReadOnlyList<KeyValuePair<string, string>>? parameters = null)
    {
        var line = IcalLine.Of(name, value, LineEnd, parameters);
        var at = _items.FindIndex(i => i is IcalLine l && l.Name == name);
        if (at < 0)
        {
            Add(line);
            return;
        }

        _items[at] = line;
        for (var i = _items.Count - 1; i > at; i--)
            if (_items[i] is IcalLine other && other.Name == name)
                _items.RemoveAt(i);
    }

    /// <summary>Puts one line in the place of another; nothing where that is not here.</summary>
    public void Replace(IcalLine line, IcalLine by)
    {
        var at = _items.IndexOf(line);
        if (at >= 0) _items[at] = by;
    }

    /// <summary>Sets a TEXT value and keeps the line's parameters.</summary>
    public void SetText(string name, string text) => Set(name, IcalText.Escape(text), Line(name)?.Parameters);

    public void Remove(string name) => _items.RemoveAll(i => i is IcalLine line && line.Name == name);

    public void Remove(IcalItem item) => _items.Remove(item);

    /// <summary>Adds a line after the last one, before the components inside.</summary>
    public void Add(IcalLine line)
    {
        var last = _items.FindLastIndex(i => i is IcalLine);
        _items.Insert(last + 1, line);
    }

    public void Add(IcalComponent component) => _items.Add(component);

    /// <summary>Puts a component before the first of that name.</summary>
    public void AddBefore(string name, IcalComponent component)
    {
        var at = _items.FindIndex(i => i is IcalComponent c && c.Name == name);
        _items.Insert(at < 0 ? _items.Count : at, component);
    }

    /// <summary>The octets.</summary>
    public byte[] ToBytes()
    {
        using var output = new MemoryStream();
        WriteTo(output);
        return output.ToArray();
    }

    internal void Take(IcalItem item) => _items.Add(item);

    internal void Close(IcalLine end) => _end = end;

    internal override void WriteTo(MemoryStream output)
    {
        _begin.WriteTo(output);
        foreach (var item in _items) item.WriteTo(output);
        _end?.WriteTo(output);
    }
}
