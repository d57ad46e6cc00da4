using System.Collections.Frozen;
using Atrium.Kernel;

namespace Atrium.Accounts.OAuth.Apps;

/// <summary>Addresses to which an app may have its members sent back (RFC 9700, 4.1; RFC 8252, 7).</summary>
internal static class RedirectRules
{
    private const int Most = 10;
    private const int Longest = 500;

    private static readonly FrozenSet<string> NeverSchemes = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "javascript", "vbscript", "data", "file", "blob", "about", "ftp", "ws", "wss", "mailto", "tel", "view-source", "filesystem");

    /// <summary>The addresses as they are kept: a loopback one without its port, since a native app takes whichever is free.</summary>
    /// <exception cref="Refusal">Invalid, naming <paramref name="field"/>.</exception>
    public static IReadOnlyList<Uri> Check(IReadOnlyCollection<string>? addresses, string field)
    {
        if (addresses is null) return [];
        if (addresses.Count > Most) throw Refusal.Invalid(field, $"At most {Most} addresses.", "too_many");
        return [.. addresses.Select(a => Check(a.Trim(), field)).DistinctBy(u => u.OriginalString)];
    }

    private static Uri Check(string address, string field)
    {
        // A bare path is an absolute file address to some systems.
        if (address.Length > Longest || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || !address.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase))
            throw Refusal.Invalid(field, $"“{address}” is not a full address.", "invalid_uri");
        if (uri.Fragment.Length > 0) throw Refusal.Invalid(field, $"“{address}” has a part after #, which is not sent.", "fragment");
        if (uri.UserInfo.Length > 0 || address.Contains('*')) throw Refusal.Invalid(field, $"“{address}” must be the exact address.", "invalid_uri");
        if (NeverSchemes.Contains(uri.Scheme)) throw Refusal.Invalid(field, $"{uri.Scheme}: addresses are not taken.", "scheme");
        if (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme is not "http") return new(address);
        if (!uri.IsLoopback) throw Refusal.Invalid(field, $"“{address}” must begin with https://; plain http is for apps on the member's own device.", "insecure");
        return new(uri.IsDefaultPort ? address : new UriBuilder(uri) { Port = -1 }.Uri.AbsoluteUri);
    }

    /// <summary>Whether an app with these addresses runs on the member's own device.</summary>
    public static bool IsNative(IEnumerable<Uri> addresses) => addresses.Any(a => a.IsLoopback || a.Scheme is not ("http" or "https"));
}
