using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Puts a hashtag on one's profile, or takes it off.</summary>
internal sealed class FeatureTag(SocialDb db, StatusParts parts, HouseLimits limits)
{
    /// <exception cref="Refusal">Not found: no hashtag can be called so; invalid: more than the most.</exception>
    public async Task HandleAsync(string name, bool on, Viewer viewer, CancellationToken ct)
    {
        var (me, key) = (viewer.Demand(), PostText.TagKey(name));
        if (!on)
        {
            await db.FeaturedTags.Where(f => f.AccountId == me && db.Hashtags.Any(t => t.Id == f.TagId && t.Name == key)).ExecuteDeleteAsync(ct);
            return;
        }

        if (PostText.Names("#" + name).Tags is not [var said] || PostText.TagKey(said) != key) throw Refusal.NotFound("Record not found");
        var tag = (await parts.TagsAsync([said], ct)).First();
        await db.WriteAsync(
            async token =>
            {
                if (await db.FeaturedTags.AnyAsync(f => f.AccountId == me && f.TagId == tag, token)) return;
                if (await db.FeaturedTags.CountAsync(f => f.AccountId == me, token) >= await limits.OfAsync(HouseLimits.FeaturedTags, token)) throw Refusal.Invalid("base", "You have already featured the maximum number of hashtags", "limit");
                db.FeaturedTags.Add(new() { AccountId = me, TagId = tag });
            },
            ct);
    }
}
