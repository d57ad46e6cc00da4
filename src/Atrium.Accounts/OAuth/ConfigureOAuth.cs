using Atrium.Kernel.Modules;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace Atrium.Accounts.OAuth;

/// <summary>Gives OpenIddict what is only known once the house stands: its keys, and the scopes of all modules.</summary>
internal sealed class ConfigureOAuth(OAuthKeys keys, IEnumerable<ApiScope> scopes) : IConfigureOptions<OpenIddictServerOptions>
{
    public void Configure(OpenIddictServerOptions options)
    {
        keys.Refresh();
        options.SigningCredentials.AddRange(keys.SigningCredentials());
        options.EncryptionCredentials.AddRange(keys.EncryptingCredentials());
        options.Scopes.UnionWith(IdentityScopes.Titles.Keys);
        options.Scopes.UnionWith(scopes.Select(s => s.Key));
    }
}
