namespace Atrium.Contracts.Accounts;

/// <summary>What somebody's role must be given to invite people to the house.</summary>
public static class InvitePermission
{
    public const string Name = "accounts.invite";
}
