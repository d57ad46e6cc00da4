using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Diagnostics;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: so does its database.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder app)
    {
        // As Mastodon's clients and monitors ask.
        app.MapGet("/health", () => TypedResults.Text("OK")).ExcludeFromDescription().AllowAnonymous().Rate(RateClass.Free);
        app.MapGet("/health/live", () => TypedResults.Text("ok")).ExcludeFromDescription().AllowAnonymous().Rate(RateClass.Free);
        app.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription().AllowAnonymous().Rate(RateClass.Free);
    }

    private static async Task<IResult> ReadyAsync(KernelDb db, CancellationToken ct)
    {
        try
        {
            await db.Database.ExecuteSqlRawAsync("SELECT 1", ct);
            return TypedResults.Text("ok");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return TypedResults.Text("the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
