using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

internal sealed record TokenEntity(string AccessToken, string TokenType, string Scope, long CreatedAt);

internal sealed record SignUpFault(string Error, string Description);

/// <summary>Becoming a member from within an app. The token it gets answers nothing until the address is confirmed.</summary>
internal static class SignUpRoutes
{
    /// <summary>The fact of a refusal that holds what is wrong, by field.</summary>
    public const string Details = "details";

    private static readonly Dictionary<string, string> Fields = new() { ["handle"] = "username", ["email"] = "email", ["password"] = "password", ["reason"] = "reason", ["agreement"] = "agreement" };

    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("POST", "v1/accounts", "createAccount", "Asks to become a member, from within an app", "write:accounts", SignUpAsync, RateClass.SignUp);
        // Open, since whoever is not confirmed yet calls as nobody.
        api.Open("GET", "v1/emails/check_confirmation", "checkConfirmation", "Says whether your address is confirmed", "read:accounts", (Wire wire, HttpContext http) =>
        {
            if (Waits(http, "read:accounts") is not { } held) wire.Viewer.Demand();
            else return Wire.Json(held.State != AccountState.Unconfirmed);
            return Wire.Json(true);
        });
        api.Open("POST", "v1/emails/confirmations", "resendConfirmation", "Sends the letter that asks to confirm your address again", "write:accounts", RemindAsync).Rate(RateClass.Secret);
    }

    private static async Task<IResult> RemindAsync(Wire wire, HttpContext http, ISignUp door, CancellationToken ct)
    {
        if (Waits(http, "write:accounts") is not { State: AccountState.Unconfirmed } held)
        {
            if (http.Features.Get<HeldBack>() is null) wire.Viewer.Demand();
            throw Refusal.Forbidden("This method is only available while the e-mail is awaiting confirmation");
        }

        await door.RemindAsync(held.Member, wire.Sent.Text("email"), ct);
        return Wire.Empty();
    }

    // Who signed up, by a token that is good for nothing else yet.
    private static HeldBack? Waits(HttpContext http, string scope)
    {
        if (http.Features.Get<HeldBack>() is not { State: AccountState.Unconfirmed or AccountState.Waiting } held) return null;
        return new Actor { Kind = ActorKind.Member, MemberId = held.Member, Scopes = held.Scopes?.ToHashSet() }.HasScope(scope) ? held : throw Refusal.Forbidden("This action is outside the authorized scopes", "insufficient_scope");
    }

    private static async Task<IResult> SignUpAsync(Wire wire, ISignUp door, IMemberRegistry registry, TimeProvider clock, CancellationToken ct)
    {
        if (wire.Actor is not { Kind: ActorKind.App, Scopes: { } scopes }) throw Refusal.Forbidden("This method requires a client credentials token");
        var sent = wire.Sent;
        if (sent.Switch("agreement") != true) throw Faults([new("agreement", "must be accepted", "accepted")]);
        Id<Member> member;
        try
        {
            member = await door.AskAsync(new(sent.Text("username"), sent.Text("email"), sent.Text("password"), sent.Text("reason"), sent.Text("invite_code"), sent.Text("locale"), sent.Text("date_of_birth")), ct);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.Invalid)
        {
            throw Faults(refusal.Fields);
        }
        catch (Refusal refusal) when (refusal.Kind is RefusalKind.Gone)
        {
            throw Refusal.Forbidden(refusal.Message);
        }

        var token = await registry.AddTokenAsync(member, wire.Actor.Client, [.. scopes], ct);
        return Wire.Json(new TokenEntity(token, "Bearer", string.Join(' ', scopes), clock.GetUtcNow().ToUnixTimeSeconds()));
    }

    private static Refusal Faults(IReadOnlyList<FieldError> faults)
    {
        var named = faults.Select(f => f with { Field = Fields.GetValueOrDefault(f.Field, f.Field) }).ToList();
        return Refusal.Invalid(named.ConvertAll(f => f with { Message = $"{char.ToUpperInvariant(f.Field[0])}{f.Field[1..].Replace('_', ' ')}: {f.Message}" }))
            .With(Details, named.GroupBy(f => f.Field).ToDictionary(g => g.Key, g => g.Select(f => new SignUpFault(Code(f.Code), f.Message)).ToList()));
    }

    private static string Code(string code) => code switch
    {
        "required" or "blank" => "ERR_BLANK",
        "taken" => "ERR_TAKEN",
        "reserved" => "ERR_RESERVED",
        "too_young" => "ERR_BELOW_LIMIT",
        "too_short" or "password_short" => "ERR_TOO_SHORT",
        "too_long" => "ERR_TOO_LONG",
        "accepted" => "ERR_ACCEPTED",
        "breached" or "common" => "ERR_BLOCKED",
        _ => "ERR_INVALID",
    };
}
