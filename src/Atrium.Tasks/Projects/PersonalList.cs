using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Every member's own list, made on first use.</summary>
internal sealed class PersonalList(TasksDb db)
{
    /// <summary>The caller's own list.</summary>
    public async Task<Id<Project>> EnsureAsync(Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        if (await FindAsync(me, ct) is { } there) return there;
        try
        {
            return await db.WriteAsync(
                async token =>
                {
                    var list = Project.PersonalFor(me, db.Now);
                    db.Projects.Add(list);
                    await db.SaveChangesAsync(token);
                    return list.Id;
                },
                ct);
        }
        catch (UniqueViolation)
        {
            // Two first requests at once: the other one made it.
            db.ChangeTracker.Clear();
            return await FindAsync(me, ct) ?? throw Refusal.NotFound();
        }
    }

    private Task<Id<Project>?> FindAsync(Id<Member> me, CancellationToken ct) =>
        db.Projects.Where(p => p.PersonalOf == me).Select(p => (Id<Project>?)p.Id).FirstOrDefaultAsync(ct);
}
