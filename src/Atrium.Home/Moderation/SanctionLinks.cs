using System.Security.Cryptography;
using Atrium.Kernel;
using Microsoft.AspNetCore.DataProtection;

namespace Atrium.Home;

/// <summary>The link by which a member reads a sanction and objects to it, also when suspended and unable to sign in.</summary>
internal sealed class SanctionLinks(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("home.sanction_link");

    public string Of(Id<Sanction> id) => $"/sanctions/{id}?key={Uri.EscapeDataString(_protector.Protect(id.ToString()))}";

    /// <summary>Whether <paramref name="key"/> opens this sanction.</summary>
    public bool Opens(Id<Sanction> id, string? key)
    {
        if (string.IsNullOrEmpty(key)) return false;
        try
        {
            return _protector.Unprotect(key) == id.ToString();
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }
}
