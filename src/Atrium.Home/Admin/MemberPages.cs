using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Atrium.Home.PageAnswers;

namespace Atrium.Home;

/// <summary><c>/admin/members</c> and <c>/admin/invitations</c>.</summary>
internal static class MemberPages
{
    public static void Map(RouteGroupBuilder admin)
    {
        admin.MapGet("/members", (string? q, AccountState? state, string? cursor, IMemberAdministration members, Actor actor, CancellationToken ct) =>
            ListAsync(FormState.Fresh, q, state, cursor, members, actor, ct));
        admin.MapPost("/members/{id:long}", ActAsync);
        admin.MapGet("/invitations", (string? cursor, IMemberAdministration members, Actor actor, CancellationToken ct) => InvitationsAsync(FormState.Fresh, null, cursor, members, actor, ct));
        admin.MapPost("/invitations", InviteAsync);
        admin.MapPost("/invitations/{id:long}/withdraw", async (Id<Invitation> id, IMemberAdministration members, Actor actor, CancellationToken ct) =>
        {
            await InvitationsAdmin.WithdrawAsync(id, members, actor, ct);
            return SeeOther("/admin/invitations");
        });
    }

    private static async Task<IResult> ListAsync(FormState form, string? q, AccountState? state, string? cursor, IMemberAdministration members, Actor actor, CancellationToken ct) => Show<MembersPage>(
        new { Form = form, Q = q, Chosen = state, Members = await MembersAdmin.ListAsync(q, state, null, null, cursor, members, actor, ct) }, form);

    private static Task<IResult> ActAsync(Id<Member> id, HttpRequest request, IMemberAdministration members, Actor actor, CancellationToken ct) => TryAsync(
        request,
        async form =>
        {
            switch (form["act"].ToString())
            {
                case "approve": await MembersAdmin.ApproveAsync(id, members, actor, ct); break;
                case "reject": await MembersAdmin.RejectAsync(id, members, actor, ct); break;
                case "suspend": await MembersAdmin.SuspendAsync(id, new(form.Text("reason")), members, actor, ct); break;
                case "restore": await MembersAdmin.RestoreAsync(id, members, actor, ct); break;
                case "role": await MembersAdmin.SetRoleAsync(id, new(form.Choice<Role>("role")), members, actor, ct); break;
                default: throw Refusal.Invalid("act", "Choose what to do.");
            }

            return SeeOther(form.Text("back") ?? "/admin/members");
        },
        state => ListAsync(state, null, null, null, members, actor, ct));

    private static async Task<IResult> InvitationsAsync(FormState state, string? link, string? cursor, IMemberAdministration members, Actor actor, CancellationToken ct) => Show<InvitationsPage>(
        new { State = state, Link = link, Invitations = await InvitationsAdmin.ListAsync(null, cursor, members, actor, ct) }, state);

    private static Task<IResult> InviteAsync(HttpRequest request, IMemberAdministration members, Actor actor, CancellationToken ct) => TryAsync(
        request,
        async form =>
        {
            var made = await InvitationsAdmin.InviteAsync(new(form.Choice<Role>("role"), form.Number("uses") ?? 1, form.Number("days") ?? 14, form.Text("email"), form.Text("note")), members, actor, ct);
            // The link can be read this once: it is shown in the answer itself.
            return await InvitationsAsync(FormState.Fresh, made.Link, null, members, actor, ct);
        },
        state => InvitationsAsync(state, null, null, members, actor, ct));
}
