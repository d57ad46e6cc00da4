namespace Atrium.Kernel.Http;

/// <summary>The claims from which every edge makes its <see cref="Actor"/>, whatever scheme signed the caller in.</summary>
public static class AtriumClaims
{
    /// <summary>Member id (OpenID Connect Core, 5.1).</summary>
    public const string Subject = "sub";

    public const string Handle = "preferred_username";

    public const string Role = "role";

    public const string TimeZone = "zoneinfo";

    public const string Culture = "locale";

    public const string Session = "sid";

    /// <summary>One claim per granted scope, present (perhaps as <see cref="NoScope"/>) whenever a token signed the caller in.</summary>
    public const string Scope = "atrium:scope";

    public const string NoScope = "-";

    /// <summary>Name of the app or token.</summary>
    public const string Client = "atrium:client";

    /// <summary>The app's own site, where it named one.</summary>
    public const string ClientSite = "atrium:client_site";
}
