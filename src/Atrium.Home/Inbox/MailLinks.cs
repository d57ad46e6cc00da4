using System.Security.Cryptography;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.DataProtection;

namespace Atrium.Home;

/// <summary>What the link in a mail may do without signing in, and for whom.</summary>
/// <param name="Act"><c>mute</c> a cause, or <c>stop</c> mail of a kind.</param>
internal sealed record SignedAct(string Act, Id<Member> Member, string What);

/// <summary>Makes and reads the links under a mail that act by one click: signed by a key outside the database, good for 90 days.</summary>
internal sealed class MailLinks(IDataProtectionProvider protection, HouseAddress house)
{
    public const string Path = "/inbox/mail-link";
    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("home.mail_link").ToTimeLimitedDataProtector();

    public Uri Mute(Id<Member> member, Thing cause) => To("mute", member, cause.ToString());

    public Uri Stop(Id<Member> member, string kind) => To("stop", member, kind);

    /// <exception cref="Refusal">Not found: not one of ours, or too old.</exception>
    public SignedAct Read(string? key)
    {
        try
        {
            var parts = _protector.Unprotect(key ?? "").Split(' ', 3);
            return new(parts[0], Id<Member>.Parse(parts[1]), parts[2]);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw Refusal.NotFound("This link is not one of ours, or it is older than 90 days.");
        }
    }

    private Uri To(string act, Id<Member> member, string what) =>
        house.Of($"{Path}?key={Uri.EscapeDataString(_protector.Protect($"{act} {member} {what}", Life))}");
}
