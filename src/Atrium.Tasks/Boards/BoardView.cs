using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>A column of a board with its first cards.</summary>
/// <param name="Total">All cards, shown or not.</param>
/// <param name="Next">Cursor for the column's further cards, from the list of tasks; null when all are here.</param>
internal sealed record BoardColumnView(Id<Column> Id, string Name, Category Category, int? WipLimit, int Total, IReadOnlyList<TaskCard> Cards, string? Next);

/// <summary>A project as a board.</summary>
/// <param name="Seq">The live cursor this picture belongs to.</param>
internal sealed record BoardView(ProjectRef Project, ProjectRole Role, long Seq, IReadOnlyList<BoardColumnView> Columns);
