namespace Atrium.Kernel.Push;

/// <summary>Where one browser can be reached, as its <c>PushSubscription.toJSON()</c> gave it.</summary>
/// <param name="Endpoint">An https address of the browser's push server.</param>
/// <param name="P256dh">The browser's public key: an uncompressed P-256 point, base64url.</param>
/// <param name="Auth">The browser's secret, 16 bytes, base64url.</param>
/// <param name="Draft">It knows only the draft before RFC 8291, <c>aesgcm</c>: relays of older apps do.</param>
public sealed record PushSubscription(string Endpoint, string P256dh, string Auth, bool Draft = false);

/// <summary>What became of a push.</summary>
public enum PushOutcome
{
    /// <summary>The push server took it.</summary>
    Sent,

    /// <summary>The subscription is no more (404, 410) or never was one: forget it.</summary>
    Gone,

    /// <summary>Larger than the push server takes (413): sending it again helps nothing.</summary>
    TooLarge,

    /// <summary>Try again later.</summary>
    Failed,
}

/// <summary>An outcome, and how long the push server asked to wait.</summary>
public sealed record PushResult(PushOutcome Outcome, TimeSpan? RetryAfter = null, string? Detail = null);

/// <summary>How urgently a device should be woken (RFC 8030, 5.3).</summary>
public enum PushUrgency
{
    VeryLow,
    Low,
    Normal,
    High,
}
