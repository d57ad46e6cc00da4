namespace Atrium.Tasks;

/// <summary>What the board page shows.</summary>
public sealed class BoardModel
{
    internal BoardModel(ProjectView project, BoardView board, string? filter) => (Project, Board, Filter) = (project, board, filter);

    internal ProjectView Project { get; }

    internal BoardView Board { get; }

    /// <summary>In the filter language.</summary>
    internal string? Filter { get; }

    internal bool MayWrite => Board.Role >= ProjectRole.Writer && Project.ArchivedAt is null;
}
