namespace Atrium.Social;

/// <summary>What a film or sound says of itself.</summary>
/// <param name="Width">As shown, in pixels.</param>
/// <param name="FrameRate">As a fraction: <c>30000/1001</c>.</param>
internal sealed record MediaFacts(bool HasVideo, bool HasAudio, int? Width, int? Height, double? Seconds, string? FrameRate);

/// <summary>A film or sound that cannot be taken; the message is for who brought it.</summary>
internal sealed class BadMedia(string message) : Exception(message);
