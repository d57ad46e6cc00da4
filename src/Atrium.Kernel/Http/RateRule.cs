using System.Globalization;

namespace Atrium.Kernel.Http;

/// <summary>
/// So many requests of one caller within a window. A house sets its own by <c>RateLimits:{Name}</c>: <c>300</c>, or <c>300/15</c> for another
/// number of minutes; 0 is no limit. <c>RateLimits:On</c> set to false lifts all that are not set.
/// </summary>
/// <param name="Name">As in the settings.</param>
/// <param name="Minutes">How long the window is.</param>
public sealed record RateRule(string Name, int Requests, int Minutes)
{
    private static readonly RateRule Read = new("Read", 1200, 1);
    private static readonly RateRule Write = new("Write", 300, 1);
    private static readonly RateRule Heavy = new("Heavy", 30, 1);
    private static readonly RateRule Secret = new("Secret", 25, 5);
    private static readonly RateRule SignUp = new("SignUp", 5, 30);
    private static readonly RateRule Apps = new("Apps", 5, 5);
    private static readonly RateRule Dav = new("Dav", 600, 1);

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

    /// <summary>Every rule there is.</summary>
    public static IReadOnlyList<RateRule> All { get; } = [Read, Write, Heavy, Dav, Secret, SignUp, Apps, FailedOAuth, Member, Token, Address, Paging];

    /// <summary>The rule of an operation's class; null where nothing is counted.</summary>
    public static RateRule? Of(RateClass rate) => rate switch
    {
        RateClass.Read => Read,
        RateClass.Write => Write,
        RateClass.Heavy => Heavy,
        RateClass.Secret => Secret,
        RateClass.SignUp => SignUp,
        RateClass.Apps => Apps,
        RateClass.Dav => Dav,
        _ => null,
    };

    /// <summary>As it is set: <c>300</c> or <c>300/15</c>; null where that is no limit.</summary>
    public RateRule? As(string set)
    {
        var parts = set.Split('/');
        var minutes = Minutes;
        return parts.Length <= 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var requests)
            && (parts.Length == 1 || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out minutes) && minutes is > 0 and <= 60 * 24 * 366))
            ? this with { Requests = requests, Minutes = minutes } : null;
    }
}
