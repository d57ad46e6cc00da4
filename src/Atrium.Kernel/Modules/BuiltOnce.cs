using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Atrium.Kernel.Modules;

/// <summary>Builds the endpoints of a source one time: routing and authorisation each ask for them, and the framework's own sources build all of them anew for each.</summary>
internal sealed class BuiltOnce(EndpointDataSource source) : EndpointDataSource
{
    private readonly Lazy<IReadOnlyList<Endpoint>> _endpoints = new(() => source.Endpoints);

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints.Value;

    public override IChangeToken GetChangeToken() => source.GetChangeToken();

    /// <summary>Puts every source of <paramref name="routes"/> behind one that builds once. Nothing is mapped after it.</summary>
    public static void Freeze(IEndpointRouteBuilder routes)
    {
        var sources = routes.DataSources.ToList();
        routes.DataSources.Clear();
        foreach (var source in sources) routes.DataSources.Add(new BuiltOnce(source));
    }
}
