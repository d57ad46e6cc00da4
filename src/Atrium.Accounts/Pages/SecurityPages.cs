using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.Profiles;
using Atrium.Accounts.Security;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Settings;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Pages;

/// <summary>Password, passkeys, the authenticator app, and showing again who one is.</summary>
internal static class SecurityPages
{
    private const string Home = "/settings/security";

    public sealed record NewPasskey(System.Text.Json.JsonElement Credential, string? Name);

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Home, (HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) => TabAsync(FormState.Fresh, null, http, actor, db, ct));
        pages.MapPost("/settings/password", PasswordAsync).Rate(RateClass.Secret);
        pages.MapGet("/settings/prove", (string? next, HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) => ProveAsync(FormState.Fresh, next, http, actor, db, ct));
        pages.MapPost("/settings/prove", SendProofAsync).Rate(RateClass.Secret);
        pages.MapGet("/settings/authenticator", BeginAsync);
        pages.MapPost("/settings/authenticator", ConfirmAsync).Rate(RateClass.Secret);
        pages.MapPost("/settings/authenticator/removal", (HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) => DoAsync(http, actor, db, _ => SecondFactor.RemoveAsync(actor, db, ct), ct));
        pages.MapPost("/settings/codes", CodesAsync);
        pages.MapPost("/settings/passkeys/options", async (HttpContext http, Actor actor, AccountsDb db, IPasskeyHandler<Account> handler, IDataProtectionProvider protection, CancellationToken ct) =>
            TypedResults.Content(await Passkeys.BeginAddAsync(actor, http, db, handler, protection, ct), "application/json"));
        pages.MapPost("/settings/passkeys", async (NewPasskey made, HttpContext http, Actor actor, AccountsDb db, IPasskeyHandler<Account> handler, IDataProtectionProvider protection, CancellationToken ct) =>
            TypedResults.Ok(await Passkeys.AddAsync(made.Credential.GetRawText(), made.Name, actor, http, db, handler, protection, ct)));
        pages.MapPost("/settings/passkeys/{id}", (Id<Passkey> id, HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) =>
            DoAsync(http, actor, db, form => Passkeys.RenameAsync(id, form.Text("name"), actor, db, ct), ct));
        pages.MapPost("/settings/passkeys/{id}/removal", (Id<Passkey> id, HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) =>
            DoAsync(http, actor, db, _ => Passkeys.RemoveAsync(id, actor, db, ct), ct));
    }

    private static async Task<IResult> TabAsync(FormState state, string? sheet, HttpContext http, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        return Forms.Page<SecurityTab>(http, new
        {
            Me = await MyProfile.GetAsync(actor, db, ct), Keys = await Passkeys.ListAsync(actor, db, ct), CodesLeft = await db.RecoveryCodes.CountAsync(c => c.MemberId == me, ct),
            State = state, Sheet = sheet,
        });
    }

    private static Task<IResult> DoAsync(HttpContext http, Actor actor, AccountsDb db, Func<IFormCollection, Task> act, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            await act(form);
            return Home;
        },
        state => TabAsync(state, null, http, actor, db, ct));

    private static Task<IResult> PasswordAsync(HttpContext http, Actor actor, AccountsDb db, PasswordRules rules, PasswordBook passwords, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            await ChangePassword.HandleAsync(new(form.Text("current"), form.Text("password")), actor, db, rules, passwords, ct);
            return Home;
        },
        state => TabAsync(state, "password", http, actor, db, ct));

    private static async Task<IResult> ProveAsync(FormState state, string? next, HttpContext http, Actor actor, AccountsDb db, CancellationToken ct) =>
        Forms.Page<ProvePage>(http, new { Me = await MyProfile.GetAsync(actor, db, ct), Next = SeeOther.Local(next, Home), State = state });

    private static Task<IResult> SendProofAsync(HttpContext http, Actor actor, AccountsDb db, PasswordBook passwords, Totp totp, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            await Proof.ByPasswordAsync(form.Text("password"), form.Text("code"), actor, db, passwords, totp, ct);
            return SeeOther.Local(form.Text("next"), Home);
        },
        state => ProveAsync(state, state.Value("next"), http, actor, db, ct));

    private static async Task<IResult> BeginAsync(HttpContext http, Actor actor, AccountsDb db, Totp totp, HouseSettings settings, CancellationToken ct)
    {
        try
        {
            return Forms.Page<AuthenticatorPage>(http, new { Begun = await SecondFactor.BeginAsync(actor, db, totp, settings, ct) });
        }
        catch (Refusal refusal) when (refusal.Code == Proof.Wanted)
        {
            return new SeeOther("/settings/prove?next=/settings/authenticator");
        }
    }

    private static async Task<IResult> ConfirmAsync(HttpContext http, Actor actor, AccountsDb db, Totp totp, HouseSettings settings, CancellationToken ct)
    {
        IReadOnlyList<string>? codes = null;
        var answer = await Forms.SendAsync(
            http,
            async form =>
            {
                codes = await SecondFactor.ConfirmAsync(form.Text("code"), actor, db, totp, ct);
                return Home;
            },
            async state => Forms.Page<AuthenticatorPage>(http, new { Begun = await SecondFactor.BeginAsync(actor, db, totp, settings, ct), State = state }));
        return codes is null ? answer : Forms.Page<CodesPage>(http, new { Codes = codes });
    }

    private static async Task<IResult> CodesAsync(HttpContext http, Actor actor, AccountsDb db, CancellationToken ct)
    {
        IReadOnlyList<string>? codes = null;
        var answer = await DoAsync(http, actor, db, async _ => codes = await SecondFactor.RenewCodesAsync(actor, db, ct), ct);
        return codes is null ? answer : Forms.Page<CodesPage>(http, new { Codes = codes });
    }
}
