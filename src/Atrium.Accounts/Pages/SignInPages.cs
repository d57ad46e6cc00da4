using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.Security;
using Atrium.Accounts.Sessions;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Pages;

/// <summary>Signing in by password, code and passkey, and signing out.</summary>
internal static class SignInPages
{
    /// <param name="Credential">As the browser's <c>toJSON()</c> writes it.</param>
    public sealed record PasskeyAnswer(System.Text.Json.JsonElement Credential, bool Remember = false);

    public static void Map(RouteGroupBuilder pages)
    {
        var door = pages.MapGroup("").AllowAnonymous().WithMetadata(new KeepsOpener());
        door.MapGet("/sign-in", (string? next, string? notice, string? login, HttpContext http, Actor actor) => actor.IsMember
            ? Results.Redirect(SeeOther.Local(next))
            : Forms.Page<SignInPage>(http, new { Next = SeeOther.Local(next), Notice = NoticeOf(notice), Login = login }));
        door.MapPost("/sign-in", SendAsync).Rate(RateClass.Secret);
        door.MapGet("/sign-in/code", (HttpContext http) => Forms.Page<CodePage>(http, new { State = FormState.Fresh }));
        door.MapPost("/sign-in/code", SendCodeAsync).Rate(RateClass.Secret);
        door.MapPost("/sign-in/passkey/options", OptionsAsync).Rate(RateClass.Secret);
        door.MapPost("/sign-in/passkey", PasskeyAsync).Rate(RateClass.Secret);
        door.MapPost("/sign-out", SignOutAsync);
    }

    private static Task<IResult> SendAsync(HttpContext http, AccountsDb db, PasswordBook passwords, IDataProtectionProvider protection, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            var next = SeeOther.Local(form.Text("next"));
            return await SignIn.HandleAsync(new(form.Text("login"), form.Text("password"), form.Ticked("remember"), next, form.Ticked("stay")), http, db, passwords, protection, ct)
                ? next
                : "/sign-in/code";
        },
        state => Task.FromResult(Forms.Page<SignInPage>(http, new { State = state, Next = SeeOther.Local(state.Value("next")) })));

    private static Task<IResult> SendCodeAsync(HttpContext http, AccountsDb db, Totp totp, IDataProtectionProvider protection, CancellationToken ct) => Forms.SendAsync(
        http,
        async form => SeeOther.Local(await SignInWithCode.HandleAsync(form.Text("code"), http, db, totp, protection, ct)),
        state => Task.FromResult(Forms.Page<CodePage>(http, new { State = state })));

    private static async Task<ContentHttpResult> OptionsAsync(HttpContext http, IPasskeyHandler<Account> handler, IDataProtectionProvider protection) =>
        TypedResults.Content(await Passkeys.BeginSignInAsync(http, handler, protection), "application/json");

    private static async Task<NoContent> PasskeyAsync(
        PasskeyAnswer answer, Actor actor, HttpContext http, AccountsDb db, IPasskeyHandler<Account> handler, IDataProtectionProvider protection, CancellationToken ct)
    {
        await Passkeys.SignInAsync(answer.Credential.GetRawText(), answer.Remember, actor, http, db, handler, protection, ct);
        return TypedResults.NoContent();
    }

    private static async Task<SeeOther> SignOutAsync(HttpContext http, Actor actor, AccountsDb db, CancellationToken ct)
    {
        if (Id<Session>.TryParse(actor.SessionId, null, out var session)) await MySessions.EndAsync(session, actor, db, ct);
        await http.SignOutAsync(AtriumSchemes.Cookie);
        return new("/sign-in");
    }

    private static string? NoticeOf(string? notice) => notice switch
    {
        "confirmed" => "Your address is confirmed. Sign in.",
        "waiting" => "Your address is confirmed. An administrator looks at your request; you get a letter.",
        "reset" => "Your password is set. Sign in with it.",
        "leaving" => "Your account will be deleted in 30 days. Sign in before then to keep it.",
        _ => null,
    };
}
