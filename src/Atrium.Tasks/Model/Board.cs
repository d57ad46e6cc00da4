using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>The columns of one project, as the state machine reads them.</summary>
internal sealed class Board
{
    private readonly Dictionary<Id<Column>, Column> _columns;

    public Board(IEnumerable<Column> columns) => _columns = columns.ToDictionary(c => c.Id);

    public Column this[Id<Column> id] => _columns.GetValueOrDefault(id) ?? throw Refusal.Invalid(Field.Column, "That column is not in this project.", "unknown_column");

    /// <summary>Where a task of this category goes; null when the project has no such column.</summary>
    public Column? DefaultOf(Category category) =>
        _columns.Values.Where(c => c.Category == category).OrderByDescending(c => c.IsDefault).ThenBy(c => c.Rank, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Another column for tasks of this one: of its category, or else any.</summary>
    public Id<Column>? Others(Id<Column> but, Category category) =>
        _columns.Values.Where(c => c.Id != but).OrderByDescending(c => c.Category == category).ThenBy(c => c.Rank, StringComparer.Ordinal).FirstOrDefault()?.Id;

    /// <exception cref="Refusal">The project has no column of that category.</exception>
    public Column Demand(Category category) =>
        DefaultOf(category) ?? throw Refusal.Invalid(Field.Column, $"This project has no column for {category.ToString().ToLowerInvariant()}.", "unknown_column");
}
