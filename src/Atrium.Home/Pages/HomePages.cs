using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Home;

/// <summary>Home's pages.</summary>
internal static class HomePages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapPages();
        DashboardPages.Map(pages);
        InboxPages.Map(pages);
        PreferencesPages.Map(pages);
        SearchPages.Map(pages);
        ReportPages.Map(pages);
        ModerationPages.Map(pages);
        AdminPages.Map(pages);
        WebhookPages.Map(pages);
        DataPages.Map(pages);
    }
}
