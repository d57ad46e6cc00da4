namespace Atrium.Tasks;

/// <summary>The projects a member can see.</summary>
public sealed class ProjectsModel
{
    internal ProjectsModel(IReadOnlyList<ProjectItemView> projects, bool archived) => (Projects, Archived) = (projects, archived);

    internal IReadOnlyList<ProjectItemView> Projects { get; }

    /// <summary>Whether archived ones are among them.</summary>
    internal bool Archived { get; }
}
