using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>What someone may do in a project; each role includes those below it.</summary>
internal enum ProjectRole
{
    Reader,
    Commenter,
    Writer,
    Admin,
}

/// <summary>A member or group with a role in a project.</summary>
internal sealed class ProjectMember
{
    private ProjectMember() { }

    internal ProjectMember(Id<Project> project, string principal, ProjectRole role) => (ProjectId, Principal, Role) = (project, principal, role);

    public Id<Project> ProjectId { get; private set; }

    /// <summary><c>member:1</c> or <c>group:2</c>.</summary>
    public string Principal { get; private set; } = "";

    public ProjectRole Role { get; internal set; }
}

internal sealed partial class Project
{
    public void SetMember(string principal, ProjectRole role)
    {
        if (!principal.StartsWith("member:", StringComparison.Ordinal) && !principal.StartsWith("group:", StringComparison.Ordinal))
            throw Refusal.Invalid("principal", "Members of a project are member:{id} or group:{id}.");
        if (IsPersonal) throw Refusal.Invalid("principal", "A personal list is its owner's alone. Make a project to share.");
        var there = Members.Find(m => m.Principal == principal);
        if (there is null) Members.Add(new(Id, principal, role));
        else
        {
            if (there.Role == ProjectRole.Admin && role != ProjectRole.Admin) DemandAnotherAdmin(there);
            there.Role = role;
        }

        Revision++;
    }

    public void RemoveMember(string principal)
    {
        var there = Members.Find(m => m.Principal == principal) ?? throw Refusal.NotFound();
        if (there.Role == ProjectRole.Admin) DemandAnotherAdmin(there);
        Members.Remove(there);
        Revision++;
    }

    /// <summary>Whoever may read beside the members. The audience set is made by the caller and handed over.</summary>
    public void Show(Visibility visibility, Audience audience)
    {
        if (IsPersonal) throw Refusal.Invalid("visibility", "A personal list is its owner's alone.");
        (Visibility, AudienceRef) = (visibility, audience.Ref);
        Revision++;
    }

    /// <summary>
    /// The highest role someone has: their own, by their groups, inherited from the projects above, or reading through visibility; null for none.
    /// </summary>
    /// <param name="lineage">This project and all above it.</param>
    /// <param name="principals">The caller's own principal and those of their groups.</param>
    /// <param name="ofTheHouse">Whether the caller is a member of the house.</param>
    public static ProjectRole? RoleIn(IEnumerable<Project> lineage, IReadOnlySet<string> principals, bool ofTheHouse)
    {
        ProjectRole? best = null;
        foreach (var project in lineage)
        {
            foreach (var member in project.Members)
                if (principals.Contains(member.Principal) && (best is null || member.Role > best))
                    best = member.Role;
            if (best is null && (project.Visibility == Visibility.Public || (project.Visibility == Visibility.Members && ofTheHouse))) best = ProjectRole.Reader;
        }

        return best;
    }

    private void DemandAnotherAdmin(ProjectMember but)
    {
        if (!Members.Exists(m => m != but && m.Role == ProjectRole.Admin))
            throw Refusal.Conflict("last_admin", "A project keeps at least one admin.");
    }
}
