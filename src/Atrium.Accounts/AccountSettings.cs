using Atrium.Kernel.Settings;

namespace Atrium.Accounts;

/// <summary>What the administrator can set about who comes in.</summary>
internal static class AccountSettings
{
    public const string Open = "open";
    public const string ByInvitation = "invitation";
    public const string ByApproval = "approval";
    public const string Closed = "closed";

    public static readonly Setting SignUp = new(
        "accounts.sign_up", "Who may sign up", SettingKind.Choice, ByInvitation, "An invitation works in every way but the last.",
        [(Open, "Everyone"), (ByInvitation, "Those who were invited"), (ByApproval, "Everyone, once an administrator agrees"), (Closed, "Nobody")]);

    public static readonly Setting Welcome = new("accounts.welcome", "Words above the sign-up form", SettingKind.LongText, "");
}
