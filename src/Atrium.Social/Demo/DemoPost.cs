namespace Atrium.Social;

/// <summary>A post of the demo.</summary>
/// <param name="Key">What answers name it by.</param>
/// <param name="Hours">How long ago.</param>
/// <param name="For">A visibility, or <c>group:</c> and a handle.</param>
/// <param name="Likes">Handles, by spaces.</param>
internal sealed record DemoPost(string Key, string By, double Hours, string Text, string For = "public", string Likes = "", string Boosts = "", string? ReplyTo = null)
{
    public string Spoiler { get; init; } = "";

    public string[] Poll { get; init; } = [];

    /// <summary>Who voted for which answer: <c>ada:0 ben:1</c>.</summary>
    public string Votes { get; init; } = "";

    public DemoPicture[] Pictures { get; init; } = [];

    public bool Pinned { get; init; }
}

/// <summary>A picture that is drawn, so that the demo carries none.</summary>
internal sealed record DemoPicture(string Kind, string Shows);
