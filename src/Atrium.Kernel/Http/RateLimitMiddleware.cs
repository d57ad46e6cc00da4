using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Http;

/// <summary>Holds each caller to the limit of the operation's class and says in headers what is left.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimiter limiter, TimeProvider clock)
{
    public Task InvokeAsync(HttpContext context, CurrentActor current)
    {
        if (context.GetEndpoint() is not { } endpoint) return next(context);
        var rate = endpoint.Metadata.GetMetadata<HasRateClass>()?.Class ?? (HttpMethods.IsGet(context.Request.Method) ? RateClass.Read : RateClass.Write);
        if (rate == RateClass.Free) return next(context);

        var left = limiter.Count(Caller(context, current.Actor, rate), rate);
        if (left.Limit == 0) return next(context);
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = left.Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = Math.Max(0, left.Left).ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = endpoint.Metadata.GetMetadata<TellsResetAsInstant>() is null
            ? ((int)left.Reset.TotalSeconds).ToString(CultureInfo.InvariantCulture)
            : (clock.GetUtcNow() + left.Reset).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        return left.IsSpent ? throw Refusal.TooMany(left.Reset) : next(context);
    }

    // Secrets are tried from an address, whoever claims to be behind it.
    private static string Caller(HttpContext context, Actor actor, RateClass rate) =>
        actor.MemberId is { } member && rate != RateClass.Secret ? $"{member}/{actor.Client}" : context.Connection.RemoteIpAddress?.ToString() ?? "?";
}
