using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace Atrium.Accounts.OAuth;

/// <summary>Gives OpenIddict what is only known once the house stands: its keys, and the scopes of all modules.</summary>
internal sealed class ConfigureOAuth(OAuthKeys keys, IEnumerable<ApiScope> scopes, HouseAddress address) : IConfigureOptions<OpenIddictServerOptions>
{
    public void Configure(OpenIddictServerOptions options)
    {
        // Where no address was named, each request says under which one the app knows the house.
        if (address.IsSet) options.Issuer = new(address.Root);
        keys.Refresh();
        options.SigningCredentials.AddRange(keys.SigningCredentials());
        options.EncryptionCredentials.AddRange(keys.EncryptingCredentials());
        options.Scopes.UnionWith(IdentityScopes.Titles.Keys);
        options.Scopes.UnionWith(scopes.Select(s => s.Key));
    }
}
