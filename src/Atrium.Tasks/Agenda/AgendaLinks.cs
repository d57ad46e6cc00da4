using System.Security.Cryptography;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.DataProtection;

namespace Atrium.Tasks;

/// <summary>The link under an agenda that ends them by one click, without signing in: signed by a key outside the database.</summary>
internal sealed class AgendaLinks(IDataProtectionProvider protection, HouseAddress house)
{
    public const string Path = "/tasks/agenda/stop";

    private readonly IDataProtector _protector = protection.CreateProtector("tasks.agenda_stop");

    public Uri Stop(Id<Member> member) => house.Of($"{Path}?key={Uri.EscapeDataString(_protector.Protect(member.ToString()))}");

    /// <exception cref="Refusal">Not found: not one of ours.</exception>
    public Id<Member> Read(string? key)
    {
        try
        {
            return Id<Member>.Parse(_protector.Unprotect(key ?? ""));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw Refusal.NotFound("This link is not one of ours.");
        }
    }
}
