using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Atrium.Kernel;

namespace Atrium.Accounts.Model;

/// <summary>What a handle may be: 1 to 30 of a–z, 0–9 and _, and none that an address of the house or a pretender would want.</summary>
internal static partial class Handles
{
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "about", "account", "accounts", "actor", "admin", "administrator", "all", "anonymous", "api", "atrium", "blog", "chat", "community", "dav", "docs", "events",
        "everyone", "everybody", "explore", "feed", "feeds", "former_member", "ghost", "groups", "help", "here", "home", "house", "inbox", "info", "jobs", "join",
        "live", "login", "logout", "mail", "mcp", "me", "member", "members", "moderator", "moderators", "music", "new", "news", "nobody", "nodeinfo", "noreply", "null",
        "oauth", "official", "openapi", "outbox", "owner", "postmaster", "privacy", "public", "recipes", "rest", "root", "s", "search", "security", "self", "settings",
        "setup", "shop", "sign_in", "sign_up", "social", "staff", "support", "surveys", "system", "tags", "tasks", "team", "terms", "ui", "undefined", "user", "users",
        "webmaster", "well_known", "www", "you",
    }.ToFrozenSet();

    /// <summary>The handle as it is kept. A leading @ and upper case are forgiven.</summary>
    public static string Normal(string? typed) => (typed ?? "").Trim().TrimStart('@').ToLowerInvariant();

    /// <summary>What is wrong with a normal handle, or null.</summary>
    public static FieldError? Fault(string handle)
    {
        if (handle.Length == 0) return new("handle", "Choose a handle.", "required");
        if (!Shape().IsMatch(handle)) return new("handle", "A handle has 1 to 30 letters a–z, digits and _.", "malformed");
        return Reserved.Contains(handle) ? new("handle", "That handle is kept for the house.", "reserved") : null;
    }

    public static readonly FieldError Taken = new("handle", "That handle is taken.", "taken");

    [GeneratedRegex("^[a-z0-9_]{1,30}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Shape();
}
