using Microsoft.AspNetCore.Http;

namespace Atrium.Accounts.Pages;

/// <summary>303: what was sent was done; look there.</summary>
internal sealed class SeeOther(string href) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = href;
        return Task.CompletedTask;
    }

    /// <summary><paramref name="next"/> if it is an address of this house, else <paramref name="usual"/>.</summary>
    public static string Local(string? next, string usual = "/") =>
        next is ['/', ..] and not ['/', '/' or '\\', ..] && !next.Any(char.IsControl) ? next : usual;
}
