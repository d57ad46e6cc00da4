using Atrium.Contracts.Accounts;
using Atrium.Contracts.Social;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social;

/// <summary>The community's timeline, spoken as Mastodon's API, and the comment thread of the whole house.</summary>
public sealed partial class SocialModule : IModule
{
    public string Name => SocialDb.Name;

    public void Register(ModuleBuilder module)
    {
        module.Database<SocialDb, SqliteSocialDb, PostgresSocialDb>();
        module.Setting(SocialLimits.Characters);
        MastodonScopes.Register(module);
        NoticeKinds.Register(module);
        module.On<FanOutDue, FanOut>().On<ScheduleDue, ScheduleStatus>();
        module.Effect<MemberJoined, KeepAccount>().On<MemberProfileChanged, KeepAccount>();

        var services = module.Services;
        services.AddSingleton<KnownAccounts>().AddSingleton<HomeVisits>().AddSingleton<IRefusalTongue, MastodonTongue>();
        services.AddScoped<Viewers>().AddScoped<LocalAccounts>().AddScoped<Wire>().AddScoped<EntityWriter>();
        services.AddScoped<StatusReader>().AddScoped<MarkReader>().AddScoped<ThreadReader>().AddScoped<HistoryReader>().AddScoped<AccountReader>().AddScoped<Timelines>().AddScoped<HomeVisit>();
        services.AddScoped<NamedAccounts>().AddScoped<StatusDraft>().AddScoped<StatusParts>().AddScoped<Notifier>();
        services.AddScoped<PublishStatus>().AddScoped<EditStatus>().AddScoped<DeleteStatus>().AddScoped<BoostStatus>().AddScoped<MarkStatus>().AddScoped<ScheduleStatus>();
        services.AddScoped<FollowAccount>().AddScoped<BlockAccount>().AddScoped<MuteAccount>().AddScoped<IRelations, RelationsDoor>();
    }

    public void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapMastodon();
        StatusRoutes.Map(api);
        MarkRoutes.Map(api);
        TimelineRoutes.Map(api);
        AccountRoutes.Map(api);
        StandIns.Map(app);
    }
}
