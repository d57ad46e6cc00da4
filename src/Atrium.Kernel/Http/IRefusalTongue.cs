using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Http;

/// <summary>Says no in the tongue of one protocol. Registered as a singleton by the module that speaks it.</summary>
public interface IRefusalTongue
{
    /// <summary>Whether an address is the protocol's.</summary>
    bool Speaks(HttpRequest request);

    /// <param name="refusal">Null for a fault of ours.</param>
    Task WriteAsync(HttpContext context, Refusal? refusal, int status);
}

/// <summary>
/// The operation is Mastodon's: counted by member, by token and by address instead of by its class, and <c>X-RateLimit-Reset</c> is an instant
/// (ISO 8601, microseconds), not seconds.
/// </summary>
public sealed record HasMastodonLimits;

/// <summary>The operation keeps its own account of <c>Idempotency-Key</c>, as its protocol wants it.</summary>
public sealed record KeepsIdempotency;
