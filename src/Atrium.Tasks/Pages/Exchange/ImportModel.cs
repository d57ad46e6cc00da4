using Atrium.Kernel.Operations;

namespace Atrium.Tasks;

/// <summary>Choosing a file to import.</summary>
public sealed class ImportModel
{
    internal ImportModel(IReadOnlyList<ProjectItemView> projects, string? project) => (Projects, Project) = (projects, project);

    internal IReadOnlyList<ProjectItemView> Projects { get; }

    internal string? Project { get; }
}

/// <summary>How a CSV file is read, and what each of its columns becomes.</summary>
public sealed class CsvColumnsModel
{
    internal CsvColumnsModel(string file, string fileName, string? project, PreviewImport.Preview seen, bool remembered) => (File, FileName, Project, Seen, Remembered) = (file, fileName, project, seen, remembered);

    internal string File { get; }

    internal string FileName { get; }

    internal string? Project { get; }

    internal PreviewImport.Preview Seen { get; }

    /// <summary>True when it was read as the member read such a file before.</summary>
    internal bool Remembered { get; }
}

/// <summary>An import under way, or over.</summary>
public sealed class ImportRunModel
{
    internal ImportRunModel(OperationView operation, Contracts.Home.ImportReport? report, bool dryRun) => (Operation, Report, DryRun) = (operation, report, dryRun);

    internal OperationView Operation { get; }

    internal Contracts.Home.ImportReport? Report { get; }

    internal bool DryRun { get; }
}
