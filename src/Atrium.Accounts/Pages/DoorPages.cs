using Atrium.Accounts.Credentials;
using Atrium.Accounts.Data;
using Atrium.Accounts.Doors;
using Atrium.Accounts.Model;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.Security;
using Atrium.Accounts.Setup;
using Atrium.Accounts.SigningUp;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Atrium.Kernel.Settings;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Pages;

/// <summary>The pages for those who are not in yet: sign-up and its letters, a forgotten password, the set-up of the house.</summary>
internal static class DoorPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        var door = pages.MapGroup("").AllowAnonymous();
        door.MapGet("/sign-up", SignUpAsync);
        door.MapPost("/sign-up", SendSignUpAsync).Rate(RateClass.SignUp);
        door.MapGet("/sign-up/sent", (HttpContext http) => Word(http, "Look into your mailbox", "We sent a letter with a link. Follow it to finish; it works for three days. Nothing there? Look among the unwanted."));
        door.MapGet("/confirm/{key}", (string key, HttpContext http) => Word(http, "Confirm your address", "One click, and your account is ready.", $"/confirm/{key}", verb: "Confirm address"));
        door.MapPost("/confirm/{key}", ConfirmAsync).Rate(RateClass.Secret);
        door.MapGet("/confirm-email/{key}", (string key, HttpContext http) => Word(http, "Confirm your new address", "Letters go there from then on.", $"/confirm-email/{key}", verb: "Confirm new address"));
        door.MapPost("/confirm-email/{key}", ConfirmEmailAsync).Rate(RateClass.Secret);
        door.MapGet("/forgot-password", (HttpContext http) => Forms.Page<ForgotPage>(http, new { State = FormState.Fresh }));
        door.MapPost("/forgot-password", ForgotAsync).Rate(RateClass.Secret);
        door.MapGet("/forgot-password/sent", (HttpContext http) => Word(http, "Look into your mailbox", "If that address has an account, a link is on its way. It works once, for an hour.", "/sign-in", link: "Back to sign-in"));
        door.MapGet("/reset-password/{key}", ResetAsync).Rate(RateClass.Secret);
        door.MapPost("/reset-password/{key}", SendResetAsync).Rate(RateClass.Secret);
        door.MapGet("/setup/{key}", SetupAsync).Rate(RateClass.Secret);
        door.MapPost("/setup/{key}", SendSetupAsync).Rate(RateClass.Secret);
    }

    private static IResult Word(HttpContext http, string title, string text, string href = "/", string? verb = null, string? link = null) =>
        Forms.Page<WordPage>(http, new { Title = title, Text = text, Href = href, Verb = verb, Link = link });

    private static Task<IResult> SignUpAsync(string? invitation, HttpContext http, HouseSettings settings, CancellationToken ct) => SignUpPageAsync(FormState.Fresh, invitation, http, settings, ct);

    private static async Task<IResult> SignUpPageAsync(FormState state, string? invitation, HttpContext http, HouseSettings settings, CancellationToken ct) => Forms.Page<SignUpPage>(http, new
    {
        State = state, Mode = await settings.TextAsync(AccountSettings.SignUp, ct), Words = await settings.TextAsync(AccountSettings.Welcome, ct), LongestName = (int)await settings.NumberAsync(AccountSettings.Name, ct), LeastAge = (int)await settings.NumberAsync(AccountSettings.LeastAge, ct), Invitation = invitation,
    });

    private static Task<IResult> SendSignUpAsync(HttpContext http, AccountsDb db, PasswordRules rules, PasswordBook passwords, HouseSettings settings, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            await SignUp.HandleAsync(
                new(form.Text("handle"), form.Text("name"), form.Text("email"), form.Text("password"), form.Text("invitation"), form.Text("reason"), form.Text("time_zone"), Born: form.Text("date_of_birth")),
                db, rules, passwords, settings, ct);
            return "/sign-up/sent";
        },
        state => SignUpPageAsync(state, state.Value("invitation"), http, settings, ct));

    private static Task<IResult> ConfirmAsync(string key, HttpContext http, AccountsDb db, HouseSettings settings, CancellationToken ct) => Forms.SendAsync(
        http,
        async _ => await ConfirmSignUp.HandleAsync(key, db, settings, ct) == AccountState.Waiting ? "/sign-in?notice=waiting" : "/sign-in?notice=confirmed",
        state => Task.FromResult(Word(http, "Confirm your address", state.Errors[0].Message, "/sign-in", link: "Go to sign-in")));

    private static Task<IResult> ConfirmEmailAsync(string key, HttpContext http, AccountsDb db, CancellationToken ct) => Forms.SendAsync(
        http,
        async _ =>
        {
            await ChangeEmail.ConfirmAsync(key, db, ct);
            return "/settings/account";
        },
        state => Task.FromResult(Word(http, "Confirm your new address", state.Errors[0].Message, "/settings/account", link: "Go to settings")));

    private static Task<IResult> ForgotAsync(HttpContext http, AccountsDb db, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            await ResetPassword.AskAsync(form.Text("email"), db, ct);
            return "/forgot-password/sent";
        },
        state => Task.FromResult(Forms.Page<ForgotPage>(http, new { State = state })));

    private static async Task<IResult> ResetAsync(string key, HttpContext http, AccountsDb db, CancellationToken ct)
    {
        await MailedKeys.PeekAsync(key, KeyPurpose.ResetPassword, db, ct);
        return Forms.Page<ResetPage>(http, new { Key = key });
    }

    private static Task<IResult> SendResetAsync(
        string key, HttpContext http, AccountsDb db, PasswordRules rules, PasswordBook passwords, IEnumerable<ICredentialStore> credentials, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            await ResetPassword.HandleAsync(key, form.Text("password"), db, rules, passwords, credentials, ct);
            return "/sign-in?notice=reset";
        },
        state => Task.FromResult(Forms.Page<ResetPage>(http, new { Key = key, State = state })));

    private static async Task<IResult> SetupAsync(string key, HttpContext http, SetupKey setup, AccountsDb db, CancellationToken ct)
    {
        await SetUpHouse.DemandAsync(key, setup, db, ct);
        return Forms.Page<SetupPage>(http, new { Key = key });
    }

    private static Task<IResult> SendSetupAsync(
        string key, HttpContext http, SetupKey setup, AccountsDb db, KernelDb kernel, MemberRegistry registry, HouseSettings settings, CancellationToken ct) => Forms.SendAsync(
        http,
        async form =>
        {
            await SetUpHouse.HandleAsync(
                key, new(form.Text("house_name"), form.Text("tagline"), form.Text("handle"), form.Text("name"), form.Text("email"), form.Text("password"), form.Text("time_zone")),
                http, setup, db, kernel, registry, settings, ct);
            return "/";
        },
        state => Task.FromResult(Forms.Page<SetupPage>(http, new { Key = key, State = state })));
}
