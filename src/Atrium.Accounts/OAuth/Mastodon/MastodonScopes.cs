using Atrium.Accounts.OAuth.Apps;

namespace Atrium.Accounts.OAuth.Mastodon;

/// <summary>How the scopes of Mastodon's apps contain each other: <c>read</c> holds all <c>read:…</c>; <c>follow</c>, of old, six of them.</summary>
internal static class MastodonScopes
{
    public const string Default = "read";

    private static readonly string[] Follow = ["read:blocks", "write:blocks", "read:follows", "write:follows", "read:mutes", "write:mutes"];

    public static IReadOnlyList<string> Split(string? scopes) => (scopes ?? "").Split([' ', '+', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What an actor with these may do: <c>follow</c> spelt out, and <c>profile</c> under a name that opens nothing else.</summary>
    public static IEnumerable<string> Spell(IEnumerable<string> scopes) => scopes.SelectMany(s => s switch
    {
        "follow" => Follow.Append("follow"),
        "profile" => [Contracts.Accounts.ProfileScope.Name],
        _ => [s],
    });

    /// <summary>The first of <paramref name="asked"/> that an app may not have, or null.</summary>
    public static string? Beyond(OpeniddictApplication app, IReadOnlyCollection<string> asked)
    {
        if (app.AskedScopes is null) return null;
        var held = Spell(Split(app.AskedScopes)).ToHashSet();
        return asked.FirstOrDefault(wanted => !Spell([wanted]).All(w => held.Any(h => w == h || w.StartsWith(h + ":", StringComparison.Ordinal))));
    }
}
