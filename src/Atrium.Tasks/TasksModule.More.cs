using Atrium.Contracts.Home;
using Atrium.Contracts.Tasks;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Operations;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atrium.Tasks;

public sealed partial class TasksModule
{
    /// <summary>What stands around tasks: exchange, reminders, places, trash, feeds, agenda.</summary>
    private static void RegisterAround(ModuleBuilder module)
    {
        module.Services.AddScoped<ImportTasks>().AddScoped<ImportTargets>().AddScoped<PlanWriter>().AddScoped<IOperationHandler, RunImport>();
        module.Services.AddScoped<ITaskIntake, TaskIntakeDoor>();
        module.Services.TryAddScoped<PersonalList>();
        module.Demo<DemoTasks>();
        module.Importer<TrelloImporter>().Importer<CsvImporter>().Importer<IcsImporter>().Importer<DocumentImporter>();
        module.On<TaskHappened, PlanComing>().On<ReminderComing, SendReminder>().On<OverdueComing, SendOverdue>().On<TaskHappened, TellUnblocked>().On<TaskHappened, TellTurn>();
        module.Effect<FileLetGo, ReleaseTaskFile>();
        module.Recurring<SendAgendas>("*/15 * * * *").Recurring<PruneTasks>("40 3 * * *");
        module.Agenda<TasksAgenda>().RoomCount<DueCount>().DashboardCard<NeedsYou>();
        module.Notification(SendReminder.Kind, "A reminder of a task", "a reminder of a task you are assigned to or made", Channels.Inbox | Channels.Push);
        module.Notification(SendOverdue.Kind, "A task of yours is overdue", "it is assigned to you", Channels.Inbox);
        module.Notification(PlaceNotice.Kind, "You got a place, or your task is full", "you queued for it, or made it", Channels.Inbox | Channels.Push);
        module.Notification(TellUnblocked.Kind, "A task of yours waits for nothing any more", "you are assigned", Channels.Inbox);
        module.Notification(TellTurn.Kind, "It is your turn", "you take turns at it", Channels.Inbox | Channels.Mail);
        module.Notification(SendAgendas.Kind, "Your tasks of the day, each morning", "you chose a daily agenda", Channels.None);
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
        ReadFeed.Map(app);
    }
}
