using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.OAuth.Pages;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Server.AspNetCore;

namespace Atrium.Accounts.OAuth;

/// <summary>An app asks the member to sign out of the house, too (OpenID Connect RP-Initiated Logout). The member is asked first.</summary>
internal static class EndSession
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static async Task<IResult> HandleAsync(HttpContext http, Actor actor, AccountsDb db, CancellationToken ct)
    {
        if (http.GetOpenIddictServerResponse() is { Error.Length: > 0 } fault) throw new BadHttpRequestException(fault.ErrorDescription ?? "That request cannot be read.");
        var request = http.GetOpenIddictServerRequest() ?? throw Refusal.NotFound();
        var signedIn = actor.IsMember && actor.Scopes is null;
        var agreed = HttpMethods.IsPost(http.Request.Method) && http.Request.Form["decision"] == "sign-out";
        if (signedIn && !agreed)
            return new RazorComponentResult<EndSessionPage>(new Dictionary<string, object?>
            {
                [nameof(EndSessionPage.Handle)] = actor.Handle,
                [nameof(EndSessionPage.Fields)] = request.GetParameters().Select(p => KeyValuePair.Create(p.Key, (string?)p.Value ?? "")).ToList(),
            });

        if (signedIn) await EndAsync(http, actor, db, ct);
        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [Scheme]);
    }

    private static async Task EndAsync(HttpContext http, Actor actor, AccountsDb db, CancellationToken ct)
    {
        if (Id<Session>.TryParse(actor.SessionId, null, out var id))
            await db.WriteAsync(
                async token =>
                {
                    await db.Sessions.Where(s => s.Id == id && s.MemberId == actor.MemberId).ExecuteDeleteAsync(token);
                    db.Record(actor, "session.ended", Thing.Of("member", actor.Demand()));
                    Standings.Changed(db);
                },
                ct);
        await http.SignOutAsync(AtriumSchemes.Cookie);
    }
}
