using Atrium.Contracts.Home;

namespace Atrium.Social;

/// <summary>What becomes of each row while a file is taken in.</summary>
internal sealed class OwnedReport(bool dryRun)
{
    private readonly List<ImportLine> _lines = [];

    public bool DryRun => dryRun;

    public bool AnyTaken => _lines.Exists(l => l.Outcome != "lost");

    public void Made(CsvLine row, string what, string? note = null) => Add("made", row, what, note);

    public void Updated(CsvLine row, string what, string note) => Add("updated", row, what, note);

    public void Skipped(CsvLine row, string what, string why) => Add("skipped", row, what, why);

    /// <param name="why">In words for the member: it is all they are told.</param>
    public void Lost(CsvLine row, string what, string why) => Add("lost", row, what, why);

    /// <summary>Something that stood here and not in the file is gone.</summary>
    public void Ended(string what, string note) => _lines.Add(new("updated", "", what, null, note));

    public ImportReport Done(string? href) => new(dryRun, Count("made"), Count("updated"), Count("skipped"), Count("lost"), _lines, href);

    private void Add(string outcome, CsvLine row, string what, string? note) => _lines.Add(new(outcome, $"line {row.Number}", what, null, note));

    private int Count(string outcome) => _lines.Count(l => l.Outcome == outcome);
}
