using Atrium.Contracts.Accounts;

namespace Atrium.Web;

/// <summary>A person as a list of faces shows them.</summary>
/// <param name="Key">The member's id: their tone.</param>
public sealed record PersonFace(string Name, long Key, string? Picture = null)
{
    public static PersonFace Of(MemberCard member) => new(member.Name, member.Id.Value, member.AvatarUrl);
}
