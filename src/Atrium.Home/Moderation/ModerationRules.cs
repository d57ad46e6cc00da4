using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Who may moderate what.</summary>
internal static class ModerationRules
{
    /// <summary>Moderators only; for others there is no queue.</summary>
    public static void DemandModerator(this Actor actor)
    {
        if (!actor.IsModerator) throw actor.IsMember ? Refusal.NotFound() : Refusal.SignIn();
    }

    /// <summary>Administrators only; for others there is no such page.</summary>
    public static void DemandAdministrator(this Actor actor)
    {
        if (!actor.IsAdministrator) throw actor.IsMember ? Refusal.NotFound() : Refusal.SignIn();
    }

    /// <summary>The case, tracked, for a moderator whose own thing it is not.</summary>
    public static async Task<Case> JudgeAsync(this HomeDb db, Id<Case> id, Actor actor, CancellationToken ct)
    {
        actor.DemandModerator();
        var found = await db.Cases.AsTracking().FirstOrDefaultAsync(c => c.Id == id, ct) ?? throw Refusal.NotFound();
        if (actor.Is(found.OwnerId)) throw Refusal.Forbidden("This case is about something of yours; another moderator decides it.", "own_case");
        return found;
    }

    /// <summary>Who stands behind what a case is about; null where nobody does.</summary>
    public static async Task<MemberContact?> OwnerAsync(this HomeDb db, Id<Case> id, IMembers members, CancellationToken ct) =>
        await db.Cases.Where(c => c.Id == id).Select(c => c.OwnerId).FirstOrDefaultAsync(ct) is { } owner ? (await members.ContactsAsync([owner], ct)).GetValueOrDefault(owner) : null;

    /// <summary>Nobody acts on their equals or those above them, but administrators.</summary>
    /// <exception cref="Refusal">Forbidden: <c>higher_role</c>.</exception>
    public static void DemandAbove(this Actor actor, MemberContact? owner)
    {
        if (owner?.Role >= actor.Role && !actor.IsAdministrator) throw Refusal.Forbidden("Only an administrator may act on another moderator.", "higher_role");
    }
}
