using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>The fields of a column that are sent to change it, for the API's description. A field left out stays as it is.</summary>
/// <param name="WipLimit">How many tasks it should hold at most; null lifts it.</param>
/// <param name="After">The column it shall stand behind; null puts it first.</param>
/// <param name="IsDefault">Makes it the one that tasks of its category go to.</param>
internal sealed record ColumnFields(string? Name = null, int? WipLimit = null, Id<Column>? After = null, bool? IsDefault = null);
