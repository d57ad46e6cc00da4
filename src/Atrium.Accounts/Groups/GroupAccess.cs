using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Groups;

/// <summary>A group, and what the caller is in it.</summary>
internal sealed record GroupAccess(MemberGroup Group, GroupRole? Role, Actor Actor)
{
    /// <summary>The group behind a handle, if the caller may know of it.</summary>
    public static async Task<GroupAccess> OfAsync(string handle, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var normal = Handles.Normal(handle);
        var group = await db.Groups.VisibleTo(actor, db, g => g.Audience).FirstOrDefaultAsync(g => g.Handle == normal, ct) ?? throw Refusal.NotFound();
        var me = actor.MemberId;
        var role = me is null ? null : await db.GroupMemberships.Where(m => m.GroupId == group.Id && m.MemberId == me).Select(m => (GroupRole?)m.Role).FirstOrDefaultAsync(ct);
        return new(group, role, actor);
    }

    public bool MayModerate => Role >= GroupRole.Moderator || Actor.IsAdministrator;

    public bool MayOwn => Role == GroupRole.Owner || Actor.IsAdministrator;

    public GroupAccess DemandModerator() => MayModerate ? this : throw Refusal.Forbidden("Only the group's owners and moderators do that.");

    public GroupAccess DemandOwner() => MayOwn ? this : throw Refusal.Forbidden("Only the group's owners do that.");
}
