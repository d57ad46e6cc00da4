using Atrium.Kernel;
using Atrium.Kernel.Live;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Who sees a post of a thread may hear that the thread moved: <c>thread:1</c>, by its first post.</summary>
internal sealed class ThreadTopic(SocialDb db, Viewers viewers) : ITopicRule
{
    public string Kind => "thread";

    public static string Of(Id<Status> root) => $"thread:{root}";

    /// <summary>Where the topics of threads stand now.</summary>
    public static long Now() => Id<Status>.New().Value;

    /// <summary>Wakes those who look at the thread. What is said to fewer than see its beginning wakes nobody: not even its hour is for others.</summary>
    public static async Task WakeAsync(SocialDb db, Status status, CancellationToken ct)
    {
        if (status.BoostOf is not null) return;
        var open = status.InReplyTo is null || status.Visibility is Visibility.Public or Visibility.Unlisted
            || await db.Statuses.Where(s => s.Id == status.ThreadRoot).Select(s => s.Audience).FirstOrDefaultAsync(ct) == status.Audience;
        if (open) db.Announce(Of(status.ThreadRoot), Now());
    }

    public async ValueTask<long?> CursorAsync(string key, Actor actor, CancellationToken ct)
    {
        if (!Id<Status>.TryParse(key, null, out var root)) return null;
        var viewer = await viewers.OfAsync(actor, ct);
        var newest = await db.Statuses.Where(s => s.ThreadRoot == root && s.Kind != StatusKind.Boost).VisibleTo(viewer, db).OrderByDescending(s => s.Id).Select(s => (Id<Status>?)s.Id).FirstOrDefaultAsync(ct);
        return newest?.Value;
    }
}
