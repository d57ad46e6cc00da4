using Atrium.Kernel.Outbound;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Push;

public static class PushRegistration
{
    /// <summary>Adds <see cref="PushSender"/> and the house's <see cref="VapidKey"/> (<c>keys/vapid.pem</c> in the data folder). Needs AddOutbound.</summary>
    public static IServiceCollection AddPush(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        // RFC 8292, 2.1: a contact is a should; a house without one says where its program comes from.
        var contact = configuration["Push:Contact"] ?? "mailto:postmaster@localhost";
        services.AddSingleton(_ => VapidKey.Open(Path.Combine(dataFolder, "keys", "vapid.pem")));
        services.AddSingleton(provider => new PushSender(
            provider.GetRequiredService<OutboundHttp>(), provider.GetRequiredService<VapidKey>(), provider.GetRequiredService<TimeProvider>(), contact));
        return services;
    }
}
