using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>
/// The projects somebody sees, read before what is asked of them: a query that gets them as a set keeps its SQL, where one composed with the
/// rule of access is translated anew for each request.
/// </summary>
internal sealed class SeenProjects(IReadOnlyDictionary<Id<Project>, ProjectRole> roles)
{
    public IReadOnlyList<Id<Project>> All { get; } = [.. roles.Keys];

    /// <summary>Those in which they also see what moderation hid.</summary>
    public IReadOnlyList<Id<Project>> Written { get; } = [.. roles.Where(r => r.Value >= ProjectRole.Writer).Select(r => r.Key)];

    public static SeenProjects One(Id<Project> id, ProjectRole role) => new(new Dictionary<Id<Project>, ProjectRole> { [id] = role });

    public ProjectRole RoleIn(Id<Project> id) => roles[id];
}
