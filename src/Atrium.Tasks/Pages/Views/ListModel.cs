using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>A project's tasks as list or table.</summary>
public sealed class ListModel
{
    internal ListModel(ProjectView project, Slice<TaskCard> tasks, string? filter, string sort, IReadOnlyList<(string Name, string Query)> saved, IReadOnlyCollection<string> show) =>
        (Project, Tasks, Filter, Sort, Saved, Show) = (project, tasks, filter, sort, saved, show);

    internal ProjectView Project { get; }

    internal Slice<TaskCard> Tasks { get; }

    internal string? Filter { get; }

    internal string Sort { get; }

    internal IReadOnlyList<(string Name, string Query)> Saved { get; }

    /// <summary>The table's columns; empty for the usual ones.</summary>
    internal IReadOnlyCollection<string> Show { get; }

    /// <summary>Where selected tasks may be moved to.</summary>
    internal IReadOnlyList<ProjectItemView> Elsewhere { get; init; } = [];

    internal bool MayWrite => Project is { Role: >= ProjectRole.Writer, ArchivedAt: null };

    /// <summary>The address of this view, with something in it changed.</summary>
    internal string Address(string view, string? sort = null, string? cursor = null)
    {
        var parts = new List<string>();
        if (Filter is not null) parts.Add($"filter={Uri.EscapeDataString(Filter)}");
        if ((sort ?? Sort) is { } order and not "rank") parts.Add($"sort={order}");
        parts.AddRange(Show.Select(s => $"show={Uri.EscapeDataString(s)}"));
        if (cursor is not null) parts.Add($"cursor={Uri.EscapeDataString(cursor)}");
        return $"{Words.Href(Project)}/{view}" + (parts.Count == 0 ? "" : "?" + string.Join('&', parts));
    }
}
