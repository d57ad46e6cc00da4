using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary>All addresses under <c>/api/tasks</c>, as a table of contents.</summary>
internal static class TasksApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapApi(TasksDb.Name);
        var projects = api.MapGroup("projects");
        ReadProjects.Map(projects);
        CreateProject.Map(projects);
        EditProject.Map(projects);
        TrashProject.Map(projects);
        DuplicateProject.Map(projects);
        ProjectMembersApi.Map(projects);
        ProjectColumnsApi.Map(api);
        ProjectLabelsApi.Map(api);
        CreateTask.Map(projects);
        GetBoard.Map(projects);
        ListChanges.Map(projects);
        ListTasks.Map(api);

        ReadTask.Map(api);
        QuickAdd.Map(api);
        TaskHistory.Map(api);
        SavedFilters.Map(api);
        WatchThings.Map(api);

        var tasks = api.MapGroup("tasks");
        EditTask.Map(tasks);
        MoveTask.Map(tasks);
        CompleteTask.Map(tasks);
        TrashTask.Map(tasks);
        DuplicateTask.Map(tasks);
        AnnounceTask.Map(tasks);
    }
}
