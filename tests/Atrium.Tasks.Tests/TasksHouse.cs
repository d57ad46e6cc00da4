using Atrium.Accounts;
using Atrium.Home;
using Atrium.Kernel;
using Atrium.Tasks.Tests;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(TasksHouse))]

namespace Atrium.Tasks.Tests;

/// <summary>Accounts, Home and Tasks, whose outbox the tests drain themselves.</summary>
public sealed class TasksHouse() : TestHouse(new AccountsModule(), new HomeModule(), new TasksModule())
{
    protected override bool WorkersRun => false;

    /// <summary>The id of the project behind an address.</summary>
    internal Task<Id<Project>> ProjectAsync(string href) => InScopeAsync(async services =>
    {
        var key = href[(href.LastIndexOf('/') + 1)..];
        return await services.GetRequiredService<TasksDb>().Projects.Where(p => p.Key == key).Select(p => p.Id).SingleAsync();
    });
}
