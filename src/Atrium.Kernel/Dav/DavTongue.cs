using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Dav;

/// <summary>Says no under <c>/dav/</c> where a request never reaches the engine: who signs in wrongly, comes too often, or finds us at fault.</summary>
internal sealed class DavTongue : IRefusalTongue
{
    public bool Speaks(HttpRequest request) => request.Path.StartsWithSegments("/dav") || request.Path.StartsWithSegments("/.well-known/caldav");

    public Task WriteAsync(HttpContext context, Refusal? refusal, int status)
    {
        context.Response.Headers["DAV"] = DavEndpoint.Classes;
        if (status == StatusCodes.Status401Unauthorized && context.GetEndpoint()?.Metadata.GetMetadata<AsksFor>() is { } asks) context.Response.Headers.WWWAuthenticate = asks.Challenge;
        return Of(context.Request, refusal, status).WriteAsync(context);
    }

    private static DavFault Of(HttpRequest request, Refusal? refusal, int status) => refusal switch
    {
        null => new(status, null, "Something went wrong on our side. It was written down."),
        { Code: "insufficient_scope" } => DavFault.Lacks(DavEndpoint.IsReading(request.Method) ? "read" : "write", request.Path, refusal.Message),
        { Kind: RefusalKind.TooLarge } when HttpMethods.IsPut(request.Method) => DavRefusals.Of(refusal, request.Path),
        { Kind: RefusalKind.SignIn or RefusalKind.Forbidden or RefusalKind.Invalid or RefusalKind.TooLarge } => new(status, null, refusal.Message),
        _ => DavRefusals.Of(refusal, request.Path),
    };
}
