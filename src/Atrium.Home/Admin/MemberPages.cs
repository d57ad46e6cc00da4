using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Atrium.Home.PageAnswers;

namespace Atrium.Home;

/// <summary><c>/admin/members</c> and <c>/admin/invitations</c>: pages over Accounts' door, which has the API and decides.</summary>
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
            await members.WithdrawAsync(id, actor, ct);
            return SeeOther("/admin/invitations");
        });
    }

    private static async Task<IResult> ListAsync(FormState form, string? q, AccountState? state, string? cursor, IMemberAdministration members, Actor actor, CancellationToken ct) => Show<MembersPage>(
        new
        {
            Form = form, Q = q, Chosen = state,
            Members = await members.ListAsync(new(string.IsNullOrWhiteSpace(q) ? null : q.Trim(), state), new(null, cursor), actor, ct),
            Counts = await members.CountsAsync(actor, ct),
        },
        form);

    private static Task<IResult> ActAsync(Id<Member> id, HttpRequest request, IMemberAdministration members, Actor actor, CancellationToken ct) => TryAsync(
        request,
        async form =>
        {
            switch (form["act"].ToString())
            {
                case "approve": await members.ApproveAsync(id, actor, ct); break;
                case "reject": await members.RejectAsync(id, actor, ct); break;
                case "suspend": await members.SuspendAsync(id, form.Text("reason"), actor, ct); break;
                case "delete": await members.DeleteAsync(id, actor, ct); break;
                case "restore": await members.RestoreAsync(id, actor, ct); break;
                case "role": await members.SetRoleAsync(id, form.Choice<Role>("role"), actor, ct); break;
                default: throw Refusal.Invalid("act", "Choose what to do.");
            }

            return SeeOther(form.Text("back") ?? "/admin/members");
        },
        state => ListAsync(state, null, null, null, members, actor, ct));

    private static async Task<IResult> InvitationsAsync(FormState state, string? link, string? cursor, IMemberAdministration members, Actor actor, CancellationToken ct) => Show<InvitationsPage>(
        new { State = state, Link = link, Invitations = await members.InvitationsAsync(new(null, cursor), actor, ct) }, state);

    private static Task<IResult> InviteAsync(HttpRequest request, IMemberAdministration members, Actor actor, CancellationToken ct) => TryAsync(
        request,
        async form =>
        {
            var made = await members.InviteAsync(new(form.Choice<Role>("role"), form.Number("uses") ?? 1, form.Number("days") ?? 14, form.Text("email"), form.Text("note")), actor, ct);
            // The link can be read this once: it is shown in the answer itself.
            return await InvitationsAsync(FormState.Fresh, made.Link, null, members, actor, ct);
        },
        state => InvitationsAsync(state, null, null, members, actor, ct));
}
