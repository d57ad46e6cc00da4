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
    }
}
