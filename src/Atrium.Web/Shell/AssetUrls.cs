using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Web;

/// <summary>Addresses of static assets, with the fingerprint that lets browsers keep them for ever.</summary>
public sealed class AssetUrls(IServiceProvider services)
{
    private const string Own = "_content/Atrium.Web/";
    private readonly Lazy<Dictionary<string, string>> _urls = new(() => Read(services.GetService<EndpointDataSource>()));

    /// <summary>The sprite of icons.</summary>
    public string Icons => field ??= Of("icons.svg");

    /// <summary>The address of <paramref name="path"/> below this library's <c>wwwroot</c>.</summary>
    public string Of(string path) => Any(Own + path);

    /// <summary>The address of any asset, such as <c>_framework/blazor.web.js</c>.</summary>
    public string Any(string label) => "/" + _urls.Value.GetValueOrDefault(label, label);

    private static Dictionary<string, string> Read(EndpointDataSource? endpoints)
    {
        var urls = new Dictionary<string, string>();
        foreach (var endpoint in endpoints?.Endpoints ?? [])
        {
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not { } asset) continue;
            if (asset.Properties.FirstOrDefault(p => p.Name == "label") is { } label) urls[label.Value] = asset.Route;
        }

        return urls;
    }
}
