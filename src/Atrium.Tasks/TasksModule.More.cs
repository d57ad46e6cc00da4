using Atrium.Contracts.Home;
using Atrium.Contracts.Tasks;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Operations;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Tasks;

public sealed partial class TasksModule
{
    /// <summary>What stands around tasks: exchange, reminders, places, trash, feeds, agenda.</summary>
    private static void RegisterAround(ModuleBuilder module)
    {
        module.Services.AddScoped<ImportTasks>().AddScoped<ImportTargets>().AddScoped<PlanWriter>().AddScoped<PlanFiles>().AddScoped<ExportFiles>().AddScoped<IOperationHandler, RunImport>();
        module.Services.AddSingleton<AgendaLinks>();
        module.Effect<AgendaDue, AgendaMail>();
        module.Services.AddScoped<ITaskIntake, TaskIntakeDoor>();
        module.Demo<DemoTasks>().PersonalExport<TasksOfMember>();
        module.Importer<TrelloImporter>().Importer<CsvImporter>().Importer<IcsImporter>().Importer<DocumentImporter>();
        module.On<DatesChanged, PlanComing>().On<ReminderComing, SendReminder>().On<OverdueComing, SendOverdue>();
        module.Effect<FileLetGo, ReleaseTaskFile>().Effect<ProjectShown, ShowFiles>().Effect<TaskShown, ShowFiles>();
        module.Moderation<TaskSubject>().Moderation<ProjectSubject>();
        module.Recurring<SendAgendas>("*/15 * * * *").Recurring<PruneTasks>("40 3 * * *");
        module.Agenda<TasksAgenda>().RoomCount<DueCount>().DashboardCard<NeedsYou>();
    }

    private static void MapAround(IEndpointRouteBuilder app)
    {
        var tasks = app.MapApi(TasksDb.Name);
        RequestImport.Map(tasks);
        PreviewImport.Map(tasks);
        ExportProject.Map(tasks);
        TakePlace.Map(tasks);
        LeavePlace.Map(tasks);
        ListPlaces.Map(tasks);
        EditChecklist.Map(tasks);
        EditReminders.Map(tasks);
        EditRelations.Map(tasks);
        EditLinks.Map(tasks);
        EditAttachments.Map(tasks);
        BulkChange.Map(tasks);
        ListTrash.Map(tasks);
        PurgeTrash.Map(tasks);
        FeedKeys.Map(tasks);
        ChooseAgenda.Map(tasks);
        ReadFeed.Map(app);
    }
}
