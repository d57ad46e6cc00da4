namespace Atrium.Tasks;

internal enum ImportOutcome
{
    Made,
    Updated,
    Skipped,
}

/// <summary>Something that could not come along, and why.</summary>
internal sealed record ImportLoss(string Field, string Reason);

/// <summary>What became, or would become, of one item of the source.</summary>
/// <param name="Title">For people to know it by.</param>
/// <param name="Reason">Why it was skipped.</param>
internal sealed record ImportLine(string SourceId, string Title, ImportOutcome Outcome, string? Reason, IReadOnlyList<ImportLoss> Lost);

/// <summary>The truth about an import: a line per item, and what is lost of the whole.</summary>
internal sealed class ImportReport
{
    private readonly Dictionary<string, ImportLine> _lines = new(StringComparer.Ordinal);
    private readonly List<ImportLoss> _notes = [];

    public IReadOnlyCollection<ImportLine> Lines => _lines.Values;

    /// <summary>What concerns the file as a whole, such as comments that are not in it.</summary>
    public IReadOnlyList<ImportLoss> Notes => _notes;

    public int Count(ImportOutcome outcome) => _lines.Values.Count(l => l.Outcome == outcome);

    /// <summary>How often each field was lost, most often first.</summary>
    public IReadOnlyList<(string Field, int Count)> LostFields =>
        [.. _lines.Values.SelectMany(l => l.Lost).GroupBy(l => l.Field).Select(g => (g.Key, g.Count())).OrderByDescending(g => g.Item2).ThenBy(g => g.Key, StringComparer.Ordinal)];

    public void Made(string sourceId, string title) => _lines[sourceId] = new(sourceId, title, ImportOutcome.Made, null, _lines.GetValueOrDefault(sourceId)?.Lost ?? []);

    public void Skipped(string sourceId, string title, string reason) => _lines[sourceId] = new(sourceId, title, ImportOutcome.Skipped, reason, []);

    public void Lost(string sourceId, string field, string reason)
    {
        var line = _lines.GetValueOrDefault(sourceId) ?? new(sourceId, "", ImportOutcome.Made, null, []);
        _lines[sourceId] = line with { Lost = [.. line.Lost, new(field, reason)] };
    }

    public void Note(string field, string reason) => _notes.Add(new(field, reason));

    /// <summary>
    /// Turns what would be made into what will be: an item known from an earlier run is updated, or skipped when nothing of it changed.
    /// </summary>
    /// <param name="known">Fingerprint by source id, of earlier runs into this project.</param>
    public void Against(IReadOnlyDictionary<string, string> known, IEnumerable<PlannedTask> tasks)
    {
        foreach (var task in tasks)
        {
            if (!known.TryGetValue(task.SourceId, out var earlier) || !_lines.TryGetValue(task.SourceId, out var line)) continue;
            _lines[task.SourceId] = earlier == task.Fingerprint
                ? line with { Outcome = ImportOutcome.Skipped, Reason = "Unchanged since the last import." }
                : line with { Outcome = ImportOutcome.Updated };
        }
    }
}
