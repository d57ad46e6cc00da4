using Atrium.Tasks;
using Atrium.Testing;

[assembly: AssemblyFixture(typeof(Atrium.Browser.Tests.TasksHouse))]
[assembly: AssemblyFixture(typeof(Browser))]
[assembly: ClosesTabs]

namespace Atrium.Browser.Tests;

/// <summary>A house with the room of Tasks, as browsers see it.</summary>
public sealed class TasksHouse() : TestHouse(new TasksModule())
{
    /// <summary>A project with a few tasks; its key.</summary>
    public async Task<(string Key, string Id)> ProjectAsync(Person owner, params string[] tasks)
    {
        var project = (await owner.PostAsync("/api/tasks/projects", new { title = "Winter market" })).Ok();
        foreach (var title in tasks) (await owner.PostAsync($"/api/tasks/projects/{project["id"]}/tasks", new { title })).Ok();
        return (project["key"], project["id"]);
    }

    /// <summary>Lets somebody write in a project.</summary>
    public static async Task ShareAsync(Person owner, string project, Person with) =>
        (await owner.PutAsync($"/api/tasks/projects/{project}/members/member:{with.Id}", new { role = "writer" })).Ok();
}
