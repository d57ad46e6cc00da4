using Atrium.Accounts.Credentials;
using Atrium.Accounts.Data;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Tokens;

/// <summary>Makes a personal access token and shows it, the only time it can be read.</summary>
internal static class AddToken
{
    /// <param name="ExpiresAt">Null for one that lasts until it is revoked.</param>
    public sealed record Request(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null);

    /// <param name="Token">Shown this once.</param>
    public sealed record Made(TokenView Details, string Token);

    public static void Map(RouteGroupBuilder api) => api.MapPost("tokens", AddAsync)
        .Operation("addToken", "Makes a personal access token and shows it this once", "credentials:write", RateClass.Write, "required", "unknown_scope", "scope_exceeds_token", "limit_reached");

    public static async Task<Created<Made>> AddAsync(
        Request request, HttpContext http, Actor actor, AccountsDb db, IEnumerable<ApiScope> scopes, HouseSettings settings, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var made = await HandleAsync(request, actor, db, scopes, settings, ct);
        return TypedResults.Created($"/api/accounts/tokens/{made.Details.Id}", made);
    }

    public static async Task<Made> HandleAsync(Request request, Actor actor, AccountsDb db, IEnumerable<ApiScope> scopes, HouseSettings settings, CancellationToken ct)
    {
        var me = actor.Demand();
        if (request.ExpiresAt <= db.Now) throw Refusal.Invalid("expires_at", "That is over already.", "past");
        var name = CredentialRules.Name(request.Name);
        var allowed = CredentialRules.Scopes(request.Scopes, scopes, actor);
        return await db.WriteAsync(
            async token =>
            {
                await CredentialRules.DemandRoomAsync(db.PersonalTokens.CountAsync(t => t.MemberId == me, token), CredentialRules.MostKeys, settings, token);
                return Make(me, name, allowed, request.ExpiresAt, actor, db);
            },
            ct);
    }

    private static Made Make(Id<Member> member, string name, List<string> scopes, DateTimeOffset? expires, Actor actor, AccountsDb db)
    {
        var secret = PersonalToken.Prefix + RandomKey.New(30);
        var token = new PersonalToken
        {
            MemberId = member, Name = name, Hash = RandomKey.Hash(secret), Ending = secret[^4..], Scopes = scopes, CreatedAt = db.Now, ExpiresAt = expires,
        };
        db.PersonalTokens.Add(token);
        db.Record(actor, "token.added", Thing.Of("member", member), $"{name}: {string.Join(' ', scopes)}");
        return new(MyTokens.View(token), secret);
    }

    /// <summary>Past the page, by the same rules: the command line, the demo, a test.</summary>
    internal sealed class Issuer(AccountsDb db, Actor actor, IEnumerable<ApiScope> known) : ITokenIssuer
    {
        public Task<string> IssueAsync(Id<Member> member, string name, IReadOnlyCollection<string> scopes, CancellationToken ct)
        {
            var (checkedName, allowed) = (CredentialRules.Name(name), CredentialRules.Scopes(scopes, known, Actor.System));
            return db.WriteAsync(_ => Task.FromResult(Make(member, checkedName, allowed, null, actor, db).Token), ct);
        }
    }
}
