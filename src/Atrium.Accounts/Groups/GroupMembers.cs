using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Groups;

/// <summary>
/// Who is in a group, written in two places that never part: our own rows, and the platform's <c>group:{id}</c> that audiences read.
/// All methods work inside the caller's transaction and tell the house.
/// </summary>
internal static class GroupMembers
{
    public static void Add(Id<Group> group, Id<Member> member, GroupRole role, AccountsDb db)
    {
        db.GroupMemberships.Add(new() { GroupId = group, MemberId = member, Role = role, JoinedAt = db.Now });
        db.PrincipalMembers.Add(new() { MemberId = member, Principal = Principal.Of(group) });
        db.Publish(new GroupMembersChanged(group, [member], []), group.ToString());
    }

    /// <summary>False when they were not in it.</summary>
    public static async Task<bool> RemoveAsync(Id<Group> group, Id<Member> member, AccountsDb db, CancellationToken ct)
    {
        if (await db.GroupMemberships.Where(m => m.GroupId == group && m.MemberId == member).ExecuteDeleteAsync(ct) == 0) return false;
        var principal = Principal.Of(group);
        await db.PrincipalMembers.Where(p => p.MemberId == member && p.Principal == principal).ExecuteDeleteAsync(ct);
        db.Publish(new GroupMembersChanged(group, [], [member]), group.ToString());
        return true;
    }

    /// <summary>
    /// Does <paramref name="work"/>, saves it, and refuses if the group has no owner then. The group's row is locked first, so that two
    /// owners who leave at once are seen one after the other.
    /// </summary>
    /// <exception cref="Refusal">Conflict <c>last_owner</c>.</exception>
    public static async Task KeepOwnedAsync(Id<Group> group, AccountsDb db, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        await LockAsync(group, db, ct);
        await work(ct);
        await db.SaveChangesAsync(ct);
        if (!await db.GroupMemberships.AnyAsync(m => m.GroupId == group && m.Role == GroupRole.Owner, ct))
            throw Refusal.Conflict("last_owner", "A group keeps an owner. Make somebody else an owner first, or delete the group.");
    }

    /// <summary>Takes an erased member out of every group. Where they were the last owner, who moderates or was there longest takes over; an empty group goes.</summary>
    public static async Task RemoveEverywhereAsync(Id<Member> member, AccountsDb db, CancellationToken ct)
    {
        await db.GroupRequests.Where(r => r.MemberId == member).ExecuteDeleteAsync(ct);
        foreach (var group in await db.GroupMemberships.Where(m => m.MemberId == member).Select(m => m.GroupId).ToListAsync(ct))
        {
            await LockAsync(group, db, ct);
            await RemoveAsync(group, member, db, ct);
            if (await db.GroupMemberships.AnyAsync(m => m.GroupId == group && m.Role == GroupRole.Owner, ct)) continue;
            var heir = await db.GroupMemberships.AsTracking().Where(m => m.GroupId == group)
                .OrderByDescending(m => m.Role == GroupRole.Moderator).ThenBy(m => m.JoinedAt).FirstOrDefaultAsync(ct);
            if (heir is not null) heir.Role = GroupRole.Owner;
            else await DeleteAsync(group, db, ct);
        }
    }

    public static async Task DeleteAsync(Id<Group> group, AccountsDb db, CancellationToken ct)
    {
        var principal = Principal.Of(group);
        await db.GroupMemberships.Where(m => m.GroupId == group).ExecuteDeleteAsync(ct);
        await db.GroupRequests.Where(r => r.GroupId == group).ExecuteDeleteAsync(ct);
        await db.PrincipalMembers.Where(p => p.Principal == principal).ExecuteDeleteAsync(ct);
        await db.AudienceGrants.Where(g => g.Principal == principal).ExecuteDeleteAsync(ct);
        await db.Groups.Where(g => g.Id == group).ExecuteDeleteAsync(ct);
        db.Publish(new GroupDeleted(group), group.ToString());
    }

    private static Task LockAsync(Id<Group> group, AccountsDb db, CancellationToken ct) =>
        db.Groups.Where(g => g.Id == group).ExecuteUpdateAsync(set => set.SetProperty(g => g.CreatedAt, g => g.CreatedAt), ct);
}
