using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Web;

/// <summary><c>/ui</c>: every component of the kit in every state, for those who build pages.</summary>
public static class UiPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/ui", () => new RazorComponentResult<KitPage>()).AllowAnonymous().ExcludeFromDescription().Rate(RateClass.Read);
        app.MapPost("/ui/preview", PreviewAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription().Rate(RateClass.Read);
    }

    private static async Task<IResult> PreviewAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        return Results.Text($"<p>{SafeHtml.Encoded(form["text"])}</p>", "text/html; charset=utf-8");
    }
}
