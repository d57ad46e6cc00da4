using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social;

public sealed partial class SocialModule
{
    /// <summary>The room in the rail, what Create offers, and what pages are made with.</summary>
    private static void RegisterPages(ModuleBuilder module)
    {
        module.Services.AddSingleton(new Room("social", "Social", "/social", "social", 3));
        module.Services.AddSingleton(new CreateEntry("Post", "/social/new", "edit", "social"));
        module.Services.AddSingleton(new SettingsTab("Social", "/social/settings", 55));
        module.Services.AddScoped<PageCall>().AddScoped<PostShow>().AddScoped<ComposerDesk>().AddScoped<DiscussionShow>().AddScoped<AsideReader>().AddScoped<FeedTools>().AddScoped<ProfileTools>().AddScoped<DemoOwn>();
        module.RoomCount<NewNotices>().DashboardCard<Followed>().Demo<DemoViews>().Demo<DemoSocial>().Demo<DemoHistory>();
    }

    private static void MapPages(IEndpointRouteBuilder app)
    {
        var pages = app.MapPages();
        FeedPages.Map(pages);
        PostActions.Map(pages);
        WritePages.Map(pages);
        DraftPages.Map(pages);
        ProfilePages.Map(pages);
        ThreadPages.Map(pages);
        PeopleActions.Map(pages);
        NoticePages.Map(pages);
        ExplorePages.Map(pages);
        MessagePages.Map(pages);
        DiscussionForms.Map(pages);
        AdminPages.Map(pages);
        MemorialPages.Map(pages);
        FederationPages.Map(pages);
        ListPages.Map(pages);
        SettingsPages.Map(pages);
        FilterPages.Map(pages);
        HiddenPages.Map(pages);
        DataPages.Map(pages);
    }
}
