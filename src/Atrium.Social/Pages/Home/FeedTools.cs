using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>What every page that lists posts needs.</summary>
internal sealed class FeedTools(SocialDb db, StatusReader reader, PostShow show, AsideReader aside)
{
    public SocialDb Db => db;

    public StatusReader Reader => reader;

    public PostShow Show => show;

    public async Task<IResult> PageAsync(PageCall call, FeedModel model, Viewer viewer, CancellationToken ct) =>
        call.Page<Pages.FeedPage>(new { Model = model, Aside = await aside.ReadAsync(ct), SignedIn = viewer.Me is not null });

    /// <summary>Says of each post in a home why it is there.</summary>
    public async Task ExplainAsync(IReadOnlyList<Post> posts, IReadOnlyList<StatusRef> rows, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        List<Id<Status>> ids = [.. rows.Select(r => r.Id)];
        var reasons = await db.HomeEntries.Where(h => h.OwnerId == me && ids.Contains(h.StatusId)).Select(h => new { h.OriginalId, h.Reason }).ToListAsync(ct);
        foreach (var post in posts)
            post.Why = reasons.FirstOrDefault(r => r.OriginalId.ToString() == post.Id)?.Reason switch
            {
                HomeReason.Own => "it is yours",
                HomeReason.Boost => post.BoostedBy is { } by ? $"{by.Name} boosted it" : "somebody you follow boosted it",
                HomeReason.Tag => "you follow one of its tags",
                HomeReason.Group => "you are in its group",
                HomeReason.Follow => $"you follow {post.Author.Name}",
                _ => null,
            };
    }
}
