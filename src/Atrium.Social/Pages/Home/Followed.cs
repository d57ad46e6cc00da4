using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Text;
using Atrium.Social.Pages;

namespace Atrium.Social;

/// <summary>The newest of one's home, on the dashboard.</summary>
internal sealed class Followed(Timelines timelines, StatusReader reader, PostShow show, Viewers viewers) : IDashboardCard
{
    private const int Shown = 4;
    private const int Words = 110;

    public string Room => SocialDb.Name;

    public int Order => 30;

    public async Task<DashboardContent?> LoadAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsMember) return null;
        var viewer = await viewers.OfAsync(actor, ct);
        var page = await timelines.HomeAsync(new(null, null, null, Shown * 3), viewer, ct);
        var posts = (await show.ManyAsync(await reader.ReadAsync(page.Rows, viewer, "home", ct), "/social", ct)).Where(p => !p.Mine).DistinctBy(p => p.Id).Take(Shown).ToList();
        return posts.Count == 0 ? null : new(typeof(FollowedCard), new Dictionary<string, object?>
        {
            [nameof(FollowedCard.Lines)] = posts.Select(p => new FollowedCard.Line(p.Author.Name, p.Author.Tone, p.Author.Picture, Said(p), p.Href, p.Status.CreatedAt)).ToList(),
        });
    }

    private static string Said(Post post) =>
        PlainText.Excerpt(post.Status.SpoilerText.Length > 0 ? post.Status.SpoilerText : WordDiff.Plain(post.Status.Content), Words) is { Length: > 0 } words ? words : "A picture";
}
