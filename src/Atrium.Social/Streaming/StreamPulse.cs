namespace Atrium.Social;

/// <summary>How a WebSocket that is silent is known to be alive: it is pinged, and closed where nothing answers.</summary>
/// <param name="Ping">After so much silence.</param>
/// <param name="Patience">For the answer.</param>
internal sealed record StreamPulse(TimeSpan Ping, TimeSpan Patience)
{
    public static StreamPulse Usual { get; } = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
}
