using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>What a role may do to a task or project.</summary>
internal static class Rights
{
    /// <summary>What whoever is to do a task may always do: finish it, or take that back.</summary>
    private static readonly HashSet<string> OfStatus = [Field.Column, Field.Occurrence, Field.Completed];

    /// <summary>What a commenter may change of a task that is theirs to do.</summary>
    private static readonly HashSet<string> OfAssignee = [.. OfStatus, Field.Percent, Field.Checklist];

    public static void Demand(ProjectRole? role, ProjectRole least)
    {
        if (role is null) throw Refusal.NotFound();
        if (role < least) throw Refusal.Forbidden($"You need to be {(least == ProjectRole.Admin ? "an admin" : $"a {least.ToString().ToLowerInvariant()}")} of this project.", "role_too_low");
    }

    /// <summary>Refuses unless a role may change these fields of a task.</summary>
    /// <param name="isTheirs">Whether the caller is assigned or holds a place.</param>
    public static void DemandEdit(ProjectRole? role, bool isTheirs, IEnumerable<string> fields)
    {
        if (role is null) throw Refusal.NotFound();
        if (role >= ProjectRole.Writer) return;
        if (isTheirs && fields.All((role == ProjectRole.Commenter ? OfAssignee : OfStatus).Contains)) return;
        throw Refusal.Forbidden(isTheirs ? "You may only say how far it is." : "You need to be a writer of this project.", "role_too_low");
    }
}
