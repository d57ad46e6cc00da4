using System.Text.Json;
using Atrium.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Atrium.Accounts.SigningIn;

/// <summary>Half a sign-in: the password was right, the second factor is still to come. Kept in a sealed cookie of ten minutes.</summary>
internal sealed record PendingSignIn(Id<Member> Member, bool Remember, string? Next)
{
    private const string Cookie = "atrium-pending";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public void Keep(HttpContext http, IDataProtectionProvider protection) => SealedCookie.Write(http, Cookie, Sealer(protection).Protect(JsonSerializer.Serialize(this), Life));

    public static PendingSignIn? Read(HttpContext http, IDataProtectionProvider protection) =>
        SealedCookie.Read(http, Cookie, Sealer(protection)) is { } text ? JsonSerializer.Deserialize<PendingSignIn>(text) : null;

    public static void Forget(HttpContext http) => SealedCookie.Delete(http, Cookie);

    private static ITimeLimitedDataProtector Sealer(IDataProtectionProvider protection) => protection.CreateProtector("Atrium.PendingSignIn").ToTimeLimitedDataProtector();
}
