using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Reads threads of things for pages, and their counts for lists.</summary>
internal sealed class DiscussionReader(SocialDb db, DiscussionDesk desk, StatusReader statuses)
{
    private const int MostOfThread = 5000;

    /// <summary>Counts of many things in one statement.</summary>
    public async Task<IReadOnlyDictionary<Thing, DiscussionCounts>> CountsAsync(IReadOnlyCollection<Thing> things, Actor actor, CancellationToken ct)
    {
        if (things.Count == 0) return new Dictionary<Thing, DiscussionCounts>();
        var viewer = await desk.ViewerAsync(actor, ct);
        var me = viewer.Me ?? default;
        return await (
            from d in db.Discussions
            join s in db.StatusStats on d.RootId equals s.StatusId
            where things.Contains(d.Thing)
            select new { d.Thing, d.Comments, s.Favourites, s.Boosts, Liked = db.Favourites.Any(f => f.AccountId == me && f.StatusId == d.RootId) })
            .ToDictionaryAsync(r => r.Thing, r => new DiscussionCounts(r.Comments, r.Favourites, r.Boosts, r.Liked), ct);
    }

    /// <summary>Null where those who run the thing have hidden its thread from the actor.</summary>
    /// <param name="shown">How each comment looks on a page; null where none is drawn.</param>
    public async Task<DiscussionPage?> PageAsync(
        ThingCard card, Discussion? discussion, DiscussionOrder order, Page page, Actor actor, CancellationToken ct, Func<IReadOnlyList<(StatusEntity Post, bool Hidden)>, bool, Task<IReadOnlyList<Shown>>>? shown = null)
    {
        var moderates = await desk.MayModerateAsync(card, actor, ct);
        var member = actor.IsMember && (actor.Role > Role.Guest || card.Audience.IsStored);
        if (discussion is null) return new(card.Thing, null, DiscussionCounts.None, Closed: false, member, moderates, new([], null)) { MayBoost = member && card.Audience.IsPublic };
        if (discussion.State == DiscussionState.Gone || (discussion.State == DiscussionState.Hidden && !moderates)) throw Refusal.NotFound();
        if (discussion.State == DiscussionState.Withdrawn && !moderates) return null;

        var viewer = await desk.ViewerAsync(actor, ct);
        var counts = (await CountsAsync([card.Thing], actor, ct)).GetValueOrDefault(card.Thing, DiscussionCounts.None);
        var open = discussion is { State: DiscussionState.Open, MayComment: not MayComment.Nobody };
        return new(
            card.Thing, discussion.RootId.ToString(), counts, discussion.State == DiscussionState.Closed, open && member, moderates,
            await CommentsAsync(discussion, order, page, viewer, moderates, shown, ct), discussion.State == DiscussionState.Withdrawn)
        {
            MayBoost = member && card.Audience.IsPublic,
            Boosted = viewer.Me is { } me && await db.Statuses.AnyAsync(s => s.BoostOf == discussion.RootId && s.AccountId == me && s.DeletedAt == null, ct),
        };
    }

    /// <summary>A page of comments as posts, with how deep each stands: what the API answers.</summary>
    public async Task<(IReadOnlyList<(StatusEntity Post, int Depth, bool Hidden)> Comments, string? Next)> PostsAsync(
        Discussion discussion, DiscussionOrder order, Page page, Viewer viewer, bool moderates, CancellationToken ct)
    {
        // Who runs the thing reads what is hidden from others, to be able to show it again.
        var seer = viewer with { RunsThread = moderates };
        var visible = moderates ? db.Statuses.VisibleTo(seer, db) : db.Statuses.VisibleTo(seer, db).NotOfServersBlockedBy(seer, db);
        var nodes = await db.Statuses.Where(s => s.DiscussionId == discussion.Id && s.Kind == StatusKind.Note).OrderBy(s => s.Id).Take(MostOfThread)
            .Select(s => new Node(s.Id, s.InReplyTo, s.HiddenAt != null, visible.Any(v => v.Id == s.Id))).ToListAsync(ct);
        var flat = Flatten(nodes, discussion.RootId, order);
        var after = Cursor.Id<Status>(page.Cursor);
        var from = after is { } last ? flat.FindIndex(n => n.Node.Id == last) + 1 : 0;
        var cut = flat.Skip(from).Take(page.Size).ToList();
        var shown = (await statuses.ByIdAsync([.. cut.Select(c => c.Node.Id)], seer, ct)).ToDictionary(s => s.Id);
        return ([.. cut.Where(c => shown.ContainsKey(c.Node.Id.ToString())).Select(c => (shown[c.Node.Id.ToString()], c.Depth, c.Node.Hidden))],
            from + page.Size < flat.Count ? cut[^1].Node.Id.ToString() : null);
    }

    private async Task<Slice<CommentView>> CommentsAsync(Discussion discussion, DiscussionOrder order, Page page, Viewer viewer, bool moderates, Func<IReadOnlyList<(StatusEntity Post, bool Hidden)>, bool, Task<IReadOnlyList<Shown>>>? shown, CancellationToken ct)
    {
        var (posts, next) = await PostsAsync(discussion, order, page, viewer, moderates, ct);
        List<Id<Account>> authors = [.. posts.Select(p => Wire.Id<Account>(p.Post.Account.Id)).Distinct()];
        var members = await db.Accounts.Where(a => authors.Contains(a.Id)).Select(a => new { a.Id, a.MemberId, a.AvatarUrl, a.Url }).ToDictionaryAsync(a => a.Id.ToString(), ct);
        var drawn = shown is null ? null : await shown([.. posts.Select(p => (p.Post, p.Hidden))], moderates);
        return new(
            [.. posts.Select((p, at) => View(p.Post, p.Depth, p.Hidden, members[p.Post.Account.Id].MemberId, members[p.Post.Account.Id].AvatarUrl, members[p.Post.Account.Id].Url, viewer) with { Post = drawn?[at] })], next);
    }

    private static CommentView View(StatusEntity post, int depth, bool hidden, Id<Member>? author, string? avatar, string href, Viewer viewer) => new(
        post.Id, post.InReplyToId, depth, author, post.Account.DisplayName.Length > 0 ? post.Account.DisplayName : post.Account.Username, post.Account.Acct, href, avatar, SafeHtml.Trusted(post.Content), post.SpoilerText,
        post.CreatedAt, post.EditedAt, post.FavouritesCount, post.Favourited ?? false, viewer.Me?.ToString() == post.Account.Id, hidden, $"{href}/{post.Id}");

    private static List<(Node Node, int Depth)> Flatten(List<Node> nodes, Id<Status> root, DiscussionOrder order)
    {
        var known = nodes.Select(n => n.Id).ToHashSet();
        // What answered something that is no longer known answers the thing.
        var answers = nodes.ToLookup(n => n.Parent is { } parent && known.Contains(parent) ? parent : root);
        List<(Node, int)> flat = [];
        var top = order == DiscussionOrder.Oldest ? answers[root].Reverse() : answers[root];
        var open = new Stack<(Node Node, int Depth)>(top.Select(n => (n, 0)));
        while (open.TryPop(out var next))
        {
            if (next.Node.Visible) flat.Add(next);
            foreach (var answer in answers[next.Node.Id].Reverse()) open.Push((answer, next.Depth + 1));
        }

        return flat;
    }

    private sealed record Node(Id<Status> Id, Id<Status>? Parent, bool Hidden, bool Visible);
}
