using System.Globalization;
using Atrium.Accounts.Data;
using Atrium.Accounts.Tokens;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth.Apps;

/// <summary>The apps a member registered: showing, changing and deleting them, and giving one a new secret.</summary>
internal static class MyApps
{
    /// <param name="ClientSecret">Shown this once.</param>
    public sealed record NewSecret(string ClientSecret);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("apps", ListAsync).Operation("listApps", "Lists the apps you registered, newest first", "apps:read", RateClass.Read);
        api.MapGet("apps/{id}", GetAsync).Operation("getApp", "Shows an app you registered", "apps:read", RateClass.Read, "not_found");
        api.MapPut("apps/{id}", ChangeAsync).Operation(
            "changeApp", "Changes an app you registered", "apps:write", RateClass.Write, "not_found", "stale_revision", "kind_is_fixed", "invalid_uri", "insecure");
        api.MapPost("apps/{id}/secret", RotateAsync).Operation("rotateAppSecret", "Gives an app a new secret; the old one ends at once", "apps:write", RateClass.Write, "not_found", "no_secret");
        api.MapDelete("apps/{id}", DeleteAsync).Operation("deleteApp", "Deletes an app and ends everything it was allowed", "apps:write", RateClass.Write, "not_found");
    }

    public static async Task<Slice<AppView>> ListAsync(int? limit, string? cursor, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var (me, page, before) = (actor.Demand(), new Page(limit, cursor), Cursor.Id<OpeniddictApplication>(cursor)?.Value);
        var rows = await db.Apps.Where(a => a.OwnerId == me && (before == null || a.Id < before)).OrderByDescending(a => a.Id).Take(page.Size + 1).ToListAsync(ct);
        return Slice<OpeniddictApplication>.Cut(rows, page.Size, a => a.Id.ToString(CultureInfo.InvariantCulture)).Select(AppView.Of);
    }

    public static async Task<AppView> GetAsync(Id<OpeniddictApplication> id, Actor actor, AccountsDb db, CancellationToken ct) => AppView.Of(await FindAsync(db.Apps, id, actor, ct));

    public static async Task<AppView> ChangeAsync(
        Id<OpeniddictApplication> id, RegisterApp.Request request, [FromHeader(Name = "If-Match")] Etag? ifMatch, Actor actor, AccountsDb db,
        OpenIddictApplicationManager<OpeniddictApplication> apps, CancellationToken ct)
    {
        if (ifMatch is not { } expected) throw Refusal.PreconditionRequired();
        return await db.WriteAsync(
            async token =>
            {
                var app = await FindAsync(db.Apps.AsTracking(), id, actor, token);
                expected.Demand(app.Revision);
                if (request.Confidential != (app.ClientType == ClientTypes.Confidential))
                    throw Refusal.Conflict("kind_is_fixed", "Whether an app keeps a secret cannot be changed. Register it anew.");
                await AppDescription.ApplyAsync(app, request, apps, token);
                await UpdateAsync(app, null, apps, token);
                db.Record(actor, "app.changed", details: app.ClientId);
                return AppView.Of(app);
            },
            ct);
    }

    public static async Task<NewSecret> RotateAsync(
        Id<OpeniddictApplication> id, HttpContext http, Actor actor, AccountsDb db, OpenIddictApplicationManager<OpeniddictApplication> apps, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await db.WriteAsync(
            async token =>
            {
                var app = await FindAsync(db.Apps.AsTracking(), id, actor, token);
                if (app.ClientType != ClientTypes.Confidential) throw Refusal.Conflict("no_secret", "This app has no secret: it runs where none can be kept.");
                var secret = RandomKey.New(32);
                await UpdateAsync(app, secret, apps, token);
                db.Record(actor, "app.secret_rotated", details: app.ClientId);
                return new NewSecret(secret);
            },
            ct);
    }

    public static async Task<NoContent> DeleteAsync(Id<OpeniddictApplication> id, Actor actor, AccountsDb db, CancellationToken ct)
    {
        await db.WriteAsync(
            async token =>
            {
                var app = await FindAsync(db.Apps, id, actor, token);
                await EraseAsync(db, [app.Id], token);
                db.Record(actor, "app.deleted", details: $"{app.ClientId} {app.DisplayName}");
            },
            ct);
        return TypedResults.NoContent();
    }

    /// <summary>Deletes apps with all that hangs on them, in the transaction under way.</summary>
    public static async Task EraseAsync(AccountsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var subjects = await db.OAuthTokens.Where(t => ids.Contains(t.Application!.Id) && t.Subject != null).Select(t => t.Subject!).Distinct().ToListAsync(ct);
        await db.OAuthTokens.Where(t => ids.Contains(t.Application!.Id)).ExecuteDeleteAsync(ct);
        await db.Grants.Where(g => ids.Contains(g.Application!.Id)).ExecuteDeleteAsync(ct);
        await db.Apps.Where(a => ids.Contains(a.Id)).ExecuteDeleteAsync(ct);
        CredentialCache.Changed(db, OAuthSubjects.Members(subjects));
    }

    private static async Task UpdateAsync(OpeniddictApplication app, string? secret, OpenIddictApplicationManager<OpeniddictApplication> apps, CancellationToken ct)
    {
        app.Revision++;
        try
        {
            await (secret is null ? apps.UpdateAsync(app, ct) : apps.UpdateAsync(app, secret, ct));
        }
        catch (OpenIddictExceptions.ConcurrencyException)
        {
            throw Refusal.Stale();
        }
    }

    private static async Task<OpeniddictApplication> FindAsync(IQueryable<OpeniddictApplication> apps, Id<OpeniddictApplication> id, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        return await apps.FirstOrDefaultAsync(a => a.Id == id.Value && a.OwnerId == me, ct) ?? throw Refusal.NotFound();
    }
}
