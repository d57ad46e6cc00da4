namespace Atrium.Accounts.OAuth;

/// <summary>How long what the OAuth server hands out is good for.</summary>
internal static class OAuthLifetimes
{
    public static readonly TimeSpan Code = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan Access = TimeSpan.FromHours(1);

    /// <summary>Of apps that speak Mastodon's API, which know no refreshing: until it is ended.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromDays(36_500);

    public static readonly TimeSpan Identity = TimeSpan.FromMinutes(20);

    /// <summary>From the last use: an app that comes back within it stays allowed.</summary>
    public static readonly TimeSpan Refresh = TimeSpan.FromDays(60);

    /// <summary>In which an app whose two halves refreshed at once is not taken for a thief.</summary>
    public static readonly TimeSpan RefreshLeeway = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan Device = TimeSpan.FromMinutes(15);
}
