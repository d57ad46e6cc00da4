namespace Atrium.Tasks;

/// <summary>What stands above every page of a project.</summary>
public sealed class ProjectHeadModel
{
    internal ProjectHeadModel(ProjectView project, ProjectTab tab, string? filter = null, IReadOnlyList<(string Name, string Query)>? saved = null) =>
        (Project, Tab, Filter, Saved) = (project, tab, filter, saved ?? []);

    internal ProjectView Project { get; }

    internal ProjectTab Tab { get; }

    internal string? Filter { get; }

    internal IReadOnlyList<(string Name, string Query)> Saved { get; }
}
