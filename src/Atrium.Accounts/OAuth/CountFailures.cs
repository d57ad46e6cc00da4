using Atrium.Kernel.Http;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Atrium.Accounts.OAuth;

/// <summary>
/// Counts what an address got wrong at the token endpoint: secrets, codes, passwords. Waiting for somebody to allow a device (RFC 8628 section 3.5)
/// is nothing wrong.
/// </summary>
internal sealed class CountFailures(RateLimiter limiter) : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>()
        .UseSingletonHandler<CountFailures>()
        .SetOrder(int.MinValue + 100_000)
        .Build();

    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (context.Error is OpenIddictConstants.Errors.InvalidClient or OpenIddictConstants.Errors.InvalidGrant && context.Transaction.GetHttpRequest() is { } request)
            limiter.Count(RateRule.FailedOAuth, RateLimiter.AddressOf(request.HttpContext));
        return default;
    }
}
