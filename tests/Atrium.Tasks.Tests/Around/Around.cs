using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Tasks.Tests;

/// <summary>Makes projects and tasks for tests, through the model and the desk.</summary>
internal static class Around
{
    public static Task<Id<Project>> NewProjectAsync(this QuietHouse house, Person owner, params Person[] writers) => house.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<TasksDb>();
        var key = "T" + Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
        var project = new Project("Project " + key, key, owner.Id, db.Now) { CalendarName = key };
        foreach (var writer in writers) project.SetMember(Principal.Of(writer.Id), ProjectRole.Writer);
        await db.WriteAsync(
            async ct =>
            {
                project.Show(Visibility.Private, Audience.NewSet());
                await Kernel.Data.AudienceSets.SetAudienceAsync(db, project.Audience, [.. project.Members.Select(m => m.Principal)], ct);
                db.Projects.Add(project);
            },
            CancellationToken.None);
        return project.Id;
    });

    public static Task<Id<TaskItem>> NewTaskAsync(this QuietHouse house, Id<Project> project, Person by, string title, Action<TaskItem, Change>? more = null) => house.InScopeAsync(
        services => services.GetRequiredService<TaskDesk>().ChangeAsync(
            project, by.Actor, ProjectRole.Writer,
            async write =>
            {
                var task = await write.AddAsync(title, write.Board.Demand(Category.Todo), CancellationToken.None);
                more?.Invoke(task, write.By);
                return task.Id;
            },
            CancellationToken.None,
            numbers: 1),
        by.Actor);

    public static Task<T> ReadAsync<T>(this QuietHouse house, Func<TasksDb, Task<T>> read) => house.InScopeAsync(services => read(services.GetRequiredService<TasksDb>()));

    public static Task ChangeTaskAsync(this QuietHouse house, Id<TaskItem> id, Person by, Action<TaskItem, ProjectWrite> change) => house.InScopeAsync(
        services => services.GetRequiredService<TaskDesk>().ChangeTaskAsync(
            id, by.Actor, Parts.All,
            (write, task) =>
            {
                change(task, write);
                return Task.FromResult(true);
            },
            CancellationToken.None),
        by.Actor);
}
