namespace Atrium.Accounts.SigningIn;

/// <summary>How long a session lasts.</summary>
internal static class SessionLife
{
    /// <summary>With “Stay signed in”.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>Without: the cookie ends with the browser, the session at the latest after this.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromHours(12);

    /// <summary>How fresh the proof must be for a dangerous act.</summary>
    public static readonly TimeSpan Proof = TimeSpan.FromMinutes(10);
}
