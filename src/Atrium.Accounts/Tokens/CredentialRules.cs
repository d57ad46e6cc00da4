using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;

namespace Atrium.Accounts.Tokens;

/// <summary>What holds for every key a member makes.</summary>
internal static class CredentialRules
{
    public const int LongestName = 80;

    public static readonly Setting MostKeys = Setting.Number("accounts.keys_most", "Tokens and app passwords a member may have", 50, 0, 10_000, "Of each kind.");

    public static readonly Setting MostApps = Setting.Number("accounts.apps_most", "Apps a member may register", 20, 0, 10_000);

    public static string Name(string? name)
    {
        var trimmed = name?.Trim() ?? "";
        if (trimmed.Length == 0) throw Refusal.Invalid("name", "Say what it is for.", "required");
        if (trimmed.Length > LongestName) throw Refusal.Invalid("name", $"At most {LongestName} letters.", "too_long");
        return trimmed;
    }

    /// <summary>Scopes that exist and that <paramref name="actor"/> may pass on: a token never makes one that may more than itself.</summary>
    public static List<string> Scopes(IReadOnlyCollection<string>? wanted, IEnumerable<ApiScope> known, Actor actor)
    {
        if (wanted is null or { Count: 0 }) throw Refusal.Invalid("scopes", "Choose at least one thing it may do.", "required");
        var keys = known.Select(s => s.Key).ToHashSet();
        foreach (var scope in wanted)
        {
            if (!keys.Contains(scope) && !keys.Any(k => k.StartsWith(scope + ":", StringComparison.Ordinal)))
                throw Refusal.Invalid("scopes", $"There is no scope {scope}.", "unknown_scope");
            if (!actor.HasScope(scope)) throw Refusal.Invalid("scopes", $"This token may not pass on {scope}.", "scope_exceeds_token");
        }

        return [.. wanted.Distinct()];
    }

    public static async Task DemandRoomAsync(Task<int> held, Setting most, HouseSettings settings, CancellationToken ct)
    {
        var limit = await settings.NumberAsync(most, ct);
        if (await held >= limit) throw Refusal.Conflict("limit_reached", $"You have {limit} already. Remove one first.");
    }
}
