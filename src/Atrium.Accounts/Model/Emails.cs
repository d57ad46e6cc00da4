using Atrium.Kernel;

namespace Atrium.Accounts.Model;

/// <summary>What passes for an e-mail address. Whether it works is found out by writing to it.</summary>
internal static class Emails
{
    private const int Longest = 254;

    /// <summary>The address as it is compared.</summary>
    public static string Key(string? typed) => (typed ?? "").Trim().ToLowerInvariant();

    /// <summary>What is wrong with a typed address, or null.</summary>
    public static FieldError? Fault(string? typed)
    {
        var address = (typed ?? "").Trim();
        if (address.Length == 0) return new("email", "Enter your e-mail address.", "required");
        var at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1 || address.IndexOf('@') != at) return new("email", "An address looks like name@example.org.", "malformed");
        if (address.Length > Longest || address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>' or '"' or '\\' or '(' or ')'))
            return new("email", "That address has a character that addresses do not have.", "malformed");
        var host = address[(at + 1)..];
        if (!host.Contains('.')) return new("email", "That address has no ending, such as .org.", "malformed");
        return host.StartsWith('.') || host.EndsWith('.') || host.Contains("..", StringComparison.Ordinal) ? new("email", "An address looks like name@example.org.", "malformed") : null;
    }
}
