using Atrium.Kernel;

namespace Atrium.Contracts.Home;

/// <summary>What an import did with one item of its source.</summary>
/// <param name="Outcome"><c>made</c>, <c>updated</c>, <c>skipped</c> or <c>lost</c>.</param>
/// <param name="Source">Where it stands in the source: a line number, an id.</param>
/// <param name="Field">Which field was lost, if one was.</param>
public sealed record ImportLine(string Outcome, string Source, string Title, string? Field = null, string? Reason = null);

/// <summary>A truthful account of an import. On a dry run it says what would happen.</summary>
public sealed record ImportReport(bool DryRun, int Made, int Updated, int Skipped, int Lost, IReadOnlyList<ImportLine> Lines, string? Href = null);

/// <summary>Takes in a file of another program. Repeatable: the same file again changes nothing.</summary>
public interface IImporter
{
    /// <summary><c>trello</c>, <c>csv</c>, <c>ics</c>: what the command line and the API call it.</summary>
    string Format { get; }

    string Title { get; }

    /// <param name="options">The importer's own, such as <c>project</c> or <c>mapping</c>.</param>
    /// <param name="progress">Called with done, total and what is being done.</param>
    /// <exception cref="Refusal">Invalid (<c>import_format</c>) when the file is not what it should be.</exception>
    Task<ImportReport> RunAsync(
        Stream file, string fileName, Actor actor, bool dryRun, IReadOnlyDictionary<string, string> options,
        Func<long, long?, string?, CancellationToken, Task> progress, CancellationToken ct);
}
