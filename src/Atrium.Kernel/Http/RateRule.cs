namespace Atrium.Kernel.Http;

/// <summary>
/// So many requests of one caller within a window. A house sets its own by <c>RateLimits:{Name}</c>: <c>300</c>, or <c>300/15</c> for another
/// number of minutes; 0 is no limit. <c>RateLimits:On</c> set to false lifts all that are not set.
/// </summary>
/// <param name="Name">As in the settings.</param>
/// <param name="Minutes">How long the window is.</param>
public sealed record RateRule(string Name, int Requests, int Minutes)
{
    /// <summary>What a member asks for by Mastodon's API, with all their apps together.</summary>
    public static RateRule Member { get; } = new("Member", 1500, 5);

    /// <summary>What one app of a member asks for by Mastodon's API.</summary>
    public static RateRule Token { get; } = new("Token", 300, 5);

    /// <summary>What an address asks for by Mastodon's API without signing in.</summary>
    public static RateRule Address { get; } = new("Address", 300, 5);

    /// <summary>Pages beyond the first, without signing in: they are how a house is copied.</summary>
    public static RateRule Paging { get; } = new("Paging", 300, 15);

    /// <summary>Secrets and codes of apps that are not what they say.</summary>
    public static RateRule FailedOAuth { get; } = new("FailedOAuth", 10, 10);

    /// <summary>The rule of an operation's class; null where nothing is counted.</summary>
    public static RateRule? Of(RateClass rate) => Classes[(int)rate];

    private static readonly RateRule?[] Classes = [.. Enum.GetValues<RateClass>().Select(c => c switch
    {
        RateClass.Read => new RateRule(nameof(RateClass.Read), 1200, 1),
        RateClass.Write => new(nameof(RateClass.Write), 300, 1),
        RateClass.Heavy => new(nameof(RateClass.Heavy), 30, 1),
        RateClass.Secret => new(nameof(RateClass.Secret), 25, 5),
        RateClass.SignUp => new(nameof(RateClass.SignUp), 5, 30),
        RateClass.Apps => new(nameof(RateClass.Apps), 5, 5),
        RateClass.Dav => new(nameof(RateClass.Dav), 600, 1),
        _ => null,
    })];
}
