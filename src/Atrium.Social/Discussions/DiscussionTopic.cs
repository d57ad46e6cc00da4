using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Live;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Who sees a thing may hear that its thread moved: <c>discussion:task:1</c>.</summary>
internal sealed class DiscussionTopic(SocialDb db, Things things) : ITopicRule
{
    public string Kind => "discussion";

    public async ValueTask<long?> CursorAsync(string key, Actor actor, CancellationToken ct)
    {
        if (!Thing.TryParse(key, null, out var thing) || await things.CardAsync(thing, actor, ct) is null) return null;
        return await (from s in db.Statuses where db.Discussions.Any(d => d.Id == s.DiscussionId && d.Thing == thing) orderby s.Id descending select s.Id).FirstOrDefaultAsync(ct) is var last ? last.Value : 0;
    }
}
