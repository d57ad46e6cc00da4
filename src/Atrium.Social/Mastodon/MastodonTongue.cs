using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Atrium.Social;

/// <summary>Says no as Mastodon's API does: <c>{"error": …}</c>, with its words and its statuses.</summary>
internal sealed class MastodonTongue : IRefusalTongue
{
    public bool Speaks(HttpRequest request)
    {
        var path = request.Path;
        return path.StartsWithSegments("/api/v1") || path.StartsWithSegments("/api/v2") || path.StartsWithSegments("/api/oembed");
    }

    public Task WriteAsync(HttpContext context, Refusal? refusal, int status)
    {
        // The token is good, its member is not in yet, or no longer.
        var held = status == StatusCodes.Status401Unauthorized ? context.Features.Get<HeldBack>() : null;
        var tongue = Asked(context);
        var body = new Dictionary<string, object?> { ["error"] = held is null ? Words(refusal, status, tongue) : tongue.Say(Words(held.State)) };
        if (refusal?.Facts.GetValueOrDefault(SignUpRoutes.Details) is IReadOnlyDictionary<string, List<SignUpFault>> details)
            body["details"] = details.ToDictionary(d => d.Key, d => d.Value.ConvertAll(f => f with { Description = tongue.Say(f.Description) }));
        status = held is null ? StatusOf(refusal, status) : StatusCodes.Status403Forbidden;
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Bearer realm=\"Atrium\", error=\"invalid_token\"";
        return context.Response.WriteAsJsonAsync(body, MastodonJson.Options, "application/json; charset=utf-8", context.RequestAborted);
    }

    /// <summary>The tongue that an answer is to be in; the answer says that it is.</summary>
    public static Tongue Asked(HttpContext context)
    {
        var tongue = Tongue.Of(context.Request, context.RequestServices.GetRequiredService<Wire>().Sent.Text("lang") ?? context.Request.Query["lang"]);
        context.Response.Headers.ContentLanguage = tongue.Code;
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return tongue;
    }

    private static int StatusOf(Refusal? refusal, int status) => refusal?.Kind switch
    {
        RefusalKind.Conflict when refusal.Code != "marker_conflict" => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.TooLarge => StatusCodes.Status422UnprocessableEntity,
        // An id in the address that is no number.
        _ when status == StatusCodes.Status400BadRequest => StatusCodes.Status404NotFound,
        _ => status,
    };

    private static string Words(AccountState state) => state switch
    {
        AccountState.Unconfirmed => "Your e-mail address is not confirmed yet: follow the link in the letter we sent",
        AccountState.Waiting => "Your account waits for an administrator's approval",
        AccountState.Leaving => "Your account is being deleted",
        _ => "Your account is suspended",
    };

    // Each fault is said by itself: what is put together from sentences has no words of its own.
    private static string Words(Refusal? refusal, int status, Tongue tongue) => refusal is { Kind: RefusalKind.Invalid, Fields: { Count: > 1 } faults }
        ? tongue.Say("Validation failed: " + string.Join(", ", faults.Select(f => tongue.Say(f.Message)))) : tongue.Say(Words(refusal, status));

    private static string Words(Refusal? refusal, int status) => refusal switch
    {
        null => "Something went wrong on our side",
        { Code: "insufficient_scope" } => "This action is outside the authorized scopes",
        { Code: "marker_conflict" } => refusal.Message,
        { Kind: RefusalKind.SignIn } => "The access token is invalid",
        { Kind: RefusalKind.NotFound } => "Record not found",
        _ when status == StatusCodes.Status400BadRequest => "Record not found",
        { Kind: RefusalKind.Forbidden, Code: "forbidden" } when refusal.Message == Refusal.Forbidden().Message => "This action is not allowed",
        { Kind: RefusalKind.Invalid, Code: "unreadable" } => refusal.Message,
        { Kind: RefusalKind.Invalid } when status == StatusCodes.Status422UnprocessableEntity => $"Validation failed: {refusal.Message}",
        { Kind: RefusalKind.TooMany } => "Too many requests",
        _ => refusal.Message,
    };
}
