using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Groups;

/// <summary>Joins, asks to join, and leaves.</summary>
internal static class JoinGroups
{
    /// <summary>Joins where that is open or one was invited; else asks. Doing it twice changes nothing.</summary>
    public static async Task JoinAsync(string handle, string? note, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        var access = await GroupAccess.OfAsync(handle, actor, db, ct);
        if (access.Role is not null) return;
        var group = access.Group;
        try
        {
            await db.WriteAsync(
                async token =>
                {
                    var request = await db.GroupRequests.FirstOrDefaultAsync(r => r.GroupId == group.Id && r.MemberId == me, token);
                    if (group.Join == JoinRule.Open || request?.IsInvitation == true) await AdmitAsync(group, me, actor, db, token);
                    else if (group.Join == JoinRule.Invitation) throw Refusal.Forbidden("One joins this group by invitation.", "invitation_required");
                    else if (request is null) await AskAsync(group, me, note, db, token);
                },
                ct);
        }
        catch (UniqueViolation)
        {
            // Two clicks at once: the other one did it.
        }
    }

    /// <summary>Leaves a group, or takes back the wish to join, or declines an invitation.</summary>
    public static Task LeaveAsync(string handle, Actor actor, AccountsDb db, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var me = actor.Demand();
            var access = await GroupAccess.OfAsync(handle, actor, db, token);
            var group = access.Group.Id;
            await ForgetRequestAsync(access.Group, me, db, token);
            if (access.Role is null) return;
            await GroupMembers.KeepOwnedAsync(group, db, inner => GroupMembers.RemoveAsync(group, me, db, inner), token);
            db.Record(actor, "group.left", Thing.Of("group", group));
        },
        ct);

    /// <summary>Puts a member in and clears their request. Inside the caller's transaction.</summary>
    public static async Task AdmitAsync(MemberGroup group, Id<Member> member, Actor actor, AccountsDb db, CancellationToken ct)
    {
        await ForgetRequestAsync(group, member, db, ct);
        GroupMembers.Add(group.Id, member, GroupRole.Member, db);
        db.Record(actor, "group.joined", Thing.Of("group", group.Id), member.ToString());
    }

    public static async Task<bool> ForgetRequestAsync(MemberGroup group, Id<Member> member, AccountsDb db, CancellationToken ct)
    {
        var principal = Principal.Of(member);
        var gone = await db.GroupRequests.Where(r => r.GroupId == group.Id && r.MemberId == member).ExecuteDeleteAsync(ct) > 0;
        if (group.Audience.IsStored) await db.AudienceGrants.Where(g => g.Audience == group.Audience && g.Principal == principal).ExecuteDeleteAsync(ct);
        return gone;
    }

    private static async Task AskAsync(MemberGroup group, Id<Member> me, string? note, AccountsDb db, CancellationToken ct)
    {
        if (note?.Length > 500) throw Refusal.Invalid("note", "At most 500 characters.", "too_long");
        db.GroupRequests.Add(new() { GroupId = group.Id, MemberId = me, Note = note, CreatedAt = db.Now });
        var deciders = await db.GroupMemberships.Where(m => m.GroupId == group.Id && m.Role != GroupRole.Member).Select(m => m.MemberId).ToListAsync(ct);
        var name = await db.Accounts.Where(a => a.Id == me).Select(a => a.Name).FirstAsync(ct);
        db.Publish(new NotificationRaised(Notifications.GroupAsked, deciders, Thing.Of("group", group.Id), me, $"{name} would like to join {group.Name}", Href: $"/groups/{group.Handle}"));
    }
}
