using System.Net;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atrium.Kernel.Outbound;

public static class OutboundRegistration
{
    /// <summary>Adds <see cref="OutboundHttp"/> and the named client it sends with. A <see cref="ResolveHost"/> registered before takes the place of DNS.</summary>
    public static IServiceCollection AddOutbound(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Outbound").Get<OutboundOptions>() ?? new();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ResolveHost>(Dns.GetHostAddressesAsync);
        services.AddSingleton(options);
        services.AddSingleton<OutboundHttp>();
        services.AddHttpClient(OutboundHttp.ClientName, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan; // OutboundHttp keeps the time, body included.
                client.DefaultRequestHeaders.UserAgent.ParseAdd($"Atrium/{typeof(OutboundHttp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0"}");
            })
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                ConnectCallback = new GuardedConnect(options, provider.GetRequiredService<ResolveHost>()).ConnectAsync,
                UseProxy = false, // A proxy would do the look-up for us, unchecked.
                UseCookies = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = options.ConnectTimeout,
                MaxResponseHeadersLength = options.HeaderKiB,
                MaxResponseDrainSize = 0,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services;
    }
}
