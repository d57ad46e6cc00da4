using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Http;

/// <summary>What an address asks those for who are not signed in (RFC 9110, 11.6.1), where it is not a bearer token.</summary>
/// <param name="Challenge"><c>Basic realm="Atrium"</c>.</param>
public sealed record AsksFor(string Challenge);

/// <summary>Renders a refusal as problem+json (RFC 9457) with a stable <c>code</c>.</summary>
public static class Problem
{
    public const string ContentType = "application/problem+json";

    public static int StatusOf(Refusal refusal, bool unreadable = false) => refusal.Kind switch
    {
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.SignIn => StatusCodes.Status401Unauthorized,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Invalid => unreadable ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
        RefusalKind.PreconditionRequired => StatusCodes.Status428PreconditionRequired,
        RefusalKind.Gone => StatusCodes.Status410Gone,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    public static async Task WriteAsync(HttpContext context, Refusal refusal, int status)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized && context.Response.Headers.WWWAuthenticate.Count == 0)
            context.Response.Headers.WWWAuthenticate = context.GetEndpoint()?.Metadata.GetMetadata<AsksFor>()?.Challenge ?? "Bearer";
        var document = new Dictionary<string, object?>
        {
            ["type"] = "about:blank",
            ["title"] = refusal.Message,
            ["status"] = status,
            ["code"] = status == StatusCodes.Status500InternalServerError ? "internal" : refusal.Code,
        };
        if (refusal.Fields.Count > 0) document["errors"] = refusal.Fields.Select(f => new { field = f.Field, message = f.Message, code = f.Code });
        foreach (var (name, value) in refusal.Facts) document[name] = value;
        await context.Response.WriteAsJsonAsync(document, ApiJson.Options, ContentType, context.RequestAborted);
    }
}
