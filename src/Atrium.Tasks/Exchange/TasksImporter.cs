using Atrium.Contracts.Home;
using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>An importer of one format, as the command line and the API find it.</summary>
internal abstract class TasksImporter(ImportTasks import) : IImporter
{
    public abstract string Format { get; }

    public abstract string Title { get; }

    public async Task<Contracts.Home.ImportReport> RunAsync(
        Stream file, string fileName, Actor actor, bool dryRun, IReadOnlyDictionary<string, string> options,
        Func<long, long?, string?, CancellationToken, Task> progress, CancellationToken ct)
    {
        var result = await import.RunAsync(Format, file, fileName, ImportOptions.Read(options), dryRun, actor, progress, ct);
        return Told(result.Plan.Report, dryRun, result.Project is { } project ? ProjectPath.Of(project) : null);
    }

    private static Contracts.Home.ImportReport Told(ImportReport report, bool dryRun, string? href)
    {
        var lines = new List<Contracts.Home.ImportLine>();
        foreach (var line in report.Lines)
        {
            lines.Add(new(line.Outcome switch { ImportOutcome.Made => "made", ImportOutcome.Updated => "updated", _ => "skipped" }, line.SourceId, line.Title, null, line.Reason));
            lines.AddRange(line.Lost.Select(l => new Contracts.Home.ImportLine("lost", line.SourceId, line.Title, l.Field, l.Reason)));
        }

        lines.AddRange(report.Notes.Select(n => new Contracts.Home.ImportLine("lost", "file", "The file as a whole", n.Field, n.Reason)));
        return new(dryRun, report.Count(ImportOutcome.Made), report.Count(ImportOutcome.Updated), report.Count(ImportOutcome.Skipped), lines.Count(l => l.Outcome == "lost"), lines, href);
    }
}

internal sealed class TrelloImporter(ImportTasks import) : TasksImporter(import)
{
    public override string Format => "trello";

    public override string Title => "A Trello board (its JSON export)";
}

internal sealed class CsvImporter(ImportTasks import) : TasksImporter(import)
{
    public override string Format => "csv";

    public override string Title => "Tasks from a spreadsheet or Todoist (CSV)";
}

internal sealed class IcsImporter(ImportTasks import) : TasksImporter(import)
{
    public override string Format => "ics";

    public override string Title => "Tasks from a calendar file (iCalendar)";
}

internal sealed class DocumentImporter(ImportTasks import) : TasksImporter(import)
{
    public override string Format => "json";

    public override string Title => "A project exported from Atrium (JSON)";
}
