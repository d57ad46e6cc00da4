using Microsoft.AspNetCore.Builder;

namespace Atrium.Kernel.Http;

/// <summary>
/// At this address an app may sign in with handle and app password (HTTP Basic), as protocols want that know nothing else. Whoever is
/// not signed in is asked for them.
/// </summary>
public sealed record AcceptsAppPassword;

public static class AppPasswordConventions
{
    /// <summary>Lets apps sign in with handle and app password here.</summary>
    public static TBuilder AcceptAppPasswords<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AcceptsAppPassword(), new AsksFor("Basic realm=\"Atrium\", charset=\"UTF-8\""));
}
