using Atrium.Kernel;
using Atrium.Kernel.Live;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>
/// <c>tasks:{member}</c>: what is a member's to do, or watched by them, changed in whatever project. It says only that, so whoever hears
/// it looks again; its cursor is the newest line of history in the projects they can see.
/// </summary>
internal sealed class MineTopic(TasksDb db) : ITopicRule
{
    public string Kind => TasksDb.Name;

    public static string Of(Id<Member> member) => $"{TasksDb.Name}:{member}";

    public async ValueTask<long?> CursorAsync(string key, Actor actor, CancellationToken ct) =>
        actor.MemberId is { } me && key == me.ToString() ? await StandsAsync(db, actor, ct) : null;

    /// <summary>One look at the end of each project's history.</summary>
    public static async Task<long> StandsAsync(TasksDb db, Actor actor, CancellationToken ct) =>
        (await db.Access(actor).Select(a => db.Activities.Where(x => x.ProjectId == a.ProjectId).Max(x => (Id<Activity>?)x.Id)).ToListAsync(ct)).Max()?.Value ?? 0;

    /// <summary>Wakes them, once what was done is committed.</summary>
    public static void Wake(TasksDb db, IEnumerable<Id<Member>> members)
    {
        // A resync is heard whatever the listener has seen: transactions of two projects end in any order.
        foreach (var member in members.Distinct()) db.Announce(Of(member), Id<Activity>.New().Value, "resync");
    }
}
