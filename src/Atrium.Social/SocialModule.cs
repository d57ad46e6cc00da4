using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Operations;
using Atrium.Kernel.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        module.Setting(HouseLimits.Settings).Setting(TimelineAccess.Settings).Setting(LocalAccounts.CommunityName).Setting(InstanceReader.About, InstanceReader.Privacy, InstanceReader.Terms, InstanceReader.Email);
        module.On<StatusTagged, IndexTags>().On<PostEdited, IndexTags>().On<PostGone, IndexTags>().On<SightChanged, IndexTags>().Recurring<IndexTags>("7 4 * * *").Things<TagThings>();
        MastodonScopes.Register(module);
        NoticeKinds.Register(module);
        ModerationParts.Register(module);
        CardParts.Register(module);
        EmojiParts.Register(module);
        module.Effect<AccountChanged, VerifyLinks>().Effect<LinksWait, VerifyLinks>().Recurring<VerifyLinks>("11 5 * * 1");
        FederationParts.Register(module);
        module.On<FanOutDue, FanOut>().On<BoostsGone, DeleteStatus>().On<EditTold, EditParts>().On<ScheduleDue, ScheduleStatus>().On<PollEnds, ClosePoll>().On<ServerBlocked, BlockDomain>().On<WatchersDue, TellWatchers>();
        module.On<PostMade, IndexStatus>().On<PostEdited, IndexStatus>().On<PostGone, IndexStatus>().On<SightChanged, IndexStatus>().On<SightChanged, Recount>();
        module.Effect<MemberJoined, KeepAccount>().Effect<MemberProfileChanged, KeepAccount>();

        module.Effect<DiscussionWanted, FollowThing>().Effect<DiscussedThingChanged, FollowThing>().Effect<DiscussedThingGone, FollowThing>();
        module.Effect<CommentAdded, TellOfComment>().Effect<KeysEnded, EndPushes>().Recurring<EndPushes>("43 3 * * *").Recurring<MissSchedules>("17 * * * *");
        module.Effect<NoticeMade, PushNotice>().Effect<PushAgain, PushNotice>().Effect<MediaDue, ProcessMedia>().Effect<MediaLeft, SweepMedia>().On<MemberErased, ForgetAccount>().Recurring<PruneSocial>("29 3 * * *");
        module.Things<StatusThings>().Things<AccountThings>().PersonalExport<SocialExport>();

        module.On<InboxRead, ReadNotices>().Effect<ArchiveOver, EndArchive>().Importer<ImportOwned>();

        var services = module.Services;
        services.AddScoped<ExportOwned>().AddScoped<ImportOwned>().AddScoped<ImportPeople>().AddScoped<ImportMarks>().AddScoped<FindNamed>().AddScoped<RequestOwned>().AddScoped<IOperationHandler, RunOwned>();
        services.AddScoped<WriteArchive>().AddScoped<ArchiveDesk>().AddScoped<IOperationHandler, RunArchive>();
        services.AddSingleton<KnownAccounts>().AddSingleton<HomeVisits>().AddSingleton<IRefusalTongue, MastodonTongue>();
        services.AddScoped<HouseLimits>().AddScoped<Viewers>().AddScoped<LocalAccounts>().AddScoped<Wire>().AddScoped<EntityWriter>();
        services.AddScoped<StatusReader>().AddScoped<MarkReader>().AddScoped<ThreadReader>().AddScoped<HistoryReader>().AddScoped<AccountReader>().AddScoped<Timelines>().AddScoped<TimelineAccess>().AddScoped<HomeVisit>();
        services.AddScoped<NamedAccounts>().AddScoped<StatusDraft>().AddScoped<StatusParts>().AddScoped<EditParts>().AddScoped<TellNamed>().AddScoped<Notifier>().AddScoped<ModeratorAccounts>().AddScoped<TellWatchers>();
        services.AddScoped<PublishStatus>().AddScoped<EditStatus>().AddScoped<DeleteStatus>().AddScoped<Recount>().AddScoped<RedraftStatus>().AddScoped<QuoteDesk>().AddScoped<BoostStatus>().AddScoped<MarkStatus>().AddScoped<ScheduleStatus>();
        services.AddScoped<VoteInPoll>().AddScoped<MediaDesk>().AddScoped<SweepMedia>().AddScoped<ServeFile>().AddSingleton<Stills>().AddScoped<FilterDesk>().AddScoped<ListDesk>().AddScoped<DraftDesk>().AddScoped<FeedWriter>().AddScoped<NoticeReader>().AddScoped<NoticePolicyDesk>().AddScoped<ReadMarker>().AddScoped<EditAccount>().AddScoped<InstanceReader>();
        services.AddScoped<SearchSocial>().AddScoped<IndexStatus>().AddScoped<TagReader>().AddScoped<FollowTag>().AddScoped<FeatureTag>().AddScoped<Suggestions>().AddScoped<ISearchSource, IndexStatus>().AddScoped<ISearchSource, IndexTags>();
        services.AddSingleton(StreamPulse.Usual).AddSingleton<StreamHub>().AddHostedService(sp => sp.GetRequiredService<StreamHub>()).AddScoped<StreamNews>().AddTransient<Microsoft.AspNetCore.Hosting.IStartupFilter, StreamToken>();
        services.AddScoped<EndPushes>().AddScoped<DiscussionDesk>().AddScoped<DiscussionReader>().AddScoped<BoostThing>().AddScoped<DiscussionsDoor>().AddScoped<IDiscussions>(sp => sp.GetRequiredService<DiscussionsDoor>()).AddScoped<Atrium.Kernel.Live.ITopicRule, DiscussionTopic>().AddScoped<Atrium.Kernel.Live.ITopicRule, ThreadTopic>().AddScoped<Atrium.Kernel.Live.ITopicRule, OwnTopic>().AddScoped<Atrium.Kernel.Live.ITopicRule, CountsTopic>();
        services.AddScoped<FollowAccount>().AddScoped<BlockAccount>().AddScoped<MuteAccount>().AddScoped<BlockDomain>().AddScoped<EndorseAccount>().AddScoped<NoteAccount>().AddScoped<IRelations, RelationsDoor>().AddScoped<ISearchVeil, VeilBlocked>();
        RegisterPages(module);
    }

    public void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapMastodon();
        StatusRoutes.Map(api);
        MarkRoutes.Map(api);
        TimelineRoutes.Map(api);
        AccountRoutes.Map(api);
        CredentialRoutes.Map(api);
        PeopleRoutes.Map(api);
        TagRoutes.Map(api);
        ListRoutes.Map(api);
        FilterRoutes.Map(api);
        NoticeRoutes.Map(api);
        MineRoutes.Map(api);
        MediaRoutes.Map(api);
        AnnouncementRoutes.Map(api);
        InstanceRoutes.Map(api);
        SignUpRoutes.Map(api);
        OembedRoutes.Map(api);
        PushRoutes.Map(api);
        // Where Mastodon.py reads the house's clock.
        app.MapMethods("/", [HttpMethods.Head], () => TypedResults.Ok()).ExcludeFromDescription().AllowAnonymous().Rate(RateClass.Free);
        DiscussionApi.Map(app);
        DraftApi.Map(app);
        FeedRoutes.Map(app);
        OwnershipApi.Map(app);
        StreamRoutes.Map(app);
        ServeMedia.Map(app);
        StandIns.Map(app);
        EmojiParts.Map(app);
        MemorialApi.Map(app);
        FederationRoutes.Map(app);
        MapPages(app);
    }
}
