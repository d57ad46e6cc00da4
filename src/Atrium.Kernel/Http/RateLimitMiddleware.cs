using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Http;

/// <summary>Holds each caller to the limits of the operation and says in headers what is left of the narrowest.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimiter limiter, TimeProvider clock)
{
    private static readonly string[] Cursors = ["max_id", "min_id", "since_id", "offset", "page", "cursor"];

    public Task InvokeAsync(HttpContext context, CurrentActor current)
    {
        if (context.GetEndpoint() is not { } endpoint) return next(context);
        var rate = endpoint.Metadata.GetMetadata<HasRateClass>()?.Class ?? (HttpMethods.IsGet(context.Request.Method) ? RateClass.Read : RateClass.Write);
        if (RateRule.Of(rate) is not { } rule) return next(context);

        var mastodon = endpoint.Metadata.GetMetadata<HasMastodonLimits>() is not null;
        Allowance? narrowest = null;
        foreach (var (one, caller) in Rules(context, current.Actor, rate, rule, mastodon))
        {
            var left = limiter.Count(one, caller);
            if (left.Limit > 0 && (narrowest is not { } other || left.Left < other.Left)) narrowest = left;
        }

        if (narrowest is not { } told) return next(context);
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = told.Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = Math.Max(0, told.Left).ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = mastodon
            ? (clock.GetUtcNow() + told.Reset).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)
            : ((int)told.Reset.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return told.IsSpent ? throw Refusal.TooMany(told.Reset) : next(context);
    }

    private static IEnumerable<(RateRule Rule, string Caller)> Rules(HttpContext context, Actor actor, RateClass rate, RateRule rule, bool mastodon)
    {
        var address = RateLimiter.AddressOf(context);
        // Secrets are tried, and members made, from an address, whoever claims to be behind it.
        var byAddress = rate is RateClass.Secret or RateClass.SignUp or RateClass.Apps;
        if (byAddress || !mastodon) yield return (rule, actor.MemberId is { } one && !byAddress ? $"{one}/{actor.Client}" : address);
        if (!mastodon) yield break;
        if (actor.MemberId is { } member)
        {
            yield return (RateRule.Member, $"{member}");
            yield return (RateRule.Token, $"{member}/{actor.Client}");
        }
        else
        {
            yield return (RateRule.Address, address);
            if (Cursors.Any(context.Request.Query.ContainsKey)) yield return (RateRule.Paging, address);
        }
    }
}
