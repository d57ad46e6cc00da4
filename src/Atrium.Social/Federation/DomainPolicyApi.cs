using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>What administrators decide about other servers, and see of the exchange with them, by our own API.</summary>
internal static class DomainPolicyApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapApi(SocialDb.Name);
        api.MapGet("federation/domains", (DomainPolicies policies, Actor actor, CancellationToken ct) => policies.AllAsync(actor, ct))
            .Operation("getDomainPolicies", "Lists what was decided about other servers", "admin:read:domain_blocks", RateClass.Read);
        api.MapPut("federation/domains/{domain}", (string domain, DomainPolicyWish wish, DomainPolicies policies, Actor actor, CancellationToken ct) => policies.SetAsync(domain, wish, actor, ct))
            .Operation("setDomainPolicy", "Allows, limits or suspends a server", "admin:write:domain_blocks", RateClass.Write, "invalid");
        api.MapDelete("federation/domains/{domain}", async (string domain, DomainPolicies policies, Actor actor, CancellationToken ct) =>
            {
                await policies.RemoveAsync(domain, actor, ct);
                return TypedResults.NoContent();
            })
            .Operation("removeDomainPolicy", "Takes back what was decided about a server", "admin:write:domain_blocks", RateClass.Write, "not_found");
        api.MapGet("federation", (FederationDesk desk, Actor actor, CancellationToken ct) => desk.ReadAsync(actor, ct))
            .Operation("getFederation", "Shows how the exchange with other servers stands", "admin:read", RateClass.Read);
        api.MapPut("federation", async (FederationWish wish, FederationDesk desk, Actor actor, CancellationToken ct) =>
            {
                await desk.SwitchAsync(wish.Mode, actor, ct);
                return TypedResults.NoContent();
            })
            .Operation("setFederation", "Switches the exchange with other servers", "admin:write", RateClass.Write, "invalid");
        api.MapGet("federation/deliveries", (string? state, int? limit, string? cursor, FederationDesk desk, Actor actor, CancellationToken ct) => desk.DeliveriesAsync(State(state), limit, cursor, actor, ct))
            .Operation("getDeliveries", "Lists what was sent to other servers in the last seven days, or waits", "admin:read", RateClass.Read, "invalid");
        api.MapPost("federation/deliveries/{id}/retry", async (Id<OutgoingDelivery> id, FederationDesk desk, Actor actor, CancellationToken ct) =>
            {
                await desk.RetryAsync(id, actor, ct);
                return TypedResults.Accepted((string?)null);
            })
            .Operation("retryDelivery", "Tries once more what was given up", "admin:write", RateClass.Write, "not_found");
    }

    private static DeliveryState? State(string? text) =>
        string.IsNullOrEmpty(text) ? null : Enum.TryParse<DeliveryState>(text, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : throw Refusal.Invalid("state", "Use due, sent or dead.");
}
