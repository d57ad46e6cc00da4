using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;

namespace Atrium.Contracts.Home;

/// <summary>
/// Whole addresses for what leaves the house: mail, push, exports. The configured <c>House:Url</c>, or else where the server listens.
/// </summary>
public sealed class HouseLinks(IConfiguration configuration, IServer? server = null)
{
    /// <summary>The house's own origin.</summary>
    public Uri Root => new(configuration["House:Url"] ?? Listening() ?? "http://localhost:5080");

    /// <summary>A path of ours as a whole address; what is whole already stays as it is.</summary>
    public Uri To(string href) => new(Root, href);

    private string? Listening() => server?.Features.Get<IServerAddressesFeature>()?.Addresses
        .Select(a => a.Replace("://[::]", "://localhost", StringComparison.Ordinal).Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal))
        .FirstOrDefault();
}
