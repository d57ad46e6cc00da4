using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;

namespace Atrium.Kernel.Http;

/// <summary>
/// The address under which people reach the house, for links in mails and protocols: <c>House:Address</c> of the configuration, else the
/// first address listened on. Never taken from a request, whose Host header a stranger can choose.
/// </summary>
public sealed class HouseAddress(IConfiguration configuration, IServer server)
{
    /// <summary>Without a slash at the end.</summary>
    public string Root => (configuration["House:Address"] ?? Listening()).TrimEnd('/');

    /// <summary>True when the administrator named the address.</summary>
    public bool IsSet => configuration["House:Address"] is not null;

    /// <param name="path">Begins with a slash.</param>
    public Uri Of(string path) => new(Root + path);

    private string Listening()
    {
        var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080";
        return first.Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal);
    }
}
