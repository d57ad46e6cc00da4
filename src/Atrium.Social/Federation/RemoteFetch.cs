using Atrium.Kernel.Outbound;

namespace Atrium.Social;

/// <summary>
/// Fetches objects of other servers, signed by the house's own actor. What comes back is believed only about itself: its id lies where it was
/// fetched from, and it is of a type that no upload is served as.
/// </summary>
internal sealed class RemoteFetch(OutboundHttp http, OutboundOptions options, FederationGate gate, AccountKeys keys, TimeProvider clock)
{
    private const int BodyCap = 1 << 20;

    /// <summary>An object by its id, or by an address that leads to it. Null when there is none to be believed.</summary>
    /// <exception cref="OutboundFailure">It could not be fetched.</exception>
    public async Task<ApNode?> ObjectAsync(string address, CancellationToken ct)
    {
        if (await GetAsync(address, ct) is not { Id: { } id } node) return null;
        if (SameAddress(id, address)) return node;
        // A page, or another name of the object: only what lies under its own id counts.
        return gate.DomainOf(id) == gate.DomainOf(address) && await GetAsync(id, ct) is { } own && own.Id == id ? own : null;
    }

    /// <summary>The actor that a handle names.</summary>
    /// <returns>Its id, or null.</returns>
    public async Task<string?> FingerAsync(string user, string domain, CancellationToken ct)
    {
        if (!await gate.MayAsync(domain, ct)) return null;
        var answer = await http.GetAsync($"{gate.Scheme}://{domain}/.well-known/webfinger?resource={Uri.EscapeDataString($"acct:{user}@{domain}")}", "application/jrd+json, application/json", BodyCap, ct);
        if (!answer.IsSuccess || ApNode.Parse(answer.Body) is not { } found) return null;
        return found.Objects("links").Where(l => l.Text("rel") == "self" && l.Text("type") is { } type && (type == Ap.Type || type.StartsWith(Ap.LinkedType, StringComparison.Ordinal)))
            .Select(l => l.Text("href")).FirstOrDefault();
    }

    private async Task<ApNode?> GetAsync(string address, CancellationToken ct)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var target) || !await gate.MayAsync(gate.DomainOf(address), ct)) return null;
        target = new(target.GetLeftPart(UriPartial.Query));
        var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Accept.ParseAdd(Ap.Accept);
        var key = await keys.OfAsync(await keys.InstanceAsync(ct), ct);
        foreach (var (name, value) in Cavage.Sign("GET", target, null, null, key, clock.GetUtcNow())) request.Headers.TryAddWithoutValidation(name, value);
        var answer = await http.SendAsync(request, Math.Min(BodyCap, options.BodyCap), ct);
        var type = answer.ContentHeaders.ContentType;
        if (!answer.IsSuccess || !Ap.IsActivityType(answer.MediaType, type?.ToString())) return null;
        if (ApNode.Parse(answer.Body) is not { Id: { } id } node) return null;
        // The server that answered in the end speaks for itself, and for nobody else.
        var domain = answer.Address.Authority.ToLowerInvariant();
        return gate.DomainOf(id) == domain && await gate.MayAsync(domain, ct) ? node : null;
    }

    private static bool SameAddress(string id, string address) => id == address || id.Split('#')[0] == address.Split('#')[0];
}
