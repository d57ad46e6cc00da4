using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

internal abstract partial class TasksDb
{
    /// <summary>
    /// Spreads the ranks of a project evenly, in two statements: first out of the way, so that no two are ever equal, then as ten decimal
    /// digits, which are ranks too.
    /// </summary>
    public async Task SpreadRanksAsync(Id<Project> project, CancellationToken ct)
    {
        await Database.ExecuteSqlRawAsync("UPDATE tasks_task_item SET rank = '~' || rank WHERE project_id = {0}", [project.Value], ct);
        var digits = House.IsSqlite ? "substr('0000000000' || o.at, -10)" : "lpad(o.at::text, 10, '0')";
#pragma warning disable EF1002
        await Database.ExecuteSqlRawAsync(
            $$"""
            UPDATE tasks_task_item SET rank = {{digits}} || '5'
            FROM (SELECT t.id, ROW_NUMBER() OVER (ORDER BY t.rank) * (6000000000 / (COUNT(*) OVER () + 1)) AS at FROM tasks_task_item t WHERE t.project_id = {0}) o
            WHERE tasks_task_item.id = o.id
            """,
            [project.Value], ct);
#pragma warning restore EF1002
    }
}
