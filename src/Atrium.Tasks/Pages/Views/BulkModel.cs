namespace Atrium.Tasks;

/// <summary>What may be done to several tasks at once, and where to go back to.</summary>
public sealed class BulkModel
{
    internal BulkModel(ProjectView project, string back, IReadOnlyList<ProjectItemView> elsewhere, string? filter) =>
        (Project, Back, Elsewhere, Filter) = (project, back, elsewhere, filter);

    internal ProjectView Project { get; }

    internal string Back { get; }

    /// <summary>Projects the selected may be moved to.</summary>
    internal IReadOnlyList<ProjectItemView> Elsewhere { get; }

    internal string? Filter { get; }
}
