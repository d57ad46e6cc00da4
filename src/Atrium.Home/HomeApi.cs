using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Home;

/// <summary>The API under <c>/api/home</c>.</summary>
internal static class HomeApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var home = app.MapApi("home");
        ListInbox.Map(home);
        CountUnread.Map(home);
        ReadNotice.Map(home);
        ReadInbox.Map(home);
        MuteCause.Map(home);
        ListMutes.Map(home);
        GetPreferences.Map(home);
        ChangePreferences.Map(home);
        PushSubscriptions.Map(home);
        GetAgenda.Map(home);
        SearchHouse.Map(home);
        Palette.Map(home);
        EditWebhooks.Map(home);
        WebhookLog.Map(home);
        Exports.Map(home);
        ReportThing.Map(home);
        MyReports.Map(home);
        MySanctions.Map(home);

        var moderation = home.MapGroup("/moderation").AddEndpointFilter(ModeratorsOnlyAsync);
        ListCases.Map(moderation);
        GetCase.Map(moderation);
        AddNote.Map(moderation);
        HideCaseThing.Map(moderation);
        TakeMeasure.Map(moderation);
        CloseCase.Map(moderation);
        SanctionMember.Map(moderation);
        Appeals.Map(moderation);

        var admin = home.MapGroup("/admin").AddEndpointFilter(AdministratorsOnlyAsync);
        Overview.Map(admin);
        SettingsAdmin.Map(admin);
        AuditAdmin.Map(admin);
        OutboxAdmin.Map(admin);
        RecurringAdmin.Map(admin);
        MailAdmin.Map(admin);
        StorageAdmin.Map(admin);
    }

    private static ValueTask<object?> ModeratorsOnlyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.RequestServices.GetRequiredService<Actor>().DemandModerator();
        return next(context);
    }

    private static ValueTask<object?> AdministratorsOnlyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.RequestServices.GetRequiredService<Actor>().DemandAdministrator();
        return next(context);
    }
}
