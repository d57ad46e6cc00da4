using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Http;

/// <summary>
/// Refuses a token that was not given the operation's scope. An address that names no scope is closed to tokens altogether, unless
/// it is open to everyone.
/// </summary>
internal sealed class ScopeMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context, CurrentActor current)
    {
        if (current.Actor.Scopes is null || context.GetEndpoint() is not { } endpoint) return next(context);
        if (endpoint.Metadata.GetMetadata<NeedsScope>() is { } needs)
        {
            if (current.Actor.HasScope(needs.Scope) || (needs.Or is { } other && current.Actor.HasScope(other))) return next(context);
            context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{needs.Scope}\"";
            throw Refusal.Forbidden($"This token may not do that: it lacks the scope {needs.Scope}.", "insufficient_scope");
        }

        return endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null
            ? next(context)
            : throw Refusal.Forbidden("A token cannot be used here.", "insufficient_scope");
    }
}
