using Atrium.Accounts.Data;
using Atrium.Accounts.Pages;
using Atrium.Kernel;
using Atrium.Kernel.Settings;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenIddict.Core;

namespace Atrium.Accounts.OAuth.Apps.Pages;

/// <summary>Settings, Developer: the apps a member registered.</summary>
internal static class DeveloperPages
{
    public const string Address = "/settings/developer";

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Address, (HttpContext http, [AsParameters] Parts parts, CancellationToken ct) => ListAsync(http, parts, FormState.Fresh, ct));
        pages.MapPost(Address, RegisterAsync);
        pages.MapGet(Address + "/{id}", (Id<OpeniddictApplication> id, HttpContext http, [AsParameters] Parts parts, CancellationToken ct) => OneAsync(id, http, parts, FormState.Fresh, null, ct));
        pages.MapPost(Address + "/{id}", ChangeAsync);
        pages.MapPost(Address + "/{id}/secret", async (Id<OpeniddictApplication> id, HttpContext http, [AsParameters] Parts parts, CancellationToken ct) =>
            await OneAsync(id, http, parts, FormState.Fresh, (await MyApps.RotateAsync(id, http, parts.Actor, parts.Db, parts.Apps, ct)).ClientSecret, ct));
        pages.MapPost(Address + "/{id}/deletion", async (Id<OpeniddictApplication> id, [AsParameters] Parts parts, CancellationToken ct) =>
        {
            await MyApps.DeleteAsync(id, parts.Actor, parts.Db, ct);
            return new SeeOther(Address);
        });
    }

    /// <summary>What the pages are made of.</summary>
    public sealed record Parts(Actor Actor, AccountsDb Db, OpenIddictApplicationManager<OpeniddictApplication> Apps, HouseSettings Settings);

    private static async Task<IResult> RegisterAsync(HttpContext http, [AsParameters] Parts parts, CancellationToken ct)
    {
        RegisterApp.Registered? made = null;
        var answer = await Forms.SendAsync(
            http,
            async form =>
            {
                made = await RegisterApp.HandleAsync(Read(form, form.Text("kind") == "confidential"), parts.Actor, parts.Db, parts.Apps, parts.Settings, ct);
                return $"{Address}/{made.Details.Id}";
            },
            state => ListAsync(http, parts, state, ct));
        // A secret is shown once and cannot wait behind a redirect.
        return made?.ClientSecret is { } secret ? await OneAsync(made.Details.Id, http, parts, FormState.Fresh, secret, ct) : answer;
    }

    private static Task<IResult> ChangeAsync(Id<OpeniddictApplication> id, HttpContext http, [AsParameters] Parts parts, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            var revision = long.TryParse(form.Text("revision"), out var known) ? new Etag(known) : Etag.Any;
            await MyApps.ChangeAsync(id, Read(form, form.Text("kind") == "confidential"), revision, parts.Actor, parts.Db, parts.Apps, ct);
            return $"{Address}/{id}";
        },
        state => OneAsync(id, http, parts, state, null, ct));

    private static RegisterApp.Request Read(IFormCollection form, bool confidential) => new(
        form.Text("name") ?? "", Lines(form.Text("redirect_uris")), confidential, form.Text("website"), Lines(form.Text("post_logout_redirect_uris")));

    private static string[] Lines(string? text) => text?.Split((char[])['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static async Task<IResult> ListAsync(HttpContext http, Parts parts, FormState state, CancellationToken ct) =>
        Forms.Page<DeveloperTab>(http, new { Apps = (await MyApps.ListAsync(Page.Largest, null, parts.Actor, parts.Db, ct)).Items, State = state, May = parts.Actor.May(RegisterApp.Permission) });

    private static async Task<IResult> OneAsync(Id<OpeniddictApplication> id, HttpContext http, Parts parts, FormState state, string? secret, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Forms.Page<AppPage>(http, new { App = await MyApps.GetAsync(id, parts.Actor, parts.Db, ct), State = state, Secret = secret });
    }
}
