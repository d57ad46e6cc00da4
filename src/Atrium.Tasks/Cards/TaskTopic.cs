using Atrium.Kernel;
using Atrium.Kernel.Live;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Whoever can see a task may watch it live, and sees who else does; its cursor is the seq of its last change.</summary>
internal sealed class TaskTopic(TasksDb db) : ITopicRule
{
    public string Kind => TaskPath.Kind;

    public async ValueTask<long?> CursorAsync(string key, Actor actor, CancellationToken ct)
    {
        if (!Id<TaskItem>.TryParse(key, null, out var id)) return null;
        try
        {
            await db.DemandAsync(id, actor, ProjectRole.Reader, ct);
            return await db.Tasks.Where(t => t.Id == id).Select(t => (long?)t.Seq).FirstOrDefaultAsync(ct);
        }
        catch (Refusal)
        {
            return null;
        }
    }
}
