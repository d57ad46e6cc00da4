using Atrium.Accounts.Data;
using Atrium.Accounts.Leaving;
using Atrium.Accounts.Model;
using Atrium.Accounts.Profiles;
using Atrium.Accounts.Sessions;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Atrium.Kernel.Files;
using Atrium.Kernel.Settings;
using Atrium.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Pages;

/// <summary>A member's settings but security: profile, appearance, account, sessions.</summary>
internal static class SettingsPages
{
    public static readonly SettingsTab[] Tabs =
    [
        new("Profile", "/settings/profile", 10), new("Account", "/settings/account", 20), new("Security", "/settings/security", 30), new("Sessions", "/settings/sessions", 40),
        new("Appearance", "/settings/appearance", 50),
    ];

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/settings", () => Results.Redirect("/settings/profile"));
        pages.MapGet("/settings/profile", (HttpContext http, Actor actor, AccountsDb db, HouseSettings settings, CancellationToken ct) => ProfileAsync(FormState.Fresh, http, actor, db, settings, ct));
        pages.MapPost("/settings/profile", SendProfileAsync);
        pages.MapGet("/settings/appearance", (HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) => AppearanceAsync(FormState.Fresh, http, actor, db, ct));
        pages.MapPost("/settings/appearance", SendAppearanceAsync);
        pages.MapGet("/settings/account", (bool? sent, HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) => AccountAsync(FormState.Fresh, null, sent == true, http, actor, db, ct));
        pages.MapPost("/settings/email", SendEmailAsync);
        pages.MapGet("/settings/leave", () => Results.Redirect("/settings/account#leave-form"));
        pages.MapPost("/settings/leave", LeaveAsync);
        pages.MapGet("/settings/sessions", async (HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) =>
            Forms.Page<SessionsTab>(http, new { Sessions = await MySessions.ListAsync(actor, db, ct) }));
        pages.MapPost("/settings/sessions/{id}/end", async (Id<Session> id, Actor actor, AccountsDb db, CancellationToken ct) =>
        {
            await MySessions.EndAsync(id, actor, db, ct);
            return new SeeOther("/settings/sessions");
        });
        pages.MapPost("/settings/sessions/end", async (Actor actor, AccountsDb db, CancellationToken ct) =>
        {
            await MySessions.EndOthersAsync(actor, db, ct);
            return new SeeOther("/settings/sessions");
        });
    }

    private static async Task<IResult> ProfileAsync(FormState state, HttpContext http, Actor actor, AccountsDb db, HouseSettings settings, CancellationToken ct) =>
        Forms.Page<ProfileTab>(http, new { Me = await MyProfile.GetAsync(actor, db, ct), Limits = await AccountSettings.ProfileAsync(settings, ct), State = state });

    private static Task<IResult> SendProfileAsync(HttpContext http, Actor actor, AccountsDb db, HouseSettings settings, FileDesk desk, Pictures pictures, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            List<ProfileLink> links = [.. Enumerable.Range(0, (await AccountSettings.ProfileAsync(settings, ct)).Links)
                .Select(i => new ProfileLink(form.Text($"label{i}")?.Trim() ?? "", form.Text($"value{i}")?.Trim() ?? "")).Where(l => l.Label.Length + l.Value.Length > 0)];
            await MyProfile.EditAsync(new(form.Text("name"), form.Text("bio"), links), new Etag(long.TryParse(form.Text("revision"), out var revision) ? revision : null), actor, db, settings, ct);
            foreach (var header in (bool[])[false, true])
            {
                var name = header ? "header" : "avatar";
                if (form.Files[name] is { Length: > 0 } upload) await Portraits.TakeAsync(upload, SquareCut.Parse(form.Text("avatar_cut")), header, actor, db, desk, pictures, ct);
                else if (form.Ticked("no_" + name)) await Portraits.ChooseAsync(null, header, actor, db, desk, ct);
            }

            return "/settings/profile";
        },
        state => ProfileAsync(state, http, actor, db, settings, ct));

    private static async Task<IResult> AppearanceAsync(FormState state, HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) =>
        Forms.Page<AppearanceTab>(http, new { Me = await MyProfile.GetAsync(actor, db, ct), State = state });

    private static Task<IResult> SendAppearanceAsync(HttpContext http, Actor actor, AccountsDb db, HouseSettings settings, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            await MyProfile.EditAsync(
                new(Language: form.Text("language"), Culture: form.Text("culture"), TimeZone: form.Text("time_zone"), Theme: form.Text("theme")), null, actor, db, settings, ct);
            return "/settings/appearance";
        },
        state => AppearanceAsync(state, http, actor, db, ct));

    private static async Task<IResult> AccountAsync(FormState state, string? sheet, bool sent, HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) =>
        Forms.Page<AccountTab>(http, new { Me = await MyProfile.GetAsync(actor, db, ct), State = state, Sheet = sheet, Sent = sent });

    private static Task<IResult> SendEmailAsync(HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            await Security.ChangeEmail.AskAsync(form.Text("email"), actor, db, ct);
            return "/settings/account?sent=true";
        },
        state => AccountAsync(state, "email", false, http, actor, db, ct));

    private static Task<IResult> LeaveAsync(HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) => Forms.SendAsync(
        http,
        async _ =>
        {
            await LeaveHouse.HandleAsync(actor, db, ct);
            await http.SignOutAsync(AtriumSchemes.Cookie);
            return "/sign-in?notice=leaving";
        },
        state => AccountAsync(state, "leave", false, http, actor, db, ct));
}
