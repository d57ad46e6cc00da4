using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

// These comparisons are the database's, which knows neither cultures nor StringComparison.
#pragma warning disable CA1309

namespace Atrium.Tasks;

/// <summary>The task that another shall stand behind, or before.</summary>
internal sealed record Neighbour(Id<TaskItem> Beside, bool Behind)
{
    /// <summary>The ranks between which there is room.</summary>
    public sealed class Gap
    {
        public string? Rank { get; init; }

        public string? Next { get; init; }
    }

    /// <summary>Null when a request names neither.</summary>
    public static Neighbour? Of(MoveTask.Request request) =>
        request.After is { } after ? new(after, true) : request.Before is { } before ? new(before, false) : null;

    /// <summary>The neighbour's rank and the next one in that direction, among the tasks of an order; to be part of a statement.</summary>
    public IQueryable<Gap> In(IQueryable<TaskItem> order)
    {
        var (beside, behind) = (Beside, Behind);
        return order.Where(n => n.Id == beside).Select(n => new Gap
        {
            Rank = n.Rank,
            Next = behind ? order.Where(o => string.Compare(o.Rank, n.Rank) > 0).Min(o => o.Rank) : order.Where(o => string.Compare(o.Rank, n.Rank) < 0).Max(o => o.Rank),
        });
    }

    /// <summary>A rank beside it; spreads the project's ranks when there is hardly any room left.</summary>
    /// <param name="gap">What <see cref="In"/> found.</param>
    /// <exception cref="Refusal">Invalid <c>unknown_neighbour</c>.</exception>
    public async Task<string> RankAsync(Gap? gap, Id<TaskItem> self, Id<Project> project, TasksDb db, CancellationToken ct)
    {
        if (gap?.Rank is null) throw Refusal.Invalid(Behind ? "after" : "before", "That task is not in this project.", "unknown_neighbour");
        var rank = Behind ? Rank.Between(gap.Rank, gap.Next) : Rank.Between(gap.Next, gap.Rank);
        if (!Rank.IsTooLong(rank)) return rank;
        await db.SpreadRanksAsync(project, ct);
        return await RankAsync(self, project, db, ct);
    }

    /// <summary>The same where nothing is read beside it.</summary>
    public async Task<string> RankAsync(Id<TaskItem> self, Id<Project> project, TasksDb db, CancellationToken ct) =>
        await RankAsync(await In(db.Tasks.Where(t => t.ProjectId == project && t.Id != self)).FirstOrDefaultAsync(ct), self, project, db, ct);
}
