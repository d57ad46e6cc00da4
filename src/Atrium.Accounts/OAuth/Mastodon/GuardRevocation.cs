using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Atrium.Accounts.OAuth.Mastodon;

/// <summary>A token is ended by the app it was given to and by no other, which is told so, as Mastodon does: 403 <c>unauthorized_client</c>.</summary>
internal sealed class GuardRevocation : IOpenIddictServerHandler<ValidateRevocationRequestContext>, IOpenIddictServerHandler<ApplyRevocationResponseContext>
{
    public static void Add(OpenIddictServerBuilder server)
    {
        server.AddEventHandler(OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateRevocationRequestContext>().UseSingletonHandler<GuardRevocation>()
            .SetOrder(OpenIddictServerHandlers.Revocation.ValidateAuthorizedParty.Descriptor.Order - 1).Build());
        server.AddEventHandler(OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyRevocationResponseContext>().UseSingletonHandler<GuardRevocation>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.AttachHttpResponseCode<ApplyRevocationResponseContext>.Descriptor.Order + 1).Build());
    }

    public ValueTask HandleAsync(ValidateRevocationRequestContext context)
    {
        if (context.ClientId is { } client && context.GenericTokenPrincipal?.GetPresenters() is { IsEmpty: false } presenters && !presenters.Contains(client))
            context.Reject(Errors.UnauthorizedClient, "You are not authorized to revoke this token");
        return default;
    }

    public ValueTask HandleAsync(ApplyRevocationResponseContext context)
    {
        if (context.Error == Errors.UnauthorizedClient && context.Transaction.GetHttpRequest() is { } request) request.HttpContext.Response.StatusCode = StatusCodes.Status403Forbidden;
        return default;
    }
}
