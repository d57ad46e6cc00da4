using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social;

/// <summary>What the exchange with other servers consists of.</summary>
internal static class FederationParts
{
    public static void Register(ModuleBuilder module)
    {
        module.Setting(FederationGate.Setting, FederationGate.Known);
        module.Services.AddHostedService<WatchAddress>();
        module.Recurring<PruneFederation>("20 3 * * *");
        module.Recurring<PurgeRemote>("50 3 * * *");
        module.Effect<NamesWait, MeetNamed>().On<StatusNamed, SendStatuses>().On<SightChanged, SendStatuses>().On<ThingAnnounced, SendStatuses>().On<ThingRenamed, SendStatuses>().On<PostMade, SendStatuses>().On<PostEdited, SendStatuses>().On<PostGone, SendStatuses>();
        module.On<FollowChanged, SendDeeds>().On<Favourited, SendDeeds>().On<BlockChanged, SendDeeds>().On<Voted, SendDeeds>().On<AccountChanged, SendDeeds>().On<ReportForwarded, SendReport>();
        module.On<Voted, SendTotals>().On<TotalsDue, SendTotals>();
        module.Effect<ActivityArrived, ApplyActivity>().Effect<DeliveryDue, DeliverActivity>();
        var services = module.Services;
        services.AddSingleton<SeenSignatures>().AddSingleton<RemoteFileTurns>().AddScoped<RemoteFiles>().AddScoped<ApplyFlag>().AddTransient<IStartupFilter, NegotiateObject>();
        services.AddScoped<FederationGate>().AddScoped<FederationRequest>().AddScoped<AccountKeys>().AddScoped<SignatureCheck>();
        services.AddScoped<ActorWriter>().AddScoped<NoteWriter>().AddScoped<RemoteFetch>().AddScoped<RemoteAccounts>().AddScoped<RemoteStatuses>().AddScoped<TakeEdit>().AddScoped<SendStatuses>();
        services.AddScoped<DomainPolicies>().AddScoped<FederationDesk>().AddScoped<ResolveRemote>().AddScoped<NoteReader>().AddScoped<Inbox>().AddScoped<ApplyUndo>().AddScoped<RemoveRemote>().AddScoped<TakeVote>().AddScoped<Deliveries>();
    }
}
