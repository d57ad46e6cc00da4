using Microsoft.AspNetCore.Routing;

namespace Atrium.Kernel.Modules;

/// <summary>
/// A room of the house. A module's one public class: says what it is called, what it brings, and which addresses it answers.
/// </summary>
public interface IModule
{
    /// <summary>Short, lower case: the prefix of its tables, scopes and addresses.</summary>
    string Name { get; }

    /// <summary>Registers the database, services and contributions to the extension points.</summary>
    void Register(ModuleBuilder module);

    /// <summary>Maps its API, pages and protocol faces.</summary>
    void Map(IEndpointRouteBuilder app);
}
