using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>Answers <c>/social/remote/{key}</c>, and <c>/small</c> below it for a preview.</summary>
internal static class ServeRemoteFile
{
    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var path in (string[])["{key}", "{key}/{form}"])
            app.MapMethods(RemoteFiles.Root + path, ["GET", "HEAD"], HandleAsync).AllowAnonymous().Rate(RateClass.Free).ExcludeFromDescription();
    }

    private static async Task<IResult> HandleAsync(string key, string? form, RemoteFiles remote, ServeFile serve, CancellationToken ct) =>
        await serve.HandleAsync(await remote.FindAsync(key, ct) ?? throw Refusal.NotFound(), form == "small", ct);
}
