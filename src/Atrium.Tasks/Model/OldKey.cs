using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>A key a project had before: numbers under it still lead to its tasks, until another project takes the key.</summary>
internal sealed class OldKey
{
    public required string Key { get; init; }

    public Id<Project> ProjectId { get; init; }
}
