using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

// Beside the methods it stands before, so that no file that maps routes can miss it.
namespace Microsoft.AspNetCore.Builder;

/// <summary>
/// Maps handlers as the framework's methods of the same names do, and compiles each one's binding of parameters when it is first
/// called: compiling all of a house's routes costs a second and many megabytes at every start, and most are not called for hours.
/// </summary>
public static class LazyRoutes
{
    private static readonly string[] Get = [HttpMethods.Get], Post = [HttpMethods.Post], Put = [HttpMethods.Put], Patch = [HttpMethods.Patch], Delete = [HttpMethods.Delete];

    public static RouteHandlerBuilder MapGet(this RouteGroupBuilder routes, string pattern, Delegate handler) => routes.MapMethods(pattern, Get, handler);

    public static RouteHandlerBuilder MapPost(this RouteGroupBuilder routes, string pattern, Delegate handler) => routes.MapMethods(pattern, Post, handler);

    public static RouteHandlerBuilder MapPut(this RouteGroupBuilder routes, string pattern, Delegate handler) => routes.MapMethods(pattern, Put, handler);

    public static RouteHandlerBuilder MapPatch(this RouteGroupBuilder routes, string pattern, Delegate handler) => routes.MapMethods(pattern, Patch, handler);

    public static RouteHandlerBuilder MapDelete(this RouteGroupBuilder routes, string pattern, Delegate handler) => routes.MapMethods(pattern, Delete, handler);

    public static RouteHandlerBuilder MapMethods(this RouteGroupBuilder routes, string pattern, IEnumerable<string> methods, Delegate handler) =>
        RouteHandlerServices.Map(routes, pattern, handler, methods, Infer, CompileLater);

    private static RequestDelegateMetadataResult Infer(MethodInfo method, RequestDelegateFactoryOptions? options) => RequestDelegateFactory.InferMetadata(method, options);

    private static RequestDelegateResult CompileLater(Delegate handler, RequestDelegateFactoryOptions options, RequestDelegateMetadataResult? inferred)
    {
        // What was inferred is inferred once more then: kept until a first call that may never come, it is the bigger half.
        var compiled = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(handler, options).RequestDelegate);
        return new(context => compiled.Value(context), inferred?.EndpointMetadata ?? []);
    }
}
