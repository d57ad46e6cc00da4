namespace Atrium.Tasks;

/// <summary>A task that somebody sees, and its project.</summary>
internal sealed class SeenTask
{
    public required TaskItem Task { get; init; }

    public required Project Project { get; init; }
}
