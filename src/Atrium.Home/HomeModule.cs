using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel.Http;
using Atrium.Kernel.Live;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Operations;
using Atrium.Kernel.Outbox;
using Atrium.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atrium.Home;

/// <summary>The room that belongs to all the others: dashboard, inbox, search, moderation, administration, webhooks, exports.</summary>
public sealed class HomeModule : IModule
{
    public string Name => HomeDb.Name;

    public void Register(ModuleBuilder module)
    {
        module.Database<HomeDb, SqliteHomeDb, PostgresHomeDb>();
        module.Scope("home:read", "See your inbox, your dates and what you may find")
            .Scope("home:write", "Mark your inbox read, change how you are told, report things")
            .Scope("home:moderate", "Moderate the house")
            .Scope("home:admin", "Administer the house");
        HomeKinds.Register(module);
        module.Things<CaseThings>().Things<ReportThings>().Things<SanctionThings>().Things<WebhookThings>().Things<ExportThings>();

        module.On<NotificationRaised, DeliverNotification>()
            .On<NotificationWithdrawn, WithdrawNotification>().On<MemberBlocked, WithdrawNotification>().On<MemberMuted, WithdrawNotification>()
            .On<RoomRead, ReadRoom>()
            .On<ReviewRequested, HoldForReview>()
            .On<WebhookEvent, FanOutWebhookEvent>()
            .On<MemberErased, EraseMember>();
        module.Effect<NoticeMailDue, MailNotice>()
            .Effect<NoticePushDue, PushNotice>().Effect<NoticePushAgain, PushNotice>()
            .Effect<DigestDue, MailDigest>()
            .Effect<AwayMailDue, MailAway>()
            .Effect<HidingDue, HideInRoom>()
            .Effect<SuspensionDue, CarryOutSuspension>().Effect<MeasureDue, MeasureInRoom>()
            .Effect<WebhookDue, PostWebhook>();
        module.Recurring<SendDigests>("*/15 * * * *").Recurring<PruneHome>("41 3 * * *").Recurring<ExpireExports>("23 * * * *");
        module.PersonalExport<ExportHome>().Demo<DemoHome>();

        var services = module.Services;
        services.AddSingleton<NotificationKinds>();
        services.TryAddSingleton<HouseAddress>();
        services.AddSingleton<MailLinks>();
        services.AddSingleton<SanctionLinks>();
        services.AddScoped<Things>();
        services.AddScoped<Visible>().AddScoped<Waiting>().AddScoped<WaitingLetter>();
        services.AddScoped<Agenda>();
        services.AddScoped<LoadDashboard>();
        services.AddScoped<ModerationPages.Desk>();
        services.AddScoped<CaseOpening>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<OutboxDesk>();
        services.AddScoped<IOperationHandler, WriteExport>();
        services.AddScoped<IModeration, ModerationDoor>();
        services.AddScoped<ITopicRule, InboxTopic>();
        services.AddScoped<IShellPart, InboxShell>();
        services.AddSingleton(new SettingsTab("Notifications", "/settings/notifications", 60));
        services.AddSingleton(new SettingsTab("Webhooks", "/settings/webhooks", 70));
        services.AddSingleton(new SettingsTab("Your data", "/settings/data", 80));
    }

    public void Map(IEndpointRouteBuilder app)
    {
        HomeApi.Map(app);
        HomePages.Map(app);
    }
}
