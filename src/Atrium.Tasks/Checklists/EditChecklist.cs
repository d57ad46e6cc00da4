using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary>Adds, changes, moves and removes lines of a task's checklist.</summary>
internal static class EditChecklist
{
    /// <param name="After">The line it comes after; at the end without it.</param>
    public sealed record NewItem(string Text, bool Done = false, Id<ChecklistItem>? After = null);

    /// <param name="Move">True to move it: after <see cref="After"/>, or to the beginning without one.</param>
    public sealed record Edit(string? Text, bool? Done, bool Move = false, Id<ChecklistItem>? After = null);

    public static void Map(RouteGroupBuilder tasks)
    {
        tasks.MapAdding<NewItem, ChecklistItemView>("checklist", AddAsync, i => i.Id.ToString(), "addChecklistItem", "Adds a line to a checklist");
        tasks.MapPatch("/tasks/{id}/checklist/{item}", ChangeAsync).Operation("changeChecklistItem", "Changes, ticks or moves a line of a checklist", "tasks:write", RateClass.Write, "not_found");
        tasks.MapRemoving<ChecklistItem>("checklist", RemoveAsync, "removeChecklistItem", "Removes a line of a checklist");
    }

    public static Task<ChecklistItemView> AddAsync(Id<TaskItem> id, NewItem request, TaskDesk desk, Actor actor, CancellationToken ct) =>
        desk.ChangeTaskAsync(id, actor, Parts.Checklist, (write, task) => Show(task.AddItem(request.Text, write.By, request.Done, request.After)), ct);

    public static Task<ChecklistItemView> ChangeAsync(Id<TaskItem> id, Id<ChecklistItem> item, Edit request, TaskDesk desk, Actor actor, CancellationToken ct) => desk.ChangeTaskAsync(
        id, actor, Parts.Checklist,
        (write, task) =>
        {
            task.ChangeItem(item, request.Text, request.Done, write.By);
            if (request.Move) task.MoveItem(item, request.After, write.By);
            return Show(task.Checklist.Find(i => i.Id == item)!);
        },
        ct);

    public static Task RemoveAsync(Id<TaskItem> id, Id<ChecklistItem> item, TaskDesk desk, Actor actor, CancellationToken ct) =>
        desk.ChangeTaskAsync(id, actor, Parts.Checklist, (write, task) => task.RemoveItem(item, write.By), ct);

    private static ChecklistItemView Show(ChecklistItem item) => new(item.Id, item.Text, item.Done);
}
