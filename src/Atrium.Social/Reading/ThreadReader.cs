using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// What stands above and below a post, in thread order. A post the reader may not see is left out with its text; what answers it and may be seen
/// stays.
/// </summary>
internal sealed class ThreadReader(SocialDb db, StatusReader reader)
{
    // Far more than anybody is shown of one: whatever stands in it, what is near the post that was asked for is among them.
    private const int MostOfThread = 50_000;

    /// <summary>Ids above (oldest first) and below (depth first).</summary>
    /// <exception cref="Refusal">Not found.</exception>
    public async Task<(IReadOnlyList<Id<Status>> Above, IReadOnlyList<Id<Status>> Below)> AroundAsync(Id<Status> id, Viewer viewer, CancellationToken ct)
    {
        var status = await db.SeeAsync(id, viewer, ct);
        var (mostAbove, mostBelow) = viewer.Me is null ? (40, 60) : (4096, 4096);
        var visible = db.Statuses.VisibleTo(viewer, db).NotOfServersBlockedBy(viewer, db);
        var nodes = await db.Statuses.Where(s => s.ThreadRoot == status.ThreadRoot && s.Kind != StatusKind.Boost).OrderBy(s => s.Id).Take(MostOfThread)
            .Select(s => new Node(s.Id, s.InReplyTo, visible.Any(v => v.Id == s.Id))).ToListAsync(ct);
        var byId = nodes.ToDictionary(n => n.Id);
        var answers = nodes.Where(n => n.Parent is not null).ToLookup(n => n.Parent!.Value);
        return (Above(status.InReplyTo, byId, mostAbove), Below(id, answers, mostBelow));
    }

    public async Task<ContextEntity> ContextAsync(Id<Status> id, Viewer viewer, CancellationToken ct)
    {
        var (above, below) = await AroundAsync(id, viewer, ct);
        // All of them were found visible a moment ago.
        var shown = await reader.ReadAsync([.. above.Concat(below).Select(id => new StatusRef { Id = id })], viewer, "thread", ct);
        var over = above.Select(a => a.ToString()).ToHashSet();
        return new([.. shown.Where(s => over.Contains(s.Id))], [.. shown.Where(s => !over.Contains(s.Id))]);
    }

    private static List<Id<Status>> Above(Id<Status>? parent, Dictionary<Id<Status>, Node> nodes, int most)
    {
        List<Id<Status>> above = [];
        var seen = new HashSet<Id<Status>>();
        while (parent is { } id && nodes.TryGetValue(id, out var node) && seen.Add(id) && above.Count < most)
        {
            if (node.Visible) above.Insert(0, id);
            parent = node.Parent;
        }

        return above;
    }

    private static List<Id<Status>> Below(Id<Status> id, ILookup<Id<Status>, Node> answers, int most)
    {
        List<Id<Status>> below = [];
        var open = new Stack<Node>(answers[id].Reverse());
        while (open.TryPop(out var node) && below.Count < most)
        {
            if (node.Visible) below.Add(node.Id);
            foreach (var answer in answers[node.Id].Reverse()) open.Push(answer);
        }

        return below;
    }

    private sealed record Node(Id<Status> Id, Id<Status>? Parent, bool Visible);
}
