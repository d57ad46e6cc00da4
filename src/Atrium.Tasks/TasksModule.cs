using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel.Live;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Search;
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
        TaskNotices.Register(module);
        module.Things<TaskThings>().Things<ProjectThings>();
        module.On<TaskHappened, TellOfTask>().On<ProjectShown, ReindexProject>().On<TaskShown, ReindexProject>().On<AccessNarrowed, LetGoOfStrangers>();
        module.On<MemberErased, ForgetMember>().On<GroupMembersChanged, LetGoOfStrangers>().On<GroupDeleted, LetGoOfStrangers>();

        var services = module.Services;
        services.AddScoped<TaskWatchers>().AddScoped<Contracts.Social.IDiscussionFollowers, TaskWatchers>().AddScoped<TaskReader>().AddScoped<TaskDesk>().AddScoped<TaskNames>().AddScoped<TaskEditing>().AddScoped<FilterReader>();
        services.AddScoped<ProjectReader>().AddScoped<ProjectDesk>().AddScoped<PersonalList>();
        services.AddScoped<ITopicRule, ProjectTopic>().AddScoped<ITopicRule, MineTopic>().AddScoped<ITopicRule, TaskTopic>().AddScoped<ISearchSource, TaskThings>().AddScoped<ISearchSource, ProjectThings>();
        RegisterAround(module);
        RegisterCalDav(module);
        RegisterPages(module);
    }

    public void Map(IEndpointRouteBuilder app)
    {
        TasksApi.Map(app);
        MapAround(app);
        MapPages(app);
    }
}
