using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atrium.Kernel.Files;

public static class FileRegistration
{
    /// <summary>Adds the blob store (a folder), pictures and the desk that takes files in.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services, string folder)
    {
        services.TryAddSingleton<IBlobStore>(_ => new FolderBlobStore(folder));
        services.TryAddSingleton<Pictures>();
        services.TryAddScoped<FileDesk>();
        return services;
    }

    internal static void AddFiles(this ModuleBuilder module)
    {
        module.Services.AddFiles(module.Paths.Files);
        module.Scope("files:read", "See your files").Scope("files:write", "Upload and remove files");
        module.Recurring<SweepFiles>("41 3 * * *");
    }

    internal static void MapFiles(this IEndpointRouteBuilder app)
    {
        ReadFile.Map(app);
        UploadFile.Map(app.MapApi("files", "kernel"));
    }
}
