using Atrium.Accounts.Security;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Accounts.Pages;

/// <summary>How every form of Accounts answers: 303 when it was done, the same page with what was typed when it was refused.</summary>
internal static class Forms
{
    /// <summary>Does <paramref name="act"/>, which answers where to go; when it is refused, shows <paramref name="again"/>.</summary>
    public static async Task<IResult> SendAsync(HttpContext http, Func<IFormCollection, Task<string>> act, Func<FormState, Task<IResult>> again)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        try
        {
            return new SeeOther(await act(form));
        }
        catch (Refusal refusal) when (refusal.Code == Proof.Wanted)
        {
            var back = http.Request.Headers.Referer.ToString() is { Length: > 0 } from && Uri.TryCreate(from, UriKind.Absolute, out var uri) ? uri.PathAndQuery : "/settings/security";
            return new SeeOther("/settings/prove?next=" + Uri.EscapeDataString(SeeOther.Local(back)));
        }
        catch (Refusal refusal) when (refusal.Kind is RefusalKind.Invalid or RefusalKind.Conflict or RefusalKind.Forbidden or RefusalKind.TooMany or RefusalKind.Gone or RefusalKind.TooLarge or RefusalKind.Stale)
        {
            if (refusal.RetryAfter is { } wait) http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            http.Response.StatusCode = Problem.StatusOf(refusal);
            return await again(FormState.Of(form, refusal));
        }
    }

    /// <summary>A page, in the status that was set before.</summary>
    public static IResult Page<T>(HttpContext http, object parameters) where T : IComponent => new RazorComponentResult<T>(parameters) { StatusCode = http.Response.StatusCode };

    public static string? Text(this IFormCollection form, string name) => form.TryGetValue(name, out var value) ? value.ToString() : null;

    public static bool Ticked(this IFormCollection form, string name) => form[name].Contains("true");
}
