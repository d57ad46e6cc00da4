using Atrium.Contracts.Social;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Who hears of a task: of its changes, and of what is said about it.</summary>
internal sealed class TaskWatchers(TasksDb db) : IDiscussionFollowers
{
    public string Kind => TaskPath.Kind;

    public async Task<IReadOnlyDictionary<long, IReadOnlyCollection<Id<Member>>>> FollowersAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        List<Id<TaskItem>> ids = [.. keys.Select(k => new Id<TaskItem>(k))];
        var tasks = await db.Tasks.Include(t => t.Assignees).Where(t => ids.Contains(t.Id) && t.DeletedAt == null).ToListAsync(ct);
        return (await OfAsync(tasks, ct)).ToDictionary(t => t.Key.Value, t => t.Value);
    }

    /// <summary>Author, assignees and who chose to; without those who muted the task or its project.</summary>
    /// <param name="task">With its assignees.</param>
    public async Task<IReadOnlyCollection<Id<Member>>> OfAsync(TaskItem task, CancellationToken ct) => (await OfAsync([task], ct))[task.Id];

    private async Task<Dictionary<Id<TaskItem>, IReadOnlyCollection<Id<Member>>>> OfAsync(IReadOnlyCollection<TaskItem> tasks, CancellationToken ct)
    {
        List<string> targets = [.. tasks.Select(t => Thing.Of("task", t.Id).ToString()).Concat(tasks.Select(t => Thing.Of("project", t.ProjectId).ToString())).Distinct()];
        var chosen = (await db.Watches.Where(w => targets.Contains(w.Target)).ToListAsync(ct)).ToLookup(w => w.Target);
        return tasks.ToDictionary(t => t.Id, t => Of(t, [.. chosen[Thing.Of("task", t.Id).ToString()]], [.. chosen[Thing.Of("project", t.ProjectId).ToString()]]));
    }

    private static IReadOnlyCollection<Id<Member>> Of(TaskItem task, List<Watch> ofTask, List<Watch> ofProject)
    {
        var own = ofTask.ToDictionary(w => w.MemberId, w => w.Level);
        var byItself = task.Assignees.Select(a => a.MemberId).Concat(new[] { task.CreatedBy }.OfType<Id<Member>>()).Concat(ofTask.Concat(ofProject).Where(w => w.Level == WatchLevel.Watch).Select(w => w.MemberId));
        var muted = own.Where(o => o.Value == WatchLevel.Mute).Select(o => o.Key)
            .Concat(ofProject.Where(w => w.Level == WatchLevel.Mute && own.GetValueOrDefault(w.MemberId) != WatchLevel.Watch).Select(w => w.MemberId));
        return [.. byItself.Distinct().Except(muted)];
    }
}
