using Atrium.Kernel;
using Atrium.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Home;

/// <summary>How Home's pages answer.</summary>
internal static class PageAnswers
{
    public static IResult Show<TPage>(object parameters, FormState? state = null) where TPage : IComponent =>
        new RazorComponentResult<TPage>(parameters) { StatusCode = state is { IsSent: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };

    /// <summary>Done; look there (303).</summary>
    public static IResult SeeOther(string href) => new Onwards(href);

    /// <summary>Carries a form out; what it gets wrong is shown in the form again, with what was typed.</summary>
    public static async Task<IResult> TryAsync(HttpRequest request, Func<IFormCollection, Task<IResult>> act, Func<FormState, Task<IResult>> again)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        try
        {
            return await act(form);
        }
        catch (Refusal refusal) when (refusal.Kind is RefusalKind.Invalid or RefusalKind.Conflict or RefusalKind.Stale)
        {
            return await again(FormState.Of(form, refusal));
        }
    }

    public static string? Text(this IFormCollection form, string field) => form[field].ToString() is { Length: > 0 } text ? text : null;

    public static int? Number(this IFormCollection form, string field) => form.Text(field) is not { } text ? null
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : throw Refusal.Invalid(field, "Use a whole number.");

    public static TEnum Choice<TEnum>(this IFormCollection form, string field) where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(form[field], ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : throw Refusal.Invalid(field, "Choose one of those listed.");

    private sealed class Onwards(string href) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            // Only within the house, whatever a form said.
            httpContext.Response.Headers.Location = href.StartsWith('/') && !href.StartsWith("//", StringComparison.Ordinal) && !href.Contains('\\', StringComparison.Ordinal) ? href : "/";
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            return Task.CompletedTask;
        }
    }
}
