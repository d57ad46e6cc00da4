using Atrium.Accounts.Credentials;
using Atrium.Accounts.Data;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Tokens;

/// <summary>A personal access token as its owner sees it.</summary>
/// <param name="Ending">The last four letters.</param>
public sealed record TokenView(
    Id<PersonalToken> Id, string Name, string Ending, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, string? LastAddress);

/// <summary>The personal access tokens of a member, and the end of one.</summary>
internal static class MyTokens
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("tokens", ListAsync).Operation("listTokens", "Lists your personal access tokens, newest first", "credentials:read", RateClass.Read);
        api.MapDelete("tokens/{id}", RevokeAsync).Operation("revokeToken", "Ends a personal access token at once", "credentials:write", RateClass.Write, "not_found");
    }

    public static async Task<Slice<TokenView>> ListAsync(int? limit, string? cursor, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var (me, page, before) = (actor.Demand(), new Page(limit, cursor), Cursor.Id<PersonalToken>(cursor));
        var rows = await db.PersonalTokens.Where(t => t.MemberId == me && (before == null || t.Id < before)).OrderByDescending(t => t.Id).Take(page.Size + 1).ToListAsync(ct);
        return Slice<PersonalToken>.Cut(rows, page.Size, t => t.Id.ToString()).Select(View);
    }

    public static Task<NoContent> RevokeAsync(Id<PersonalToken> id, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        return EndMine.HandleAsync(db.PersonalTokens.Where(t => t.Id == id && t.MemberId == me), "token.revoked", CredentialCache.Changed, actor, db, ct);
    }

    public static TokenView View(PersonalToken t) => new(t.Id, t.Name, t.Ending, t.Scopes, t.CreatedAt, t.ExpiresAt, t.LastUsedAt, t.LastAddress);

    internal sealed class Store(AccountsDb db) : ICredentialStore
    {
        public async Task RevokeAllAsync(Id<Member> member, CancellationToken ct)
        {
            await db.PersonalTokens.Where(t => t.MemberId == member).ExecuteDeleteAsync(ct);
            CredentialCache.Changed(db, member);
        }
    }
}
