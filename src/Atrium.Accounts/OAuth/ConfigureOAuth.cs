using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth;

/// <summary>
/// Gives OpenIddict what is only known once the house stands: its keys, the scopes of all modules, and whether apps may sign members in by their
/// password (<c>Accounts:OAuth:PasswordGrant</c>), which no house does unless it says so (RFC 9700, 2.4).
/// </summary>
internal sealed class ConfigureOAuth(OAuthKeys keys, IEnumerable<ApiScope> scopes, HouseAddress address, IConfiguration configuration) : IConfigureOptions<OpenIddictServerOptions>
{
    public void Configure(OpenIddictServerOptions options)
    {
        // Where no address was named, each request says under which one the app knows the house.
        if (address.IsSet) options.Issuer = new(address.Root);
        if (configuration.GetValue("Accounts:OAuth:PasswordGrant", false)) options.GrantTypes.Add(GrantTypes.Password);
        keys.Refresh();
        options.SigningCredentials.AddRange(keys.SigningCredentials());
        options.EncryptionCredentials.AddRange(keys.EncryptingCredentials());
        options.Scopes.UnionWith(IdentityScopes.Titles.Keys);
        options.Scopes.UnionWith(scopes.Select(s => s.Key));
    }
}
