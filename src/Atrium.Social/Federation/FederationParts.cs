using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social;

/// <summary>What the exchange with other servers consists of.</summary>
internal static class FederationParts
{
    public static void Register(ModuleBuilder module)
    {
        module.Setting(FederationGate.Setting);
        var services = module.Services;
        services.AddSingleton<SeenSignatures>().AddTransient<IStartupFilter, NegotiateObject>();
        services.AddScoped<FederationGate>().AddScoped<FederationRequest>().AddScoped<AccountKeys>().AddScoped<SignatureCheck>();
        services.AddScoped<ActorWriter>().AddScoped<NoteWriter>().AddScoped<RemoteFetch>().AddScoped<RemoteAccounts>();
    }
}
