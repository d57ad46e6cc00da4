namespace Atrium.Kernel;

/// <summary>How OAuth scopes contain each other: <c>tasks:admin</c> ⊃ <c>tasks:write</c> ⊃ <c>tasks:read</c>; a bare name is all of it.</summary>
public static class ScopeRules
{
    public static bool Covers(IReadOnlySet<string> granted, string wanted)
    {
        if (granted.Contains(wanted)) return true;
        var colon = wanted.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return false;
        var area = wanted[..colon];
        return granted.Contains(area) || wanted[(colon + 1)..] switch
        {
            "read" => granted.Contains(area + ":write") || granted.Contains(area + ":admin"),
            "write" => granted.Contains(area + ":admin"),
            _ => false,
        };
    }
}
