using System.Globalization;
using Atrium.Accounts.AppPasswords;
using Atrium.Accounts.Data;
using Atrium.Accounts.OAuth;
using Atrium.Accounts.Pages;
using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Tokens.Pages;

/// <summary>Settings, Apps: what a member allowed apps, their tokens and their app passwords.</summary>
internal static class AppsPages
{
    public const string Address = "/settings/apps";

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Address, (HttpContext http, [AsParameters] Parts parts, CancellationToken ct) => PageAsync(http, parts, FormState.Fresh, null, ct));
        pages.MapPost(Address + "/tokens", AddTokenAsync);
        pages.MapPost(Address + "/passwords", AddPasswordAsync);
        pages.MapPost(Address + "/tokens/{id}/end", async (Id<PersonalToken> id, Actor actor, AccountsDb db, CancellationToken ct) => Done(await MyTokens.RevokeAsync(id, actor, db, ct)));
        pages.MapPost(Address + "/passwords/{id}/end", async (Id<AppPassword> id, Actor actor, AccountsDb db, CancellationToken ct) => Done(await MyAppPasswords.RevokeAsync(id, actor, db, ct)));
        pages.MapPost(Address + "/grants/{id}/end", async (Id<OpeniddictAuthorization> id, Actor actor, AccountsDb db, CancellationToken ct) => Done(await MyGrants.RevokeAsync(id, actor, db, ct)));
    }

    /// <summary>What the page is made of.</summary>
    public sealed record Parts(Actor Actor, AccountsDb Db, IEnumerable<ApiScope> Scopes, HouseSettings Settings, AppPasswordKey Key);

    private static async Task<IResult> AddTokenAsync(HttpContext http, [AsParameters] Parts parts, CancellationToken ct)
    {
        AddToken.Made? made = null;
        var answer = await Forms.SendAsync(
            http,
            async form =>
            {
                var days = int.TryParse(form.Text("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and < 4000 ? n : (int?)null;
                var request = new AddToken.Request(form.Text("name") ?? "", [.. form["scopes"].OfType<string>()], days is null ? null : parts.Db.Now.AddDays(days.Value));
                made = await AddToken.HandleAsync(request, parts.Actor, parts.Db, parts.Scopes, parts.Settings, ct);
                return Address;
            },
            state => PageAsync(http, parts, state, AppsForm.Token, ct));
        // What is shown once cannot wait behind a redirect.
        return made is null ? answer : await PageAsync(http, parts, FormState.Fresh, null, ct, new(made.Details.Name, null, made.Token));
    }

    private static async Task<IResult> AddPasswordAsync(HttpContext http, [AsParameters] Parts parts, CancellationToken ct)
    {
        MyAppPasswords.Made? made = null;
        var answer = await Forms.SendAsync(
            http,
            async form =>
            {
                made = await MyAppPasswords.HandleAsync(new(form.Text("name") ?? ""), parts.Actor, parts.Db, parts.Key, parts.Settings, ct);
                return Address;
            },
            state => PageAsync(http, parts, state, AppsForm.Password, ct));
        return made is null ? answer : await PageAsync(http, parts, FormState.Fresh, null, ct, new(made.Details.Name, made.Username, made.Password));
    }

    private static async Task<IResult> PageAsync(HttpContext http, Parts parts, FormState state, AppsForm? sent, CancellationToken ct, ShownOnce? shown = null)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (actor, db) = (parts.Actor, parts.Db);
        return Forms.Page<AppsTab>(http, new
        {
            Grants = (await MyGrants.ListAsync(Page.Largest, null, actor, db, ct)).Items,
            Tokens = (await MyTokens.ListAsync(Page.Largest, null, actor, db, ct)).Items,
            Passwords = (await MyAppPasswords.ListAsync(Page.Largest, null, actor, db, ct)).Items,
            Scopes = parts.Scopes.DistinctBy(s => s.Key).ToList(),
            State = state,
            Sent = sent,
            Shown = shown,
            Now = db.Now,
        });
    }

    private static SeeOther Done(IResult _) => new(Address);
}

/// <summary>Which form of the page was sent.</summary>
public enum AppsForm
{
    Token,
    Password,
}

/// <summary>A secret that was just made.</summary>
/// <param name="Username">What goes beside it, for an app password.</param>
public sealed record ShownOnce(string Name, string? Username, string Secret);
