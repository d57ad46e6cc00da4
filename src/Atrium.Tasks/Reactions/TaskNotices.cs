using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Modules;

namespace Atrium.Tasks;

/// <summary>The kinds of notification of this module.</summary>
internal static class TaskNotices
{
    public const string Assigned = "task.assigned";
    public const string Mentioned = "task.mentioned";
    public const string Reminder = "task.reminder";
    public const string Overdue = "task.overdue";
    public const string Changed = "task.changed";
    public const string Completed = "task.completed";
    public const string Unblocked = "task.unblocked";
    public const string Place = "task.place";
    public const string Turn = "task.turn";

    private static readonly TimeSpan Bundle = TimeSpan.FromMinutes(10);

    public static void Register(ModuleBuilder module) => module
        .Notification(Assigned, "A task is assigned to you", "you were assigned", Channels.Inbox | Channels.Mail)
        .Notification(Mentioned, "You are mentioned in a task", "you were mentioned", Channels.Inbox | Channels.Push)
        .Notification(Reminder, "A reminder of a task", "a reminder of a task you are assigned to or made", Channels.Inbox | Channels.Push)
        .Notification(Overdue, "A task of yours is overdue", "it is assigned to you", Channels.Inbox)
        .Notification(Changed, "A task you watch changes", "you watch it", Channels.Inbox, Bundle)
        .Notification(Completed, "A task you watch is completed", "you watch it", Channels.Inbox, Bundle)
        .Notification(Unblocked, "Nothing stands before a task of yours any more", "you are assigned", Channels.Inbox)
        .Notification(Place, "You get a place, or your task is full", "you queued for it, or you made it", Channels.Inbox | Channels.Push)
        .Notification(Turn, "It is your turn", "it is your turn in the rotation", Channels.Inbox | Channels.Mail);

    /// <summary>Tells whose turn it is now, inside the transaction that moved the rotation on.</summary>
    public static void TellTurn(this TaskDesk desk, TaskItem task, RotationTurn turn, ProjectWrite write) => desk.Db.Publish(
        new NotificationRaised(Turn, [turn.Member], Thing.Of("task", task.Id), write.By.Actor, $"It is your turn: {task.Title}", Once: $"turn:{task.Id}:{task.Revision}"), task.Id.ToString());
}
