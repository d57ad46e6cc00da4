using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>Accounts kept in memory of their members, by our own API: for administrators.</summary>
internal static class MemorialApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var memorials = app.MapApi(SocialDb.Name).MapGroup("memorials");
        memorials.MapGet("", (RememberAccount remember, Actor actor, CancellationToken ct) => remember.AllAsync(actor, ct)).Operation("listMemorials", "Lists the accounts kept in memory of their members", "admin:read", RateClass.Read, "not_found");
        memorials.MapPut("{id}", (Id<Account> id, RememberAccount remember, Actor actor, CancellationToken ct) => remember.HandleAsync(id, actor, ct))
            .Operation("rememberAccount", "Keeps an account in memory of its member: it stays as it is, and nobody signs in to it", "admin:write", RateClass.Write, "not_found", "own_account", "last_administrator");
        memorials.MapDelete("{id}", async Task<NoContent> (Id<Account> id, RememberAccount remember, Actor actor, CancellationToken ct) =>
        {
            await remember.UndoAsync(id, actor, ct);
            return TypedResults.NoContent();
        }).Operation("forgetMemorial", "Gives an account back to its member", "admin:write", RateClass.Write, "not_found");
    }
}
