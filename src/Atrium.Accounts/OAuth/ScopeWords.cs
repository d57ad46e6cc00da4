using Atrium.Kernel.Modules;

namespace Atrium.Accounts.OAuth;

/// <summary>Scopes as people read them.</summary>
internal static class ScopeWords
{
    /// <summary>One line for each of <paramref name="keys"/>.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<string> keys, IEnumerable<ApiScope> known)
    {
        var titles = known.DistinctBy(s => s.Key).ToDictionary(s => s.Key, s => s.Title);
        return [.. keys.Select(k => IdentityScopes.Titles.GetValueOrDefault(k) ?? titles.GetValueOrDefault(k) ?? k).Distinct()];
    }
}
