using System.Security.Cryptography;
using System.Text;
using Atrium.Kernel;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;

namespace Atrium.Accounts.OAuth.Apps;

/// <summary>
/// OpenIddict's registry of apps. Secrets are 256 random bits that the house makes itself, so SHA-256 keeps them as safe as the slow
/// hash that passwords need, without its milliseconds on every token request.
/// </summary>
internal sealed class AppRegistry(
    IOpenIddictApplicationCache<OpeniddictApplication> cache, ILogger<OpenIddictApplicationManager<OpeniddictApplication>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options, IOpenIddictApplicationStore<OpeniddictApplication> store)
    : OpenIddictApplicationManager<OpeniddictApplication>(cache, logger, options, store)
{
    protected override ValueTask<string> ObfuscateClientSecretAsync(string secret, CancellationToken cancellationToken = default) => new(RandomKey.Hash(secret));

    protected override ValueTask<bool> ValidateClientSecretAsync(string secret, string comparand, CancellationToken cancellationToken = default) =>
        new(CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(RandomKey.Hash(secret)), Encoding.ASCII.GetBytes(comparand)));
}
