using Atrium.Contracts.Home;
using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>How many notifications wait, beside the room's name.</summary>
internal sealed class NewNotices(NoticeReader notices, Viewers viewers) : IRoomCount
{
    public string Room => SocialDb.Name;

    public async Task<int> CountAsync(Actor actor, CancellationToken ct) =>
        actor.IsMember ? await notices.UnreadAsync(await viewers.OfAsync(actor, ct), new([], [], null, Filtered: false), 99, ct) : 0;
}
