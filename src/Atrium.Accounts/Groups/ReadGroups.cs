using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Atrium.Kernel.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Groups;

/// <summary>Groups and who is in them, as far as the caller may know.</summary>
public static class ReadGroups
{
    /// <param name="MyRole">What the caller is in it; null when not in it.</param>
    /// <param name="AtTheDoor"><c>asked</c>, <c>invited</c> or null.</param>
    public sealed record View(
        Id<Group> Id, string Handle, string Name, string About, JoinRule Join, GroupVisibility Visibility, int Members, GroupRole? MyRole, string? AtTheDoor, long Revision, string Href) : IRevisedView;

    public sealed record MembershipView(MemberCard Member, GroupRole Role, DateTimeOffset JoinedAt);

    internal static void Map(RouteGroupBuilder groups)
    {
        groups.MapGet("", ListAsync).Operation("listGroups", "Lists the groups you may know of, newest first", "profile:read", RateClass.Read);
        groups.MapGet("{handle}", GetAsync).Operation("getGroup", "Shows a group", "profile:read", RateClass.Read, "not_found");
        groups.MapGet("{handle}/members", MembersAsync).Operation("listGroupMembers", "Lists who is in a group", "profile:read", RateClass.Read, "not_found");
    }

    /// <param name="mine">Only those one is in.</param>
    internal static async Task<Slice<View>> ListAsync(string? text, bool? mine, [AsParameters] Page page, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.MemberId;
        var rows = db.Groups.VisibleTo(actor, db, g => g.Audience);
        if (mine == true) rows = rows.Where(g => db.GroupMemberships.Any(m => m.GroupId == g.Id && m.MemberId == me));
        if (Cursor.Id<Group>(page.Cursor) is { } last) rows = rows.Where(g => g.Id < last);
        if (!string.IsNullOrWhiteSpace(text))
        {
            var words = " " + Folding.Fold(text.Trim());
            rows = rows.Where(g => g.SearchText.Contains(words));
        }

        var found = await ViewsAsync(rows.OrderByDescending(g => g.Id).Take(page.Size + 1), me, db, ct);
        return Slice<View>.Cut(found, page.Size, g => g.Id.ToString());
    }

    internal static async Task<View> GetAsync(string handle, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var normal = Handles.Normal(handle);
        var rows = db.Groups.VisibleTo(actor, db, g => g.Audience).Where(g => g.Handle == normal);
        return (await ViewsAsync(rows, actor.MemberId, db, ct)).FirstOrDefault() ?? throw Refusal.NotFound();
    }

    internal static async Task<Slice<MembershipView>> MembersAsync(string handle, [AsParameters] Page page, Actor actor, AccountsDb db, IMembers members, CancellationToken ct)
    {
        var group = (await GroupAccess.OfAsync(handle, actor, db, ct)).Group;
        if (!actor.IsMember) throw Refusal.SignIn();
        var rows = db.GroupMemberships.Where(m => m.GroupId == group.Id);
        if (Cursor.Id<Member>(page.Cursor) is { } last) rows = rows.Where(m => m.MemberId > last);
        var found = await rows.OrderBy(m => m.MemberId).Take(page.Size + 1).ToListAsync(ct);
        var cards = await members.CardsAsync([.. found.Select(m => m.MemberId)], ct);
        return Slice<GroupMembership>.Cut(found, page.Size, m => m.MemberId.ToString()).Select(m => new MembershipView(cards[m.MemberId], m.Role, m.JoinedAt));
    }

    internal static Task<bool> MayKnowAsync(string handle, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var normal = Handles.Normal(handle);
        return db.Groups.VisibleTo(actor, db, g => g.Audience).AnyAsync(g => g.Handle == normal, ct);
    }

    /// <summary>The groups of a member that the caller may know of.</summary>
    internal static async Task<IReadOnlyList<GroupCard>> OfAsync(Id<Member> member, Actor actor, AccountsDb db, CancellationToken ct) =>
        await db.Groups.VisibleTo(actor, db, g => g.Audience).Where(g => db.GroupMemberships.Any(m => m.GroupId == g.Id && m.MemberId == member)).OrderBy(g => g.Name)
            .Select(g => new GroupCard(g.Id, g.Handle, g.Name, db.GroupMemberships.Count(m => m.GroupId == g.Id))).ToListAsync(ct);

    private static async Task<List<View>> ViewsAsync(IQueryable<MemberGroup> groups, Id<Member>? me, AccountsDb db, CancellationToken ct)
    {
        var rows = await groups.Select(g => new
        {
            Group = g,
            Members = db.GroupMemberships.Count(m => m.GroupId == g.Id),
            Role = db.GroupMemberships.Where(m => m.GroupId == g.Id && m.MemberId == me).Select(m => (GroupRole?)m.Role).FirstOrDefault(),
            Request = db.GroupRequests.Where(r => r.GroupId == g.Id && r.MemberId == me).Select(r => (bool?)(r.InvitedBy != null)).FirstOrDefault(),
        }).ToListAsync(ct);
        return [.. rows.Select(r => new View(
            r.Group.Id, r.Group.Handle, r.Group.Name, r.Group.About, r.Group.Join, r.Group.Visibility, r.Members, r.Role,
            r.Request switch { true => "invited", false => "asked", null => null }, r.Group.Revision, $"/groups/{r.Group.Handle}"))];
    }
}
