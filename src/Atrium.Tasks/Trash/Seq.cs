using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>Takes a project's row for changes that do not go task by task through <see cref="TaskDesk"/>.</summary>
internal static class Seq
{
    /// <summary>The next seq; the row stays held until the transaction ends.</summary>
    /// <exception cref="Refusal">NotFound: the project is gone.</exception>
    public static async Task<long> TakeSeqAsync(this TasksDb db, Id<Project> project, CancellationToken ct) =>
        (await db.CountAsync(project, 0, Actor.System, ct) ?? throw Refusal.NotFound()).Seq;
}
