using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Brings a hashtag's posts to one's home, or no longer.</summary>
internal sealed class FollowTag(SocialDb db, StatusParts parts)
{
    /// <exception cref="Refusal">Not found: no hashtag can be called so.</exception>
    public async Task HandleAsync(string name, bool follow, Viewer viewer, CancellationToken ct)
    {
        var (me, key) = (viewer.Demand(), PostText.TagKey(name));
        if (!follow)
        {
            await db.TagFollows.Where(f => f.AccountId == me && db.Hashtags.Any(t => t.Id == f.TagId && t.Name == key)).ExecuteDeleteAsync(ct);
            return;
        }

        if (PostText.Names("#" + name).Tags is not [var said] || PostText.TagKey(said) != key) throw Refusal.NotFound("Record not found");
        var tag = (await parts.TagsAsync([said], ct)).First();
        await db.Database.ExecuteSqlRawAsync("INSERT INTO social_tag_follow (id, account_id, tag_id) VALUES ({0}, {1}, {2}) ON CONFLICT DO NOTHING", [Id<TagFollow>.New().Value, me.Value, tag.Value], ct);
    }
}
