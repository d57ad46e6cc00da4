using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Kernel.Http;

/// <summary>How dear a request is; each class has its own limit per member, token or address.</summary>
public enum RateClass
{
    Read,
    Write,

    /// <summary>Imports, exports, searches over everything.</summary>
    Heavy,

    /// <summary>Whatever tries a secret: sign-in, reset, codes.</summary>
    Secret,

    /// <summary>Asks to become a member.</summary>
    SignUp,

    /// <summary>An app makes itself known.</summary>
    Apps,

    /// <summary>What a calendar client asks: many small requests.</summary>
    Dav,

    /// <summary>Assets and health: not counted.</summary>
    Free,
}

/// <summary>The scope a token needs for an operation.</summary>
/// <param name="Or">Another that will do as well.</param>
public sealed record NeedsScope(string Scope, string? Or = null);

/// <summary>The rate class of an operation.</summary>
public sealed record HasRateClass(RateClass Class);

/// <summary>The refusals an operation names in its description, by status and code.</summary>
public sealed record NamesRefusals(IReadOnlyList<string> Codes);

/// <summary>What the body of an operation is that reads it field by field.</summary>
public sealed record TakesBody(Type Shape);

/// <summary>An unsafe request may come from another site: it carries its own proof (a token in the body, a signature).</summary>
public sealed record AllowsCrossSite;

/// <summary>How an endpoint says what it is. Every operation of the API has a name, a summary, a scope and a rate class.</summary>
public static class ApiConventions
{
    /// <summary>
    /// The group <c>/api/{system}</c>: signed-in callers only unless an operation says otherwise, problem+json, Link and ETag headers.
    /// </summary>
    /// <param name="described">Whose description it belongs to, when not the system's own.</param>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app, string system, string? described = null)
    {
        var group = app.MapGroup($"/api/{system}").WithGroupName(described ?? system).WithTags(system).RequireAuthorization().DisableAntiforgery();
        group.AddEndpointFilter<ApiAnswers>();
        return group;
    }

    /// <summary>The group of a module's pages: for members unless a page says <c>AllowAnonymous</c>; kept out of the API's description.</summary>
    public static RouteGroupBuilder MapPages(this IEndpointRouteBuilder app, string prefix = "")
    {
        var group = app.MapGroup(prefix).ExcludeFromDescription().RequireAuthorization().DisableAntiforgery();
        group.WithMetadata(new HasRateClass(RateClass.Read));
        return group;
    }

    /// <summary>Names and describes an operation.</summary>
    /// <param name="name">camelCase, unique in its system: <c>moveTask</c>.</param>
    /// <param name="summary">One sentence in the third person.</param>
    /// <param name="scope">What a token must be allowed.</param>
    /// <param name="refusals">Codes it may answer beside the usual ones.</param>
    public static RouteHandlerBuilder Operation(this RouteHandlerBuilder endpoint, string name, string summary, string scope, RateClass rate, params string[] refusals) =>
        endpoint.WithName(name).WithSummary(summary).WithMetadata(new NeedsScope(scope), new HasRateClass(rate), new NamesRefusals(refusals));

    /// <summary>Describes the body of an operation that reads it field by field, as a merge patch is read.</summary>
    public static RouteHandlerBuilder Takes<TBody>(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new TakesBody(typeof(TBody)));

    /// <summary>The rate class of a page or protocol endpoint.</summary>
    public static TBuilder Rate<TBuilder>(this TBuilder endpoint, RateClass rate) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new HasRateClass(rate));

    /// <summary>Lets an unsafe request come from another site.</summary>
    public static TBuilder AllowCrossSite<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AllowsCrossSite());
}

/// <summary>A view of an editable thing: its revision becomes the ETag.</summary>
public interface IRevisedView
{
    long Revision { get; }
}

/// <summary>Adds what every answer of the API carries: Link for slices, ETag for revisions, 304 where the caller has it already.</summary>
internal sealed class ApiAnswers : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var http = context.HttpContext;
        var value = result is IValueHttpResult typed ? typed.Value : result is INestedHttpResult { Result: IValueHttpResult nested } ? nested.Value : result;

        if (value is ISlice { Next: { } cursor }) http.Response.Headers.Link = $"<{NextUrl(http.Request, cursor)}>; rel=\"next\"";
        if (value is not IRevisedView view) return result;

        var tag = new Etag(view.Revision).ToString();
        http.Response.Headers.ETag = tag;
        return HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.IfNoneMatch.Contains(tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : result;
    }

    private static string NextUrl(HttpRequest request, string cursor)
    {
        var query = request.Query.Where(q => q.Key != "cursor").SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v)).Append(new("cursor", cursor));
        return $"{request.PathBase}{request.Path}{QueryString.Create(query)}";
    }
}
