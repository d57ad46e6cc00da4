using Atrium.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Atrium.Tasks.Tests.TasksHouse))]

namespace Atrium.Tasks.Tests;

/// <summary>A house with Tasks and what every house has.</summary>
public sealed class TasksHouse() : TestHouse(new TasksModule());

/// <summary>What tests say often.</summary>
internal static class Steps
{
    public static async Task<ProjectView> ProjectAsync(this Caller caller, string title = "Club", object? more = null) =>
        (await caller.PostAsync("/api/tasks/projects", more ?? new { title })).Ok().As<ProjectView>();

    public static async Task<TaskView> TaskAsync(this Caller caller, ProjectView project, string title, object? fields = null) =>
        (await PatientlyAsync(() => caller.PostAsync($"/api/tasks/projects/{project.Id}/tasks", fields ?? new { title }))).Is(System.Net.HttpStatusCode.Created).As<TaskView>();

    /// <summary>Comes again when the house says that it is too busy to let one write: where very many ask at once on a small machine that is its right.</summary>
    public static async Task<Testing.Answer> PatientlyAsync(Func<Task<Testing.Answer>> ask)
    {
        while (true)
        {
            var answer = await ask();
            if (answer.Status != System.Net.HttpStatusCode.ServiceUnavailable) return answer;
        }
    }

    public static async Task<TaskView> ReadAsync(this Caller caller, TaskView task) => (await caller.GetAsync($"/api/tasks/tasks/{task.Id}")).Ok().As<TaskView>();

    public static async Task AddAsync(this Caller admin, ProjectView project, Person person, ProjectRole role) =>
        (await admin.PutAsync($"/api/tasks/projects/{project.Id}/members/member:{person.Id}", new { role })).Ok();

    public static string Column(this ProjectView project, Category category) => project.Columns.First(c => c.Category == category).Id.ToString();
}
