using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Tasks;

public sealed partial class TasksModule
{
    /// <summary>The room in the rail, and what Create offers.</summary>
    private static void RegisterPages(ModuleBuilder module)
    {
        module.Services.AddSingleton(new Room("tasks", "Tasks", "/tasks", "tasks", 1));
        module.Services.AddSingleton(new CreateEntry("Task", "/tasks/new", "tasks", "tasks"));
        module.Services.AddSingleton(new CreateEntry("Project", "/tasks/projects/new", "board", "tasks"));
    }

    private static void MapPages(IEndpointRouteBuilder app)
    {
        var pages = app.MapPages();
        MinePages.Map(pages);
        BoardPages.Map(pages);
        BulkPages.Map(pages);
        TaskPages.Map(pages);
        ProjectPages.Map(pages);
        ImportPages.Map(pages);
        FeedPages.Map(pages);
    }
}
