namespace Atrium.Tasks;

/// <summary>Fields that two people changed at once: what they were, what was sent, what they are.</summary>
public sealed class ConflictModel
{
    internal ConflictModel(TaskView task, IReadOnlyList<EditConflict> conflicts) => (Task, Conflicts) = (task, conflicts);

    internal TaskView Task { get; }

    internal IReadOnlyList<EditConflict> Conflicts { get; }
}
