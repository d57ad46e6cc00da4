using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;

namespace Atrium.Accounts.Passwords;

/// <summary>What a password must be: long enough, and not one that everybody tries first. No rules about kinds of characters.</summary>
internal sealed class PasswordRules(BreachedPasswords breached, HouseSettings settings)
{
    public const int Shortest = 10;
    public const int Longest = 200;

    /// <summary>What is wrong with <paramref name="password"/>, or null.</summary>
    /// <param name="own">Words that stand for the member: handle, address, name.</param>
    public async ValueTask<FieldError?> FaultAsync(string? password, IEnumerable<string?> own, CancellationToken ct, string field = "password")
    {
        if (password is null || password.Length < Shortest) return new(field, $"A password has at least {Shortest} characters.", "too_short");
        if (password.Length > Longest) return new(field, $"A password has at most {Longest} characters.", "too_long");
        var words = own.Append(await settings.TextAsync(KernelModule.HouseName, ct)).Append("atrium");
        if (IsMadeOf(password, words)) return new(field, "That is your name or the house's with a few characters added. Others would try it.", "too_easy");
        return breached.Contains(password) ? new(field, "That password is on lists that attackers try first.", "breached") : null;
    }

    // Without the words that everyone could guess, too little is left.
    private static bool IsMadeOf(string password, IEnumerable<string?> words)
    {
        var left = password.ToLowerInvariant();
        foreach (var word in words.SelectMany(w => (w ?? "").ToLowerInvariant().Split([' ', '@', '.', '_', '-'], StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length >= 3))
            left = left.Replace(word, "", StringComparison.Ordinal);
        return left.Length < password.Length && left.Count(char.IsLetter) < 4;
    }
}
