using System.Security.Claims;
using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Atrium.Accounts.SigningIn;

/// <summary>Signs a member in to the browser that asks: a new session, and the cookie that names it.</summary>
internal static class OpenSession
{
    /// <param name="remember">Keep it when the browser closes.</param>
    public static async Task HandleAsync(Id<Member> member, string means, bool remember, HttpContext http, AccountsDb db, CancellationToken ct)
    {
        var now = db.Now;
        var life = remember ? SessionLife.Longest : SessionLife.Short;
        var session = new Session
        {
            MemberId = member,
            CreatedAt = now,
            LastSeenAt = now,
            ProvedAt = now,
            ExpiresAt = now + life,
            Address = http.Connection.RemoteIpAddress?.ToString(),
            Device = Device.Of(http.Request.Headers.UserAgent),
        };
        await db.WriteAsync(
            _ =>
            {
                db.Sessions.Add(session);
                db.Record(new Actor { Kind = ActorKind.Member, MemberId = member, Address = http.Connection.RemoteIpAddress }, "session.opened", Thing.Of("member", member), $"{means}, {session.Device}");
                return Task.CompletedTask;
            },
            ct);

        var ticket = new ClaimsIdentity([new(AtriumClaims.Session, session.Id.ToString())], AtriumSchemes.Cookie);
        await http.SignInAsync(AtriumSchemes.Cookie, new(ticket), new() { IsPersistent = remember, IssuedUtc = now, ExpiresUtc = now + life });
    }
}
