using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Home;

/// <summary>Invitations to the house.</summary>
internal static class InvitationsAdmin
{
    public static void Map(RouteGroupBuilder admin)
    {
        admin.MapGet("/invitations", ListAsync).Operation("listHouseInvitations", "Lists invitations, newest first", "home:admin", RateClass.Read, "not_found");
        admin.MapPost("/invitations", InviteAsync).Operation("invite", "Makes an invitation; its link is shown this once", "home:admin", RateClass.Write, "not_found");
        admin.MapDelete("/invitations/{id}", WithdrawAsync).Operation("withdrawHouseInvitation", "Withdraws an invitation", "home:admin", RateClass.Write, "not_found");
    }

    public static Task<Slice<InvitationRecord>> ListAsync(int? limit, string? cursor, IMemberAdministration members, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        return members.InvitationsAsync(new(limit, cursor), actor, ct);
    }

    public static Task<InvitationMade> InviteAsync(NewInvitation request, IMemberAdministration members, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        return members.InviteAsync(request, actor, ct);
    }

    public static async Task<NoContent> WithdrawAsync(Id<Invitation> id, IMemberAdministration members, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        await members.WithdrawAsync(id, actor, ct);
        return TypedResults.NoContent();
    }
}
