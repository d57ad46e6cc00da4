using Atrium.Kernel.Data;
using Atrium.Kernel.Dav;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Atrium.Kernel.Http.Description;
using Atrium.Kernel.Live;
using Atrium.Kernel.Operations;
using Atrium.Kernel.Settings;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Modules;

/// <summary>The platform itself, as the first module of every house.</summary>
public sealed class KernelModule : IModule
{
    /// <summary>What the house is called, on every page and in every mail.</summary>
    public static readonly Setting HouseName = new("house.name", "Name of the house", SettingKind.Text, "Atrium");

    /// <summary>A line under the name.</summary>
    public static readonly Setting Tagline = new("house.tagline", "A line under the name", SettingKind.Text, "");

    public string Name => KernelDb.Name;

    public void Register(ModuleBuilder module)
    {
        module.Database<KernelDb, SqliteKernelDb, PostgresKernelDb>();
        module.Setting(HouseName, Tagline);
        module.Scope("operations:read", "See your long-running work").Scope("operations:write", "Stop your long-running work").Scope("live:read", "Listen to what changes");
        module.Scope("dav:read", "Read your lists over CalDAV").Scope("dav:write", "Change your lists over CalDAV");
        module.Effect<OperationRequested, RunOperation>();
        module.AddFiles();
        module.Recurring<PruneAnswers>("17 * * * *");
        module.Services.AddScoped<ITopicRule, OperationTopic>().AddSingleton<IRefusalTongue, DavTongue>();
    }

    public void Map(IEndpointRouteBuilder app)
    {
        LiveEndpoint.Map(app);
        OperationDesk.Map(app);
        Health.Map(app);
        ApiDescription.Map(app);
        app.MapFiles();
        DavEndpoint.Map(app);
    }
}
