using Atrium.Kernel;

namespace Atrium.Contracts.Tasks;

/// <summary>A task to be made from something elsewhere in the house.</summary>
/// <param name="Project">Null for the actor's own list.</param>
/// <param name="Source">What it was made from; both sides link to each other.</param>
/// <param name="Due">A whole day, if any.</param>
public sealed record TaskIntake(Thing? Project, string Title, string? Body, Thing Source, IReadOnlyList<Id<Member>> Assignees, DateOnly? Due, string IdempotencyKey);

/// <summary>Makes tasks from anything, with a link back.</summary>
public interface ITaskIntake
{
    /// <summary>Makes the task, or answers the one made before under the same key.</summary>
    Task<Thing> CreateAsync(TaskIntake intake, Actor actor, CancellationToken ct);

    /// <summary>The tasks made from each source that the actor may see.</summary>
    Task<IReadOnlyDictionary<Thing, IReadOnlyList<Thing>>> OfSourcesAsync(IReadOnlyCollection<Thing> sources, Actor actor, CancellationToken ct);
}
