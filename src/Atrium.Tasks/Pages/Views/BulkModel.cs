namespace Atrium.Tasks;

/// <summary>What may be done to several tasks at once, and where to go back to.</summary>
public sealed class BulkModel
{
    internal BulkModel(ProjectView? project, string back) => (Project, Back) = (project, back);

    /// <summary>Null across projects: then only what all projects have.</summary>
    internal ProjectView? Project { get; }

    internal string Back { get; }
}
