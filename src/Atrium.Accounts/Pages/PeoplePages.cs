using Atrium.Accounts.Data;
using Atrium.Accounts.Groups;
using Atrium.Accounts.Members;
using Atrium.Accounts.Model;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Pages;

/// <summary>Profiles and groups.</summary>
internal static class PeoplePages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/@{handle}", ProfileAsync).AllowAnonymous();
        pages.MapGet("/groups", ListAsync).AllowAnonymous();
        pages.MapGet("/groups/new", (HttpContext http) => Forms.Page<GroupForm>(http, new { State = FormState.Fresh }));
        pages.MapPost("/groups/new", FoundAsync);
        pages.MapGet("/groups/{handle}", (string handle, string? cursor, HttpContext http, Actor actor, AccountsDb db, IMembers members, CancellationToken ct) =>
            GroupAsync(handle, FormState.Fresh, cursor, http, actor, db, members, ct)).AllowAnonymous();
        pages.MapGet("/groups/{handle}/settings", async (string handle, HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) => await FormAsync(handle, FormState.Fresh, http, actor, db, ct));
        pages.MapPost("/groups/{handle}/settings", ChangeAsync);
        Act(pages, "join", (handle, _, actor, db, _, ct) => JoinGroups.JoinAsync(handle, null, actor, db, ct));
        Act(pages, "leave", (handle, _, actor, db, _, ct) => JoinGroups.LeaveAsync(handle, actor, db, ct));
        Act(pages, "invite", (handle, form, actor, db, members, ct) => RunGroups.InviteAsync(handle, form.Text("member"), actor, db, members, ct));
        ActOn(pages, "requests/{member}/accept", (handle, member, _, actor, db, ct) => RunGroups.AcceptAsync(handle, member, actor, db, ct));
        ActOn(pages, "requests/{member}/decline", (handle, member, _, actor, db, ct) => RunGroups.DeclineAsync(handle, member, actor, db, ct));
        ActOn(pages, "members/{member}", (handle, member, form, actor, db, ct) => Enum.TryParse<GroupRole>(form.Text("role"), out var role)
            ? RunGroups.SetRoleAsync(handle, member, role, actor, db, ct)
            : RunGroups.RemoveAsync(handle, member, actor, db, ct));
        pages.MapPost("/groups/{handle}/deletion", async (string handle, Actor actor, AccountsDb db, CancellationToken ct) =>
        {
            await EditGroups.DeleteAsync(handle, actor, db, ct);
            return new SeeOther("/groups");
        });
    }

    private static async Task<IResult> ProfileAsync(string handle, HttpContext http, Actor actor, AccountsDb db, IEnumerable<IProfileSection> sections, CancellationToken ct)
    {
        var person = await MemberDirectory.GetAsync(handle, db, ct);
        var card = new MemberCard(person.Id, person.Handle, person.Name, person.AvatarUrl, true);
        var contents = new List<DashboardContent>();
        foreach (var section in sections.OrderBy(s => s.Order))
            if (await section.LoadAsync(card, actor, ct) is { } content)
                contents.Add(content);
        return Forms.Page<PersonPage>(http, new { Person = person, Mine = actor.Is(person.Id), Groups = await ReadGroups.OfAsync(person.Id, actor, db, ct), Sections = contents });
    }

    private static async Task<IResult> ListAsync(string? cursor, HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) => Forms.Page<GroupsPage>(http, new
    {
        Groups = await ReadGroups.ListAsync(null, null, new(null, cursor), actor, db, ct), MayFound = actor.May(EditGroups.Permission),
    });

    private static async Task<IResult> GroupAsync(
        string handle, FormState state, string? cursor, HttpContext http, Actor actor, AccountsDb db, IMembers members, CancellationToken ct)
    {
        var group = await ReadGroups.GetAsync(handle, actor, db, ct);
        var decides = group.MyRole >= GroupRole.Moderator || actor.IsAdministrator;
        return Forms.Page<GroupPage>(http, new
        {
            Group = group,
            People = actor.IsMember ? await ReadGroups.MembersAsync(handle, new(null, cursor), actor, db, members, ct) : null,
            Requests = decides ? await RunGroups.RequestsAsync(handle, actor, db, members, ct) : null,
            SignedIn = actor.IsMember,
            actor.IsAdministrator,
            State = state,
        });
    }

    private static async Task<IResult> FormAsync(string handle, FormState state, HttpContext http, Actor actor, AccountsDb db, CancellationToken ct)
    {
        (await GroupAccess.OfAsync(handle, actor, db, ct)).DemandOwner();
        return Forms.Page<GroupForm>(http, new { Group = await ReadGroups.GetAsync(handle, actor, db, ct), State = state });
    }

    private static Task<IResult> FoundAsync(HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            await EditGroups.FoundAsync(
                new(form.Text("handle"), form.Text("name"), form.Text("about"), Chosen<JoinRule>(form, "join") ?? JoinRule.Open, Chosen<GroupVisibility>(form, "visibility") ?? GroupVisibility.Members),
                actor, db, ct);
            return "/groups/" + Handles.Normal(form.Text("handle"));
        },
        state => Task.FromResult(Forms.Page<GroupForm>(http, new { State = state })));

    private static Task<IResult> ChangeAsync(string handle, HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            await EditGroups.ChangeAsync(
                handle, new(form.Text("name"), form.Text("about"), Chosen<JoinRule>(form, "join"), Chosen<GroupVisibility>(form, "visibility")),
                new Etag(long.TryParse(form.Text("revision"), out var revision) ? revision : null), actor, db, ct);
            return "/groups/" + handle;
        },
        state => FormAsync(handle, state, http, actor, db, ct));

    private static void Act(RouteGroupBuilder pages, string verb, Func<string, IFormCollection, Actor, AccountsDb, IMembers, CancellationToken, Task> act) =>
        pages.MapPost("/groups/{handle}/" + verb, (string handle, HttpContext http, Actor actor, AccountsDb db, IMembers members, CancellationToken ct) => Forms.SendAsync(
            http,
            async form =>
            {
                await act(handle, form, actor, db, members, ct);
                return await ReadGroups.MayKnowAsync(handle, actor, db, ct) ? "/groups/" + handle : "/groups";
            },
            state => GroupAsync(handle, state, null, http, actor, db, members, ct)));

    private static void ActOn(RouteGroupBuilder pages, string path, Func<string, Id<Member>, IFormCollection, Actor, AccountsDb, CancellationToken, Task> act) =>
        pages.MapPost("/groups/{handle}/" + path, (string handle, Id<Member> member, HttpContext http, Actor actor, AccountsDb db, IMembers members, CancellationToken ct) => Forms.SendAsync(
            http,
            async form =>
            {
                await act(handle, member, form, actor, db, ct);
                return "/groups/" + handle;
            },
            state => GroupAsync(handle, state, null, http, actor, db, members, ct)));

    private static TEnum? Chosen<TEnum>(IFormCollection form, string name) where TEnum : struct, Enum => Enum.TryParse<TEnum>(form.Text(name), out var value) ? value : null;
}
