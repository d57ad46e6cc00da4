using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>What the board page shows.</summary>
public sealed class BoardModel
{
    internal BoardModel(ProjectView project, BoardView board, string? filter, IReadOnlyList<(string Name, string Query)> saved) => (Project, Board, Filter, Saved) = (project, board, filter, saved);

    internal ProjectView Project { get; }

    internal BoardView Board { get; }

    /// <summary>In the filter language.</summary>
    internal string? Filter { get; }

    internal IReadOnlyList<(string Name, string Query)> Saved { get; }

    /// <summary>A column shown with more than its first cards.</summary>
    internal Id<Column>? Open { get; init; }

    /// <summary>Where selected tasks may be moved to.</summary>
    internal IReadOnlyList<ProjectItemView> Elsewhere { get; init; } = [];

    internal bool MayWrite => Board.Role >= ProjectRole.Writer && Project.ArchivedAt is null;
}
