using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Web;

/// <summary>Says no on a page of the house; one who is not signed in is led to the door instead.</summary>
internal sealed class RefusalPages : IRefusalPages
{
    public Task RenderAsync(HttpContext context, Refusal refusal, int status)
    {
        if (refusal.Kind == RefusalKind.SignIn && HttpMethods.IsGet(context.Request.Method))
        {
            var next = context.Request.Path + context.Request.QueryString;
            context.Response.Redirect("/sign-in?next=" + Uri.EscapeDataString(next));
            return Task.CompletedTask;
        }

        context.Response.StatusCode = status;
        var page = new RazorComponentResult<ErrorPage>(new Dictionary<string, object?>
        {
            [nameof(ErrorPage.Status)] = status,
            [nameof(ErrorPage.Message)] = refusal.Message,
            [nameof(ErrorPage.Code)] = refusal.Code,
        }) { StatusCode = status };
        return page.ExecuteAsync(context);
    }
}
