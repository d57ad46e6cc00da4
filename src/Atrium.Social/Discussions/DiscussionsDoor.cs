using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>The IDiscussions door: what other rooms, pages and our own API ask.</summary>
internal sealed class DiscussionsDoor(SocialDb db, DiscussionDesk desk, PublishStatus publish, MarkStatus marks, DiscussionReader reader, DiscussionShow show) : IDiscussions
{
    public async Task EnsureAsync(Thing thing, DiscussionPolicy policy, Actor actor, CancellationToken ct) => await desk.EnsureAsync(await desk.SeeAsync(thing, actor, ct), policy, ct);

    public async Task<DiscussionPage?> PageAsync(Thing thing, DiscussionOrder order, Page page, Actor actor, CancellationToken ct)
    {
        var card = await desk.SeeAsync(thing, actor, ct);
        var there = await desk.FindAsync(card, ct);
        if (!show.IsPage) return await reader.PageAsync(card, there, order, page, actor, ct);
        var read = await reader.PageAsync(card, there, order, page, actor, ct, (posts, moderates) => show.CommentsAsync(posts, moderates, ct));
        return read is null ? null : await show.WithWriterAsync(read, ct);
    }

    public Task<IReadOnlyDictionary<Thing, DiscussionCounts>> CountsAsync(IReadOnlyCollection<Thing> things, Actor actor, CancellationToken ct) => reader.CountsAsync(things, actor, ct);

    public async Task<string> CommentAsync(Thing thing, string text, string? inReplyTo, string? key, Actor actor, CancellationToken ct) =>
        (await CommentAsync(thing, new NewStatus { Text = text, Format = TextFormat.Markdown, InReplyTo = inReplyTo is null ? null : Wire.Id<Status>(inReplyTo) }, key, actor, ct)).ToString();

    /// <summary>Says something, with all a post may hold.</summary>
    public async Task<Id<Status>> CommentAsync(Thing thing, NewStatus comment, string? key, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        var card = await desk.SeeAsync(thing, actor, ct);
        var discussion = await desk.EnsureAsync(card, null, ct);
        if (comment.InReplyTo is { } parent && !await db.Statuses.AnyAsync(s => s.Id == parent && s.DiscussionId == discussion.Id, ct)) throw Refusal.NotFound("Record not found");
        return await publish.HandleAsync(
            comment with { InReplyTo = comment.InReplyTo ?? discussion.RootId, Discussion = discussion.Id, Visibility = DiscussionDesk.VisibilityOf(discussion.Audience) },
            await desk.ViewerAsync(actor, ct), key is null ? null : RandomKey.Hash($"{thing}\n{key}"), ct);
    }

    public async Task LikeAsync(Thing thing, bool liked, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        var card = await desk.SeeAsync(thing, actor, ct);
        var viewer = await desk.ViewerAsync(actor, ct);
        if (liked) await marks.FavouriteAsync((await desk.EnsureAsync(card, null, ct)).RootId, viewer, ct);
        else if (await desk.FindAsync(card, ct) is { } there) await marks.UnfavouriteAsync(there.RootId, viewer, ct);
    }

    public async Task CloseAsync(Thing thing, bool closed, Actor actor, CancellationToken ct)
    {
        var card = await desk.SeeAsync(thing, actor, ct);
        if (!await desk.MayModerateAsync(card, actor, ct)) throw Refusal.Forbidden();
        var discussion = await desk.EnsureAsync(card, null, ct);
        var (from, to) = closed ? (DiscussionState.Open, DiscussionState.Closed) : (DiscussionState.Closed, DiscussionState.Open);
        await db.WriteAsync(
            async token =>
            {
                if (await db.Discussions.Where(d => d.Id == discussion.Id && d.State == from).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, to), token) == 0) return;
                db.Record(actor, closed ? "discussion.closed" : "discussion.opened", thing);
                db.Announce($"discussion:{thing}", 0);
            },
            ct);
    }

    public async Task HideThreadAsync(Thing thing, bool hidden, Actor actor, CancellationToken ct)
    {
        var card = await desk.SeeAsync(thing, actor, ct);
        if (!await desk.MayModerateAsync(card, actor, ct)) throw Refusal.Forbidden();
        await desk.EnsureAsync(card, null, ct);
        await db.WriteAsync(
            async token =>
            {
                await desk.WithdrawAsync(thing, hidden, token);
                db.Record(actor, hidden ? "discussion.hidden" : "discussion.shown", thing);
                db.Announce($"discussion:{thing}", 0);
            },
            ct);
    }

    public async Task HideAsync(string comment, bool hidden, string? reason, Actor actor, CancellationToken ct)
    {
        var id = Wire.Id<Status>(comment);
        var thing = await (from s in db.Statuses join d in db.Discussions on s.DiscussionId equals (Id<Discussion>?)d.Id where s.Id == id && s.Kind == StatusKind.Note && s.DeletedAt == null select (Thing?)d.Thing)
            .FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound();
        if (!await desk.MayModerateAsync(await desk.SeeAsync(thing, actor, ct), actor, ct)) throw Refusal.Forbidden();
        DateTimeOffset? at = hidden ? db.Now : null;
        await db.WriteAsync(
            async token =>
            {
                var moved = await db.Statuses.Where(s => s.Id == id && (s.HiddenAt != null) != hidden).ExecuteUpdateAsync(set => set.SetProperty(s => s.HiddenAt, at), token) > 0;
                await db.Statuses.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.HiddenReason, reason), token);
                db.Publish(new SightChanged(Status: id), id.ToString());
                if (moved) await db.OfHidingAsync(id, hidden, token);
                db.Record(actor, hidden ? "comment.hidden" : "comment.shown", Thing.Of("status", id), reason);
                db.Announce(hidden ? SocialTopics.Statuses : $"discussion:{thing}", id.Value, hidden ? "delete" : "change");
            },
            ct);
    }
}
