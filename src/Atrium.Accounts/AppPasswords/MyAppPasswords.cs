using Atrium.Accounts.Credentials;
using Atrium.Accounts.Data;
using Atrium.Accounts.Tokens;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Atrium.Kernel.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.AppPasswords;

/// <summary>An app password as its owner sees it.</summary>
public sealed record AppPasswordView(
    Id<AppPassword> Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, string? LastUserAgent, string? LastAddress);

/// <summary>The app passwords of a member: making, listing and ending them.</summary>
internal static class MyAppPasswords
{
    public sealed record Request(string Name);

    /// <param name="Username">What goes beside it into the app.</param>
    /// <param name="Password">Eight groups of four letters; apps may leave the dashes out.</param>
    public sealed record Made(AppPasswordView Details, string Username, string Password);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("app-passwords", ListAsync).Operation("listAppPasswords", "Lists your app passwords, newest first", "credentials:read", RateClass.Read);
        api.MapPost("app-passwords", AddAsync).Operation(
            "addAppPassword", "Makes a password for one app that only knows user name and password", "credentials:write", RateClass.Write, "required", "session_required", "limit_reached");
        api.MapDelete("app-passwords/{id}", RevokeAsync).Operation("revokeAppPassword", "Ends an app password at once", "credentials:write", RateClass.Write, "not_found");
    }

    public static async Task<Slice<AppPasswordView>> ListAsync(int? limit, string? cursor, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var (me, page, before) = (actor.Demand(), new Page(limit, cursor), Cursor.Id<AppPassword>(cursor));
        var rows = await db.AppPasswords.Where(p => p.MemberId == me && (before == null || p.Id < before)).OrderByDescending(p => p.Id).Take(page.Size + 1).ToListAsync(ct);
        return Slice<AppPassword>.Cut(rows, page.Size, p => p.Id.ToString()).Select(View);
    }

    public static async Task<Created<Made>> AddAsync(Request request, HttpContext http, Actor actor, AccountsDb db, AppPasswordKey key, HouseSettings settings, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var made = await HandleAsync(request, actor, db, key, settings, ct);
        return TypedResults.Created($"/api/accounts/app-passwords/{made.Details.Id}", made);
    }

    public static async Task<Made> HandleAsync(Request request, Actor actor, AccountsDb db, AppPasswordKey key, HouseSettings settings, CancellationToken ct)
    {
        var me = actor.Demand();
        // It is not narrowed to scopes, so a token that is must not make one.
        if (actor.Scopes is not null) throw Refusal.Forbidden("App passwords can only be made signed in at the page itself.", "session_required");
        var name = CredentialRules.Name(request.Name);
        return await db.WriteAsync(
            async token =>
            {
                await CredentialRules.DemandRoomAsync(db.AppPasswords.CountAsync(p => p.MemberId == me, token), CredentialRules.MostKeys, settings, token);
                var made = Make(me, name, actor, db);
                return new Made(View(made), actor.Handle!, key.Derive(made.Id, me));
            },
            ct);
    }

    public static Task<NoContent> RevokeAsync(Id<AppPassword> id, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        return EndMine.HandleAsync(db.AppPasswords.Where(p => p.Id == id && p.MemberId == me), "app_password.revoked", CredentialCache.Changed, actor, db, ct);
    }

    private static AppPassword Make(Id<Member> member, string name, Actor actor, AccountsDb db)
    {
        var made = new AppPassword { MemberId = member, Name = name, CreatedAt = db.Now };
        db.AppPasswords.Add(made);
        db.Record(actor, "app_password.added", Thing.Of("member", member), name);
        return made;
    }

    private static AppPasswordView View(AppPassword p) => new(p.Id, p.Name, p.CreatedAt, p.LastUsedAt, p.LastUserAgent, p.LastAddress);

    /// <summary>Past the page, by the same rules: the command line, the demo, a test; and the end of all of a member's.</summary>
    internal sealed class Store(AccountsDb db, Actor actor, AppPasswordKey key) : IAppPasswordIssuer, ICredentialStore
    {
        public Task<string> IssueAsync(Id<Member> member, string name, CancellationToken ct)
        {
            var checkedName = CredentialRules.Name(name);
            return db.WriteAsync(_ => Task.FromResult(key.Derive(Make(member, checkedName, actor, db).Id, member)), ct);
        }

        public async Task RevokeAllAsync(Id<Member> member, CancellationToken ct)
        {
            await db.AppPasswords.Where(p => p.MemberId == member).ExecuteDeleteAsync(ct);
            CredentialCache.Changed(db, member);
        }
    }
}
