using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Architecture.Tests;

public class EndpointTests(WholeHouse house)
{
    private IEnumerable<RouteEndpoint> Endpoints => house.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void Every_endpoint_says_who_may_call_it() =>
        Assert.Empty(Endpoints.Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null).Select(e => e.RoutePattern.RawText));

    [Fact]
    public void Every_operation_of_the_api_has_a_name_a_summary_a_scope_and_a_rate_class()
    {
        var bare = Endpoints.Where(IsApi).Where(e =>
            e.Metadata.GetMetadata<IEndpointNameMetadata>() is null || e.Metadata.GetMetadata<IEndpointSummaryMetadata>() is null
            || e.Metadata.GetMetadata<NeedsScope>() is null || e.Metadata.GetMetadata<HasRateClass>() is null);
        Assert.Empty(bare.Select(e => $"{Method(e)} {e.RoutePattern.RawText}"));
    }

    [Fact]
    public void Every_scope_that_an_operation_asks_for_is_one_that_a_token_can_have()
    {
        var known = house.Services.GetServices<Kernel.Modules.ApiScope>().Select(s => s.Key).ToHashSet();
        Assert.Empty(Endpoints.Select(e => e.Metadata.GetMetadata<NeedsScope>()?.Scope).OfType<string>().Distinct().Where(s => !known.Contains(s)));
    }

    [Fact]
    public void Names_of_operations_are_distinct() =>
        Assert.Empty(Endpoints.Where(IsApi).GroupBy(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).Where(g => g.Count() > 1).Select(g => g.Key));

    private static bool IsApi(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) == true && endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null;

    private static string? Method(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0];
}
