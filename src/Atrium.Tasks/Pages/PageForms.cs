using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Tasks;

/// <summary>How the forms of Tasks answer: 303 when it was done, the same page with what was typed when it was refused.</summary>
internal static class PageForms
{
    /// <summary>Does <paramref name="act"/>, which answers where to go; when it is refused, shows <paramref name="again"/>.</summary>
    public static async Task<IResult> SendAsync(HttpContext http, Func<IFormCollection, Task<string>> act, Func<FormState, Refusal, Task<IResult>> again)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        try
        {
            return SeeOther(http, await act(form));
        }
        catch (Refusal refusal) when (refusal.Kind is RefusalKind.Invalid or RefusalKind.Conflict or RefusalKind.Stale or RefusalKind.Forbidden or RefusalKind.TooLarge)
        {
            http.Response.StatusCode = Problem.StatusOf(refusal);
            return await again(FormState.Of(form, refusal), refusal);
        }
    }

    /// <summary>303 to an address of this house.</summary>
    public static IResult SeeOther(HttpContext http, string href)
    {
        http.Response.Headers.Location = href;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>A page, in the status that was set before.</summary>
    public static IResult Page<T>(HttpContext http, object? parameters = null) where T : IComponent =>
        new RazorComponentResult<T>(parameters ?? new { }) { StatusCode = http.Response.StatusCode };

    public static string? Text(this IFormCollection form, string name) => form.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>What was typed, or null for nothing.</summary>
    public static string? Said(this IFormCollection form, string name) => Text(form, name)?.Trim() is { Length: > 0 } said ? said : null;

    public static long? Number(this IFormCollection form, string name) => long.TryParse(Text(form, name), out var number) ? number : null;

    /// <summary>The ids of a field that was ticked several times.</summary>
    public static IReadOnlyList<Id<T>> Ids<T>(this IFormCollection form, string name) =>
        [.. form[name].Select(v => long.TryParse(v, out var id) ? new Id<T>(id) : (Id<T>?)null).OfType<Id<T>>()];

    /// <summary>The page the form was on, if it is one of ours.</summary>
    public static string Back(this IFormCollection form, string usual) =>
        Text(form, "back") is ['/', ..] and not ['/', '/' or '\\', ..] and { } back && !back.Any(char.IsControl) ? back : usual;
}
