using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Atrium.Accounts.OAuth.Mastodon;

/// <summary>
/// Some apps name scopes beside a code, where there is no such parameter (RFC 6749 section 4.1.3): the member has said what the code is good for,
/// and what is not known is ignored (section 3.2).
/// </summary>
internal sealed class IgnoreScopes : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
        .UseSingletonHandler<IgnoreScopes>()
        .SetOrder(int.MinValue + 1000)
        .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (context.Request.IsAuthorizationCodeGrantType()) context.Request.Scope = null;
        return default;
    }
}
