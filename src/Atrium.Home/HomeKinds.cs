using Atrium.Contracts.Home;
using Atrium.Kernel.Modules;

namespace Atrium.Home;

/// <summary>The notifications that Home itself raises.</summary>
internal static class HomeKinds
{
    public const string CaseOpened = "home.case_opened";
    public const string ReportOutcome = "home.report_outcome";
    public const string Sanctioned = "home.sanctioned";
    public const string Appealed = "home.appealed";
    public const string AppealDecided = "home.appeal_decided";
    public const string WebhookDisabled = "home.webhook_disabled";
    public const string ExportReady = "home.export_ready";

    public static void Register(ModuleBuilder module) => module
        .Notification(CaseOpened, "Something waits for a moderator", "you moderate the house", Channels.Inbox | Channels.Mail)
        .Notification(Appealed, "A member objects to a sanction", "you moderate the house", Channels.Inbox)
        .Notification(ReportOutcome, "What you reported was looked at", "you reported it", Channels.Inbox)
        .Notification(Sanctioned, "Moderators warned you or acted on something of yours", "it concerns your account", Channels.Inbox | Channels.Mail | Channels.Push, always: Channels.Inbox | Channels.Mail)
        .Notification(AppealDecided, "Your objection was decided", "you objected", Channels.Inbox | Channels.Mail)
        .Notification(WebhookDisabled, "A webhook of yours was switched off", "it is your webhook", Channels.Inbox | Channels.Mail)
        .Notification(ExportReady, "Your export is ready", "you asked for it", Channels.Inbox | Channels.Mail);
}
