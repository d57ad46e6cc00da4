using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Http;

/// <summary>Says no to the unauthorised in the house's own way, whatever scheme signed them in.</summary>
internal sealed class RefusalAuthorization : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        throw authorizeResult.Challenged ? Refusal.SignIn() : Refusal.Forbidden();
    }
}
