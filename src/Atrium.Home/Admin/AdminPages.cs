using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Mail;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Operations;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Settings;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Atrium.Home.PageAnswers;

namespace Atrium.Home;

/// <summary>The administrator's pages, <c>/admin/…</c>.</summary>
internal static class AdminPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        var admin = pages.MapGroup("/admin").AddEndpointFilter((context, next) =>
        {
            context.HttpContext.RequestServices.GetRequiredService<Actor>().DemandAdministrator();
            return next(context);
        });
        admin.MapGet("", async (HomeDb db, KernelDb kernel, OutboxDesk outbox, IEnumerable<IModule> modules, Actor actor, CancellationToken ct) =>
            Show<OverviewPage>(new { Now = await Overview.HandleAsync(db, kernel, outbox, modules, actor, ct) }));
        admin.MapGet("/audit", AuditAsync);
        admin.MapGet("/storage", async (KernelDb db, HousePaths paths, Actor actor, CancellationToken ct) => Show<StoragePage>(new { Storage = await StorageAdmin.HandleAsync(db, paths, actor, ct) }));
        admin.MapGet("/operations", async (string? cursor, KernelDb db, Actor actor, CancellationToken ct) => Show<OperationsPage>(new { Operations = await OperationDesk.ListAsync(null, cursor, db, actor, ct) }));
        admin.MapPost("/operations/{id:long}/cancel", async (Id<Operation> id, KernelDb db, Actor actor, CancellationToken ct) =>
        {
            await OperationDesk.CancelAsync(id, db, actor, ct);
            return SeeOther("/admin/operations");
        });
        MapOutbox(admin);
        MapMail(admin);
        MapSettings(admin);
        MemberPages.Map(admin);
    }

    private static async Task<IResult> AuditAsync(string? by, string? act, string? thing, string? cursor, KernelDb db, IMembers members, Actor actor, CancellationToken ct) => Show<AuditPage>(new
    {
        By = by, Act = act, About = thing,
        Entries = await AuditAdmin.HandleAsync(by, act, Thing.TryParse(thing, null, out var about) ? about : null, null, null, null, cursor, db, members, actor, ct),
    });

    private static void MapOutbox(RouteGroupBuilder admin)
    {
        admin.MapGet("/outbox", async (string? cursor, OutboxDesk desk, Actor actor, CancellationToken ct) =>
            Show<OutboxPage>(new { Standing = await OutboxAdmin.StandingAsync(desk, actor, ct), Dead = await OutboxAdmin.DeadAsync(null, cursor, desk, actor, ct) }));
        admin.MapPost("/outbox/{module}/{id:long}/retry", async (string module, Id<OutboxMessage> id, OutboxDesk desk, HomeDb db, Actor actor, CancellationToken ct) =>
        {
            await OutboxAdmin.RetryAsync(module, id, desk, db, actor, ct);
            return SeeOther("/admin/outbox");
        });
        admin.MapPost("/outbox/{module}/{id:long}/discard", async (string module, Id<OutboxMessage> id, OutboxDesk desk, HomeDb db, Actor actor, CancellationToken ct) =>
        {
            await OutboxAdmin.DiscardAsync(module, id, desk, db, actor, ct);
            return SeeOther("/admin/outbox");
        });
        admin.MapGet("/recurring", async (IEnumerable<Recurring> timetable, KernelDb db, Actor actor, CancellationToken ct) =>
            Show<RecurringPage>(new { Work = await RecurringAdmin.ListAsync(timetable, db, actor, ct) }));
        admin.MapPost("/recurring/{module}/{work}/run", async (string module, string work, IEnumerable<Recurring> timetable, RecurringWorker worker, KernelDb db, Actor actor, CancellationToken ct) =>
        {
            await RecurringAdmin.RunAsync(module, work, timetable, worker, db, actor, ct);
            return SeeOther("/admin/recurring");
        });
    }

    private static void MapMail(RouteGroupBuilder admin)
    {
        admin.MapGet("/mail", async (string? cursor, MailDrop drop, Actor actor, CancellationToken ct) => Show<MailDropPage>(new { Mails = await MailAdmin.ListAsync(null, cursor, drop, actor, ct) }));
        admin.MapGet("/mail/{key}", async (string key, MailDrop drop, Actor actor, CancellationToken ct) => Show<MailPage>(new { Mail = await MailAdmin.ReadAsync(key, drop, actor, ct) }));
        admin.MapPost("/mail/empty", (MailDrop drop, Actor actor) =>
        {
            MailAdmin.Empty(drop, actor);
            return SeeOther("/admin/mail");
        });
    }

    private static void MapSettings(RouteGroupBuilder admin)
    {
        admin.MapGet("/settings", async (HouseSettings settings, Actor actor, CancellationToken ct) =>
            Show<HouseSettingsPage>(new { State = FormState.Fresh, Settings = await SettingsAdmin.ListAsync(settings, actor, ct) }));
        admin.MapPost("/settings", (HttpRequest request, HouseSettings settings, KernelDb db, Actor actor, CancellationToken ct) => TryAsync(
            request,
            async form =>
            {
                // A switch that is off is not sent.
                var sent = (await SettingsAdmin.ListAsync(settings, actor, ct)).ToDictionary(s => s.Key, s => s.Kind == SettingKind.Switch ? (form[s.Key].Contains("true") ? "true" : "false") : form[s.Key].ToString());
                await SettingsAdmin.ChangeAsync(new(sent), settings, db, actor, ct);
                return SeeOther("/admin/settings");
            },
            async state => Show<HouseSettingsPage>(new { State = state, Settings = await SettingsAdmin.ListAsync(settings, actor, ct) }, state)));
        admin.MapGet("/permissions", async (RolePermissions permissions, HouseSettings settings, Actor actor, CancellationToken ct) =>
            Show<PermissionsPage>(new { State = FormState.Fresh, Permissions = await SettingsAdmin.PermissionsAsync(permissions, settings, actor, ct) }));
        admin.MapPost("/permissions", (HttpRequest request, RolePermissions permissions, HouseSettings settings, KernelDb db, Actor actor, CancellationToken ct) => TryAsync(
            request,
            async form =>
            {
                await SettingsAdmin.ChangePermissionsAsync(permissions.All.Where(p => form.ContainsKey(p.Key)).ToDictionary(p => p.Key, p => form.Choice<Role>(p.Key)), permissions, settings, db, actor, ct);
                return SeeOther("/admin/permissions");
            },
            async state => Show<PermissionsPage>(new { State = state, Permissions = await SettingsAdmin.PermissionsAsync(permissions, settings, actor, ct) }, state)));
    }
}
