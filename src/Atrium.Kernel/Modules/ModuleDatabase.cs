using Atrium.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Modules;

/// <summary>Says that a module has a database context, and of which abstract type.</summary>
public sealed record ModuleDatabase(string Module, Type Db)
{
    /// <summary>The context of this scope.</summary>
    public ModuleDb In(IServiceScope scope) => (ModuleDb)scope.ServiceProvider.GetRequiredService(Db);

    /// <inheritdoc cref="In(IServiceScope)"/>
    public ModuleDb In(AsyncServiceScope scope) => (ModuleDb)scope.ServiceProvider.GetRequiredService(Db);
}
