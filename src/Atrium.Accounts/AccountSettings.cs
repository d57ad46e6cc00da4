using Atrium.Contracts.Accounts;
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

    public static readonly Setting Name = Setting.Number("accounts.name_characters", "Most characters of a name", 40, 10, 200);
    public static readonly Setting Bio = Setting.Number("accounts.bio_characters", "Most characters of what a member says of themselves", 500, 0, 10_000);
    public static readonly Setting Links = Setting.Number("accounts.links", "Most links and facts on a profile", 6, 0, 30);
    public static readonly Setting Label = Setting.Number("accounts.link_label_characters", "Most characters of the label of a link", 255, 10, 1000);
    public static readonly Setting Value = Setting.Number("accounts.link_characters", "Most characters of a link", 255, 50, 2000);

    public static readonly Setting LeastAge = Setting.Number("accounts.least_age", "Least age of who signs up, in years", 0, 0, 120, "0 asks nobody. The date of birth is checked and not kept.");

    public static readonly Setting Welcome = new("accounts.welcome", "Words above the sign-up form", SettingKind.LongText, "");

    /// <summary>How much a profile holds.</summary>
    public static async ValueTask<ProfileLimits> ProfileAsync(HouseSettings settings, CancellationToken ct)
    {
        async ValueTask<int> Of(Setting setting) => (int)await settings.NumberAsync(setting, ct);
        return new(await Of(Name), await Of(Bio), await Of(Links), await Of(Label), await Of(Value));
    }
}
