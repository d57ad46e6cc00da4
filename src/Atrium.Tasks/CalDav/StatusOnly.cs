namespace Atrium.Tasks;

/// <summary>Compares two forms of a to-do for who may only say how far it is.</summary>
internal static class StatusOnly
{
    private static readonly HashSet<string> Free =
        ["STATUS", "COMPLETED", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "PRODID", "X-MOZ-GENERATION", "X-MOZ-LASTACK"];

    /// <summary>True when the two differ in nothing but the status and its stamps.</summary>
    public static bool Differs(byte[] now, byte[] sent, ProjectRole role) => Lines(now, role).SequenceEqual(Lines(sent, role), StringComparer.Ordinal);

    private static List<string> Lines(byte[] octets, ProjectRole role)
    {
        var lines = new List<string>();
        foreach (var calendar in IcalDocument.Parse(octets).Components) Add(calendar, calendar.Name);
        lines.Sort(StringComparer.Ordinal);
        return lines;

        void Add(IcalComponent component, string path)
        {
            // A hundred per cent, and none, follow from the status.
            foreach (var line in component.Lines)
                if (!Free.Contains(line.Name) && !(line.Name == "PERCENT-COMPLETE" && (role == ProjectRole.Commenter || line.Value.Trim() is "0" or "100")))
                    lines.Add($"{path}/{line.Name};{string.Join(';', line.Parameters.Select(p => $"{p.Key}={p.Value}").Order(StringComparer.Ordinal))}:{line.Value}");
            foreach (var child in component.Components)
            {
                lines.Add($"{path}/{child.Name}");
                Add(child, $"{path}/{child.Name}");
            }
        }
    }
}
