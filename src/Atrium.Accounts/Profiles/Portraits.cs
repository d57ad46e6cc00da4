using Atrium.Kernel;

namespace Atrium.Accounts.Profiles;

/// <summary>Addresses of members' pictures. A new picture has a new address, so browsers may keep the old one for ever.</summary>
internal static class Portraits
{
    public static string? UrlOf(Id<Member> member, string? file) => file is null ? null : $"/portraits/{member}/{file}";
}
