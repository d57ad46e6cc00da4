using Atrium.Accounts.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Atrium.Accounts.Passwords;

/// <summary>Hashes passwords by Identity's format (PBKDF2, HMAC-SHA-512) and checks them in equal time whether there is an account or not.</summary>
internal sealed class PasswordBook
{
    /// <summary>As OWASP advises for PBKDF2-HMAC-SHA512; a test house may say less by <c>Accounts:PasswordIterations</c>.</summary>
    private const int Iterations = 220_000;

    private readonly PasswordHasher<Account> _hasher;
    private readonly Lazy<string> _nobody;

    public PasswordBook(IConfiguration configuration)
    {
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = configuration.GetValue("Accounts:PasswordIterations", Iterations) }));
        _nobody = new(() => Hash("nobody has this password"));
    }

    // Identity's hasher does not look at the account.
    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>Whether <paramref name="password"/> is the account's. Costs the same for an account that is not there.</summary>
    /// <param name="newer">A hash by today's count of rounds, to be kept instead; or null.</param>
    public bool Verify(Account? account, string password, out string? newer)
    {
        var result = _hasher.VerifyHashedPassword(null!, account?.PasswordHash ?? _nobody.Value, password);
        newer = account?.PasswordHash is not null && result == PasswordVerificationResult.SuccessRehashNeeded ? Hash(password) : null;
        return account?.PasswordHash is not null && result != PasswordVerificationResult.Failed;
    }
}
