using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Groups;

/// <summary>Founds, changes and deletes groups.</summary>
internal static class EditGroups
{
    public const string Permission = "accounts.groups.create";
    private const int LongestName = 60;
    private const int LongestAbout = 5000;

    public sealed record NewGroup(string? Handle, string? Name, string? About = null, JoinRule Join = JoinRule.Open, GroupVisibility Visibility = GroupVisibility.Members);

    /// <summary>What is left out stays as it is. The handle never changes.</summary>
    public sealed record Change(string? Name = null, string? About = null, JoinRule? Join = null, GroupVisibility? Visibility = null);

    public static void Map(RouteGroupBuilder groups)
    {
        groups.MapPost("", async Task<Created<ReadGroups.View>> (NewGroup wanted, Actor actor, AccountsDb db, CancellationToken ct) =>
            {
                await FoundAsync(wanted, actor, db, ct);
                var made = await ReadGroups.GetAsync(wanted.Handle!, actor, db, ct);
                return TypedResults.Created($"/api/accounts/groups/{made.Handle}", made);
            })
            .Operation("createGroup", "Founds a group; its founder owns it", "profile:write", RateClass.Write, "taken");
        groups.MapPatch("{handle}", async (string handle, Change change, [FromHeader(Name = "If-Match")] Etag? ifMatch, Actor actor, AccountsDb db, CancellationToken ct) =>
            {
                await ChangeAsync(handle, change, ifMatch, actor, db, ct);
                return await ReadGroups.GetAsync(handle, actor, db, ct);
            })
            .Operation("editGroup", "Changes a group's name, description and rules", "profile:write", RateClass.Write, "not_found", "stale_revision");
        groups.MapDelete("{handle}", async Task<NoContent> (string handle, Actor actor, AccountsDb db, CancellationToken ct) =>
            {
                await DeleteAsync(handle, actor, db, ct);
                return TypedResults.NoContent();
            })
            .Operation("deleteGroup", "Deletes a group; what was shared with it alone is seen by its owners only", "profile:write", RateClass.Write, "not_found");
    }

    public static async Task<Id<Group>> FoundAsync(NewGroup wanted, Actor actor, AccountsDb db, CancellationToken ct)
    {
        actor.Demand(Permission);
        var group = Draft(wanted, db.Now);
        try
        {
            await db.WriteAsync(
                async token =>
                {
                    await AddAsync(group, db, token);
                    GroupMembers.Add(group.Id, actor.Demand(), GroupRole.Owner, db);
                    db.Record(actor, "group.founded", Thing.Of("group", group.Id), group.Handle);
                },
                ct);
        }
        catch (UniqueViolation e) when (e.Concerns("handle"))
        {
            throw Refusal.Invalid([Handles.Taken]);
        }

        return group.Id;
    }

    /// <summary>A new group from what was asked for, or a refusal that names every fault.</summary>
    public static MemberGroup Draft(NewGroup wanted, DateTimeOffset now)
    {
        var handle = Handles.Normal(wanted.Handle);
        FieldError?[] faults = [Handles.Fault(handle), .. Faults(wanted.Name ?? "", wanted.About)];
        if (faults.OfType<FieldError>().ToList() is { Count: > 0 } found) throw Refusal.Invalid(found);
        var name = wanted.Name!.Trim();
        return new()
        {
            Handle = handle, Name = name, About = wanted.About ?? "", Join = wanted.Join, Visibility = wanted.Visibility, SearchText = Account.WordsOf(name, handle), CreatedAt = now,
        };
    }

    /// <summary>Adds a group with the audience that its visibility means. Inside the caller's transaction.</summary>
    public static async Task AddAsync(MemberGroup group, AccountsDb db, CancellationToken ct)
    {
        db.Groups.Add(group);
        await SetAudienceAsync(group, db, ct);
        db.Publish(new GroupChanged(group.Id), group.Id.ToString());
    }

    public static Task ChangeAsync(string handle, Change change, Etag? ifMatch, Actor actor, AccountsDb db, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var id = (await GroupAccess.OfAsync(handle, actor, db, token)).DemandOwner().Group.Id;
            if (Faults(change.Name, change.About).OfType<FieldError>().ToList() is { Count: > 0 } faults) throw Refusal.Invalid(faults);
            var group = await db.Groups.AsTracking().FirstAsync(g => g.Id == id, token);
            ifMatch?.Demand(group.Revision);
            group.Name = change.Name?.Trim() ?? group.Name;
            group.SearchText = Account.WordsOf(group.Name, group.Handle);
            group.About = change.About ?? group.About;
            group.Join = change.Join ?? group.Join;
            group.Visibility = change.Visibility ?? group.Visibility;
            await SetAudienceAsync(group, db, token);
            db.Publish(new GroupChanged(id), id.ToString());
            db.Record(actor, "group.changed", Thing.Of("group", id));
        },
        ct);

    public static Task DeleteAsync(string handle, Actor actor, AccountsDb db, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var group = (await GroupAccess.OfAsync(handle, actor, db, token)).DemandOwner().Group;
            await GroupMembers.DeleteAsync(group.Id, db, token);
            db.Record(actor, "group.deleted", Thing.Of("group", group.Id), group.Handle);
        },
        ct);

    // A hidden group is seen by those in it and those invited to it.
    private static async Task SetAudienceAsync(MemberGroup group, AccountsDb db, CancellationToken ct)
    {
        if (group.Visibility != GroupVisibility.Hidden)
        {
            if (group.Audience.IsStored) await db.SetAudienceAsync(group.Audience, [], ct);
            group.Audience = group.Visibility == GroupVisibility.Public ? Audience.Public : Audience.Members;
            return;
        }

        if (!group.Audience.IsStored) group.Audience = Audience.NewSet();
        var invited = await db.GroupRequests.Where(r => r.GroupId == group.Id && r.InvitedBy != null).Select(r => r.MemberId).ToListAsync(ct);
        await db.SetAudienceAsync(group.Audience, [Principal.Of(group.Id), .. invited.Select(Principal.Of)], ct);
    }

    private static IEnumerable<FieldError?> Faults(string? name, string? about) =>
    [
        name is not null && name.Trim().Length is 0 or > LongestName ? new("name", $"A group's name has 1 to {LongestName} characters.", "length") : null,
        about?.Length > LongestAbout ? new("about", $"At most {LongestAbout:N0} characters.", "too_long") : null,
    ];
}
