using Atrium.Contracts.Social;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Likes, bookmarks, pins and mutes a conversation, and undoes each. All are idempotent; counters move only when a row does.</summary>
internal sealed class MarkStatus(SocialDb db, Notifier notifier, HouseLimits limits)
{
    public async Task FavouriteAsync(Id<Status> id, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var status = await OriginalAsync(id, viewer, ct);
        await db.WriteAsync(
            async token =>
            {
                var mark = Id<Favourite>.New();
                var made = await db.Database.ExecuteSqlRawAsync(
                    "INSERT INTO social_favourite (id, account_id, status_id) VALUES ({0}, {1}, {2}) ON CONFLICT DO NOTHING", [mark.Value, me.Value, status.Id.Value], token);
                if (made == 0) return;
                await db.StatusStats.Where(s => s.StatusId == status.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Favourites, s => s.Favourites + 1), token);
                await notifier.TellAsync(new(NoticeType.Favourite, me, $"favourite:{me}:{status.Id}", status), [status.AccountId], token);
                db.Publish(new Favourited(me, status.Id, Undone: false, mark), status.Id.ToString());
                if (status is { Kind: StatusKind.Root, DiscussionId: { } discussion })
                {
                    var thing = await db.Discussions.Where(d => d.Id == discussion).Select(d => d.Thing).FirstAsync(token);
                    db.Publish(new ThingLiked(thing, viewer.Actor.MemberId), thing.ToString());
                    db.Announce($"discussion:{thing}", status.Id.Value);
                }
            },
            ct);
    }

    public async Task UnfavouriteAsync(Id<Status> id, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var status = await OriginalAsync(id, viewer, ct);
        await db.WriteAsync(
            async token =>
            {
                var mark = await db.Favourites.Where(f => f.AccountId == me && f.StatusId == status.Id).Select(f => f.Id).FirstOrDefaultAsync(token);
                if (await db.Favourites.Where(f => f.Id == mark).ExecuteDeleteAsync(token) == 0) return;
                await db.StatusStats.Where(s => s.StatusId == status.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Favourites, s => s.Favourites - 1), token);
                await db.TakeBackAsync(db.Notices.Where(n => n.AccountId == status.AccountId && n.Type == NoticeType.Favourite && n.FromId == me && n.StatusId == status.Id), token);
                db.Publish(new Favourited(me, status.Id, Undone: true, mark), status.Id.ToString());
            },
            ct);
    }

    public async Task BookmarkAsync(Id<Status> id, bool on, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var status = await OriginalAsync(id, viewer, ct);
        if (on)
            await db.Database.ExecuteSqlRawAsync("INSERT INTO social_bookmark (id, account_id, status_id) VALUES ({0}, {1}, {2}) ON CONFLICT DO NOTHING", [Id<Bookmark>.New().Value, me.Value, status.Id.Value], ct);
        else await db.Bookmarks.Where(b => b.AccountId == me && b.StatusId == status.Id).ExecuteDeleteAsync(ct);
    }

    /// <exception cref="Refusal">Invalid: somebody else's, a private one, a boost, or more than the most (<c>pin_limit</c>).</exception>
    public async Task PinAsync(Id<Status> id, bool on, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var status = await db.SeeAsync(id, viewer, ct);
        if (!on)
        {
            await db.Pins.Where(p => p.AccountId == me && p.StatusId == id).ExecuteDeleteAsync(ct);
            return;
        }

        if (status.AccountId != me) throw Refusal.Invalid("status", "Someone else's post cannot be pinned", "not_yours");
        if (status.BoostOf is not null) throw Refusal.Invalid("status", "A boost cannot be pinned", "boost");
        if (status.Visibility == Visibility.Direct) throw Refusal.Invalid("status", "Posts that are only visible to mentioned users cannot be pinned", "private");
        var most = await limits.OfAsync(HouseLimits.Pins, ct);
        await db.WriteAsync(
            async token =>
            {
                if (await db.Pins.AnyAsync(p => p.AccountId == me && p.StatusId == id, token)) return;
                if (await db.Pins.CountAsync(p => p.AccountId == me, token) >= most) throw Refusal.Invalid("status", "You have already pinned the maximum number of posts", "pin_limit");
                db.Pins.Add(new() { AccountId = me, StatusId = id });
            },
            ct);
    }

    public async Task MuteThreadAsync(Id<Status> id, bool on, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var conversation = (await db.SeeAsync(id, viewer, ct)).ConversationId;
        if (on) await db.Database.ExecuteSqlRawAsync("INSERT INTO social_thread_mute (account_id, conversation_id) VALUES ({0}, {1}) ON CONFLICT DO NOTHING", [me.Value, conversation.Value], ct);
        else await db.ThreadMutes.Where(m => m.AccountId == me && m.ConversationId == conversation).ExecuteDeleteAsync(ct);
    }

    // A mark on a boost is a mark on what was boosted.
    private async Task<Status> OriginalAsync(Id<Status> id, Viewer viewer, CancellationToken ct)
    {
        var status = await db.SeeAsync(id, viewer, ct);
        return status.BoostOf is { } original ? await db.SeeAsync(original, viewer, ct) : status;
    }
}
