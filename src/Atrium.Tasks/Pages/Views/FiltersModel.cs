namespace Atrium.Tasks;

/// <summary>The saved filters of a member.</summary>
public sealed class FiltersModel
{
    internal FiltersModel(IReadOnlyList<SavedFilterView> filters, IReadOnlyList<ProjectItemView> projects, string? query, string? project) =>
        (Filters, Projects, Query, Project) = (filters, projects, query, project);

    internal IReadOnlyList<SavedFilterView> Filters { get; }

    internal IReadOnlyList<ProjectItemView> Projects { get; }

    internal string? Query { get; }

    internal string? Project { get; }
}
