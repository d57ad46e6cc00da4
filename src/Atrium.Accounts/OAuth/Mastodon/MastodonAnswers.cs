using Atrium.Accounts.OAuth.Pages;
using Atrium.Kernel;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Atrium.Accounts.OAuth.Mastodon;

/// <summary>Puts the answers of the OAuth endpoints into the form that Mastodon's apps read.</summary>
internal sealed class MastodonAnswers(TimeProvider clock)
    : IOpenIddictServerHandler<ApplyTokenResponseContext>, IOpenIddictServerHandler<ApplyAuthorizationResponseContext>, IOpenIddictServerHandler<HandleConfigurationRequestContext>,
      IOpenIddictServerHandler<ApplyRevocationResponseContext>
{
    /// <summary>Marks a token answer that goes to such an app: what it was granted.</summary>
    public const string Granted = "atrium:mastodon_granted";

    public static void Add(OpenIddictServerBuilder server)
    {
        server.AddEventHandler(IgnoreScopes.Descriptor);
        GuardRevocation.Add(server);
        server.AddEventHandler(OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>().UseSingletonHandler<MastodonAnswers>().SetOrder(int.MinValue + 1000).Build());
        server.AddEventHandler(OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>().UseSingletonHandler<MastodonAnswers>().SetOrder(int.MinValue + 1000).Build());
        server.AddEventHandler(OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyRevocationResponseContext>().UseSingletonHandler<MastodonAnswers>().SetOrder(int.MinValue + 1000).Build());
        server.AddEventHandler(OpenIddictServerHandlerDescriptor.CreateBuilder<HandleConfigurationRequestContext>().UseSingletonHandler<MastodonAnswers>().SetOrder(int.MaxValue - 1000).Build());
    }

    /// <summary>Always the scopes, always when it was made, never when it ends: it does not.</summary>
    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (context.Transaction.GetHttpRequest()?.HttpContext.Items[Granted] is not string scopes || context.Error is not null) return default;
        context.Response.Scope = scopes;
        context.Response.ExpiresIn = null;
        context.Response["created_at"] = clock.GetUtcNow().ToUnixTimeSeconds();
        return default;
    }

    /// <summary>An app without an address gets its code by the member's own hand.</summary>
    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (context.Request?.RedirectUri != RegisterClient.OutOfBand || context.Transaction.GetHttpRequest()?.HttpContext is not { } http) return;
        // Without an app there is nobody the code could be for: the page of errors says so.
        if (context.Error is not null && context.RedirectUri is null) return;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = StatusCodes.Status200OK;
        await new RazorComponentResult<ShownCodePage>(new Dictionary<string, object?>
        {
            [nameof(ShownCodePage.Code)] = context.Response.Code, [nameof(ShownCodePage.Error)] = context.Error is null ? null : context.Response.ErrorDescription ?? context.Error,
        }).ExecuteAsync(http);
        context.HandleRequest();
    }

    /// <summary>What is no longer there is revoked as well (RFC 7009, 2.2).</summary>
    public ValueTask HandleAsync(ApplyRevocationResponseContext context)
    {
        if (context.Error is not OpenIddictConstants.Errors.InvalidToken) return default;
        context.Response.Error = null;
        context.Response.ErrorDescription = null;
        context.Response.ErrorUri = null;
        return default;
    }

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        if (context.Issuer is { } issuer) context.Metadata["app_registration_endpoint"] = new Uri(issuer, "/api/v1/apps").AbsoluteUri;
        return default;
    }
}
