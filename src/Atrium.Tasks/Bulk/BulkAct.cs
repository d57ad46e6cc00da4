using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>One try at a batch of a bulk change: what was changed so far, and at which task it stands.</summary>
internal sealed class BulkAct(TaskDesk desk, TaskNames names, Actor actor)
{
    private IReadOnlyList<Id<TaskItem>> _left = [];

    /// <summary>The task being changed: whose refusal it is.</summary>
    public Id<TaskItem>? At { get; private set; }

    public HashSet<Id<TaskItem>> Changed { get; } = [];

    public void Begin(IReadOnlyList<Id<TaskItem>> left)
    {
        _left = left;
        At = null;
        Changed.Clear();
    }

    /// <exception cref="RolledBack">Of a dry run that came to its end.</exception>
    public Task RunAsync(Id<Project> project, BulkChange.Change change, bool dryRun, CancellationToken ct)
    {
        if (_left.Count == 0 || change.Project == project) return Task.CompletedTask;
        return desk.TryAsync(
            async token =>
            {
                if (change.Project is { } target) await MoveAsync(project, target, token);
                else if (change.Delete) await DeleteAsync(project, token);
                else await EditAsync(project, change, token);
                return dryRun ? throw new RolledBack() : true;
            },
            ct);
    }

    private async Task EditAsync(Id<Project> project, BulkChange.Change change, CancellationToken ct)
    {
        var write = await desk.OpenAsync(project, actor, desk.By(actor), ct);
        await write.LabelsAsync(ct);
        foreach (var task in await write.TasksAsync(_left, Parts.State | Parts.Labels, ct))
        {
            At = task.Id;
            await ApplyBulk.RunAsync(task, change, write, desk, ct);
            write.DemandEdit(task);
            if (task.Revision != write.Before(task).Revision) Changed.Add(task.Id);
        }

        At = null;
        await desk.CloseAsync(write, ct);
    }

    private async Task MoveAsync(Id<Project> from, Id<Project> to, CancellationToken ct)
    {
        await MoveToProject.TakeAsync(_left, from, to, new(), null, desk, names, actor, Begins, ct);
        At = null;
        Changed.UnionWith(_left);

        // A subtask that comes along and is refused is its parent's refusal, or at least that of one of the batch.
        void Begins(Id<TaskItem> id)
        {
            if (_left.Contains(id)) At = id;
        }
    }

    private async Task DeleteAsync(Id<Project> project, CancellationToken ct)
    {
        var write = await desk.OpenAsync(project, actor, desk.By(actor), ct);
        write.Demand(ProjectRole.Writer);

        // Parents first: what is under one that goes, goes with it.
        var order = await MoveToProject.FamilyAsync(_left, desk.Db, ct);
        foreach (var task in await write.TasksAsync([.. order.Where(_left.Contains)], Parts.None, ct))
            if (!task.IsDeleted)
                await TrashTask.ThrowAwayAsync(write, task, desk.Db, ct);
        Changed.UnionWith(_left);
        await desk.CloseAsync(write, ct);
    }

    /// <summary>Ends the transaction of a dry run without keeping anything.</summary>
    public sealed class RolledBack : Exception;
}
