using Atrium.Contracts.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social;

/// <summary>Asks whether a token that was good once is good still, as if somebody called with it.</summary>
internal static class TokenProbe
{
    /// <param name="header">As in <c>Authorization</c>.</param>
    public static async Task<TokenState> SeenAsync(string header, IServiceScopeFactory scopes)
    {
        await using var scope = scopes.CreateAsyncScope();
        // The schemes look at a request; a fresh one forgets what was found before.
        var probe = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        probe.Request.Headers.Authorization = header;
        probe.Request.Scheme = "http";
        probe.Request.Host = new("localhost");
        await BeginAsync(probe, scope.ServiceProvider);
        if ((await probe.AuthenticateAsync()).Succeeded) return TokenState.Good;
        return probe.Features.Get<HeldBack>() is null ? TokenState.Ended : TokenState.HeldBack;
    }

    // As every request begins: those who give tokens themselves look at it first.
    private static async Task BeginAsync(HttpContext probe, IServiceProvider services)
    {
        var handlers = services.GetRequiredService<IAuthenticationHandlerProvider>();
        foreach (var scheme in await services.GetRequiredService<IAuthenticationSchemeProvider>().GetRequestHandlerSchemesAsync())
            if (await handlers.GetHandlerAsync(probe, scheme.Name) is IAuthenticationRequestHandler handler && await handler.HandleRequestAsync()) return;
    }
}

internal enum TokenState
{
    Good,

    /// <summary>Its member is suspended, or leaving.</summary>
    HeldBack,

    /// <summary>Revoked, or expired.</summary>
    Ended,
}
