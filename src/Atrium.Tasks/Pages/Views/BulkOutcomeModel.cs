namespace Atrium.Tasks;

/// <summary>What came of a change of many tasks, where not all could be changed.</summary>
public sealed class BulkOutcomeModel
{
    internal BulkOutcomeModel(int changed, IReadOnlyList<(string Title, string Why)> refused, string back) => (Changed, Refused, Back) = (changed, refused, back);

    internal int Changed { get; }

    internal IReadOnlyList<(string Title, string Why)> Refused { get; }

    internal string Back { get; }
}
