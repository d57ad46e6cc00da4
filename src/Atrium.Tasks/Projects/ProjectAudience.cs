using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Keeps the audience of a project, and of those below it, equal to who may read: members of the lineage, or everyone it is open to.</summary>
internal static class ProjectAudience
{
    /// <summary>Call after members, visibility or parent changed and were saved, inside the same transaction.</summary>
    public static async Task SyncAsync(Id<Project> id, TasksDb db, CancellationToken ct)
    {
        foreach (var below in await db.BelowAsync(id, ct))
        {
            var lineage = await db.LineageAsync(below, ct);
            if (lineage is not [{ IsPersonal: false } stored, ..]) continue;
            var project = db.Projects.Local.FirstOrDefault(p => p.Id == below) ?? await db.Projects.AsTracking().FirstAsync(p => p.Id == below, ct);
            var widest = lineage.Max(p => p.OpenTo);
            var audience = widest switch
            {
                Visibility.Public => Audience.Public,
                Visibility.Members => Audience.Members,
                _ => stored.Audience.IsStored ? stored.Audience : Audience.NewSet(),
            };
            if (audience.IsStored)
            {
                var ids = lineage.Select(p => p.Id).ToList();
                var principals = await db.ProjectMembers.Where(m => ids.Contains(m.ProjectId)).Select(m => m.Principal).Distinct().ToListAsync(ct);
                await db.SetAudienceAsync(audience, principals, ct);
            }

            if (audience == stored.Audience) continue;
            project.Show(project.Visibility, audience);
            db.Publish(new ProjectShown(project.Id), project.Id.ToString());
        }

        await db.SaveChangesAsync(ct);
    }
}
