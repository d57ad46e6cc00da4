using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>What administrators decide about other servers, by our own API.</summary>
internal static class DomainPolicyApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapApi(SocialDb.Name);
        api.MapGet("federation/policies", (DomainPolicies policies, Actor actor, CancellationToken ct) => policies.AllAsync(actor, ct))
            .Operation("getDomainPolicies", "Lists what was decided about other servers", "admin:read:domain_blocks", RateClass.Read);
        api.MapPut("federation/policies/{domain}", (string domain, DomainPolicyWish wish, DomainPolicies policies, Actor actor, CancellationToken ct) => policies.SetAsync(domain, wish, actor, ct))
            .Operation("setDomainPolicy", "Allows, limits or suspends a server", "admin:write:domain_blocks", RateClass.Write, "invalid");
        api.MapDelete("federation/policies/{domain}", async (string domain, DomainPolicies policies, Actor actor, CancellationToken ct) =>
            {
                await policies.RemoveAsync(domain, actor, ct);
                return TypedResults.NoContent();
            })
            .Operation("removeDomainPolicy", "Takes back what was decided about a server", "admin:write:domain_blocks", RateClass.Write, "not_found");
    }
}
