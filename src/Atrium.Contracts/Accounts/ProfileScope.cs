namespace Atrium.Contracts.Accounts;

/// <summary>
/// The scope that an actor has whose app was granted OpenID Connect's <c>profile</c>: it may know who the member is. Its name differs, since
/// <c>profile</c> would contain <c>profile:write</c>.
/// </summary>
public static class ProfileScope
{
    public const string Name = "openid_profile";
}
