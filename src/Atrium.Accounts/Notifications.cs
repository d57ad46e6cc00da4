namespace Atrium.Accounts;

/// <summary>Kinds of notification that Accounts raises.</summary>
internal static class Notifications
{
    public const string Waiting = "accounts.waiting";
    public const string GroupAsked = "group.asked";
    public const string GroupInvited = "group.invited";
    public const string GroupAdmitted = "group.admitted";
}
