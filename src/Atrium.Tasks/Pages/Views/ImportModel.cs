namespace Atrium.Tasks;

/// <summary>The way of an import: choose, look, apply.</summary>
public sealed class ImportModel
{
    internal ImportModel(IReadOnlyList<ProjectItemView> projects, string? project, PreviewImport.Preview? preview = null) => (Projects, Project, Preview) = (projects, project, preview);

    internal IReadOnlyList<ProjectItemView> Projects { get; }

    internal string? Project { get; }

    /// <summary>How a CSV file was read, when that was asked.</summary>
    internal PreviewImport.Preview? Preview { get; }

    /// <summary>Where a requested import can be watched.</summary>
    internal string? Operation { get; init; }

    internal string? Report { get; init; }
}
