using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Kernel.Http;

/// <summary>How an address that speaks WebSocket is mapped.</summary>
public static class SocketRoute
{
    /// <summary>For both ways to open one: GET over HTTP/1.1 (RFC 6455), CONNECT over HTTP/2 (RFC 8441), as browsers do where the house itself answers by TLS.</summary>
    public static RouteHandlerBuilder MapSocket(this IEndpointRouteBuilder app, [StringSyntax("Route")] string pattern, Delegate handler) =>
        app.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Connect], handler);
}
