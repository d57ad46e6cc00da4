using System.Text.Json;
using Atrium.Accounts.Credentials;
using Atrium.Accounts.Data;
using Atrium.Accounts.Tokens;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth;

/// <summary>What a member allowed an app.</summary>
public sealed record GrantView(
    Id<OpeniddictAuthorization> Id, string App, string? Website, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>The apps a member allowed, and the end of such leave.</summary>
internal static class MyGrants
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("grants", ListAsync).Operation("listGrants", "Lists the apps you allowed, newest first", "credentials:read", RateClass.Read);
        api.MapDelete("grants/{id}", RevokeAsync).Operation("revokeGrant", "Ends what you allowed an app, at once", "credentials:write", RateClass.Write, "not_found");
    }

    public static async Task<Slice<GrantView>> ListAsync(int? limit, string? cursor, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var (me, page, before) = (actor.Demand().ToString(), new Page(limit, cursor), Cursor.Id<OpeniddictAuthorization>(cursor)?.Value);
        var rows = await db.Grants
            .Where(g => g.Subject == me && g.Status == Statuses.Valid && g.Type == AuthorizationTypes.Permanent && (before == null || g.Id < before))
            .OrderByDescending(g => g.Id).Take(page.Size + 1)
            .Select(g => new { g.Id, App = g.Application!.DisplayName, g.Application.Website, g.Scopes, g.CreationDate, g.LastUsedAt }).ToListAsync(ct);
        return Slice<GrantView>.Cut(
            [.. rows.Select(g => new GrantView(new(g.Id), g.App ?? "App", g.Website, Read(g.Scopes), new(g.CreationDate!.Value, TimeSpan.Zero), g.LastUsedAt))],
            page.Size, g => g.Id.ToString());
    }

    public static async Task<NoContent> RevokeAsync(Id<OpeniddictAuthorization> id, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand().ToString();
        await db.WriteAsync(
            async token =>
            {
                var ended = await db.Grants.Where(g => g.Id == id.Value && g.Subject == me && g.Status == Statuses.Valid)
                    .ExecuteUpdateAsync(set => set.SetProperty(g => g.Status, Statuses.Revoked), token);
                if (ended == 0) throw Refusal.NotFound();
                await db.OAuthTokens.Where(t => t.Authorization!.Id == id.Value).ExecuteDeleteAsync(token);
                db.Record(actor, "grant.revoked", Thing.Of("member", actor.Demand()), id.ToString());
                CredentialCache.Changed(db, actor.Demand());
            },
            ct);
        return TypedResults.NoContent();
    }

    private static string[] Read(string? json) => json is null ? [] : JsonSerializer.Deserialize<string[]>(json)!;

    internal sealed class Store(AccountsDb db) : ICredentialStore
    {
        public async Task RevokeAllAsync(Id<Member> member, CancellationToken ct)
        {
            var subject = member.ToString();
            await db.OAuthTokens.Where(t => t.Subject == subject).ExecuteDeleteAsync(ct);
            await db.Grants.Where(g => g.Subject == subject).ExecuteDeleteAsync(ct);
            CredentialCache.Changed(db, member);
        }
    }
}
