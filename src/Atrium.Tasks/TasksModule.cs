using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Tasks;

/// <summary>To-dos, boards, chores and committee work.</summary>
public sealed partial class TasksModule : IModule
{
    public string Name => TasksDb.Name;

    public void Register(ModuleBuilder module)
    {
        module.Database<TasksDb, SqliteTasksDb, PostgresTasksDb>();
        module.Scope("tasks:read", "See your tasks and projects").Scope("tasks:write", "Change your tasks").Scope("tasks:admin", "Run your projects");
        module.Services.AddScoped<TaskReader>().AddScoped<TaskDesk>();
        RegisterAround(module);
    }

    public void Map(IEndpointRouteBuilder app)
    {
        MapAround(app);
    }
}
