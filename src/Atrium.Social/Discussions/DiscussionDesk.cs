using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Finds, makes and follows the threads of things.</summary>
internal sealed class DiscussionDesk(SocialDb db, Things things, LocalAccounts locals, Viewers viewers, IEnumerable<IDiscussionEditors> editors)
{
    /// <summary>The thing, if the actor sees it.</summary>
    /// <exception cref="Refusal">Not found.</exception>
    public async Task<ThingCard> SeeAsync(Thing thing, Actor actor, CancellationToken ct) => await things.CardAsync(thing, actor, ct) ?? throw Refusal.NotFound();

    /// <summary>The thread of a thing that the actor sees, brought up to date with it; null where there is none.</summary>
    public async Task<Discussion?> FindAsync(ThingCard card, CancellationToken ct)
    {
        var found = await db.Discussions.FirstOrDefaultAsync(d => d.Thing == card.Thing, ct);
        if (found is not null && found.Audience != card.Audience)
        {
            await FollowAsync(card, ct);
            found.Audience = card.Audience;
        }

        return found;
    }

    /// <summary>Whether there is anything to be kept in step with a thing.</summary>
    public Task<bool> IsDiscussedAsync(Thing thing, CancellationToken ct) => db.Discussions.AnyAsync(d => d.Thing == thing, ct);

    /// <summary>The thread of a thing, made where there is none. Of several who make it at once, all get the same.</summary>
    public async Task<Discussion> EnsureAsync(ThingCard card, DiscussionPolicy? policy, CancellationToken ct)
    {
        if (await FindAsync(card, ct) is { } there)
        {
            if (policy is not null && (there.MayComment != policy.MayComment || (policy.Announce && there.AnnouncedAt is null))) await db.WriteAsync(token => ApplyAsync(there, policy, token), ct);
            return there;
        }

        var author = card.By is { } by ? await locals.OfAsync([by], ct) is { Count: 1 } one ? one[by] : await locals.CommunityAsync(ct) : await locals.CommunityAsync(ct);
        try
        {
            return await db.WriteAsync(token => MakeAsync(card, author, policy ?? new(), token), ct);
        }
        catch (UniqueViolation) when (db.Database.CurrentTransaction is null)
        {
            db.ChangeTracker.Clear();
            return await db.Discussions.FirstAsync(d => d.Thing == card.Thing, ct);
        }
    }

    /// <summary>The thing's audience is its thread's from now on: narrowing acts on every comment, widening on the root and what comes.</summary>
    public Task FollowAsync(ThingCard card, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var (audience, visibility) = (card.Audience, VisibilityOf(card.Audience));
            await db.Discussions.Where(d => d.Thing == card.Thing).ExecuteUpdateAsync(set => set.SetProperty(d => d.Audience, audience), token);
            await db.Statuses.Where(s => s.Kind == StatusKind.Root && db.Discussions.Any(d => d.RootId == s.Id && d.Thing == card.Thing))
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Audience, audience).SetProperty(s => s.Visibility, visibility), token);
            await NameAsync(card, token);
            foreach (var id in await db.Discussions.Where(d => d.Thing == card.Thing).Select(d => d.Id).ToListAsync(token)) db.Publish(new SightChanged(Discussion: id), card.Thing.ToString());
            db.Announce($"discussion:{card.Thing}", 0);
        },
        ct);

    /// <summary>Hides a thread with its thing, or shows it again as it was: what was closed is closed still.</summary>
    public Task ShowAsync(Thing thing, bool shown, CancellationToken ct) => ShowAsync(thing, shown, DiscussionState.Hidden, ct);

    /// <summary>Hides a thread for those who run its thing, whatever becomes of the thing, or shows it again.</summary>
    public Task WithdrawAsync(Thing thing, bool withdrawn, CancellationToken ct) => ShowAsync(thing, !withdrawn, DiscussionState.Withdrawn, ct);

    private Task ShowAsync(Thing thing, bool shown, DiscussionState hidden, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var moved = shown
                ? await db.Discussions.Where(d => d.Thing == thing && d.State == hidden)
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, d => d.WasClosed ? DiscussionState.Closed : DiscussionState.Open), token)
                : await db.Discussions.Where(d => d.Thing == thing && (d.State == DiscussionState.Open || d.State == DiscussionState.Closed))
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.WasClosed, d => d.State == DiscussionState.Closed).SetProperty(d => d.State, hidden), token);
            if (moved == 0) return;
            db.Publish(new SightChanged(Discussion: await db.Discussions.Where(d => d.Thing == thing).Select(d => d.Id).FirstAsync(token)), thing.ToString());
        },
        ct);

    /// <summary>A thing is gone: so is what was said about it.</summary>
    public Task EndAsync(Thing thing, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            DateTimeOffset? now = db.Now;
            var id = await db.Discussions.Where(d => d.Thing == thing).Select(d => (Id<Discussion>?)d.Id).FirstOrDefaultAsync(token);
            if (id is null) return;
            var root = await db.Discussions.Where(d => d.Id == id).Select(d => d.RootId).FirstAsync(token);
            await db.Discussions.Where(d => d.Id == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DiscussionState.Gone), token);
            var comments = await db.Statuses.Where(s => s.DiscussionId == id && s.DeletedAt == null).Select(s => s.Id).ToListAsync(token);
            await db.Statuses.Where(s => s.DiscussionId == id && s.DeletedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.DeletedAt, now), token);
            await db.HomeEntries.Where(h => comments.Contains(h.OriginalId)).ExecuteDeleteAsync(token);
            foreach (var comment in comments) db.OfDeletion(comment, local: true, comment != root);
            db.Announce($"discussion:{thing}", 0);
        },
        ct);

    /// <summary>Whether the actor may close the thread and hide comments: whose thing it is, who runs it, and the moderators.</summary>
    public async Task<bool> MayModerateAsync(ThingCard card, Actor actor, CancellationToken ct)
    {
        if (actor.IsModerator || (card.By is { } by && actor.Is(by))) return true;
        if (!actor.IsMember || editors.FirstOrDefault(e => e.Kind == card.Thing.Kind) is not { } rule) return false;
        return (await rule.EditableAsync([card.Thing.Key], actor, ct)).Contains(card.Thing.Key);
    }

    public ValueTask<Viewer> ViewerAsync(Actor actor, CancellationToken ct) => viewers.OfAsync(actor, ct);

    /// <summary>A thing's audience as old apps know it.</summary>
    public static Visibility VisibilityOf(Audience audience) => audience.IsPublic ? Visibility.Unlisted : audience == Audience.Members ? Visibility.Members : Visibility.Group;

    /// <summary>The thing is called otherwise, and nothing else about it has changed.</summary>
    public Task RenameAsync(ThingCard card, CancellationToken ct) => db.WriteAsync(token => NameAsync(card, token), ct);

    // The root says what the thing is called, and looks like it.
    private async Task NameAsync(ThingCard card, CancellationToken ct)
    {
        if (await db.Statuses.AsTracking().FirstOrDefaultAsync(s => s.Kind == StatusKind.Root && db.Discussions.Any(d => d.RootId == s.Id && d.Thing == card.Thing), ct) is not { } root) return;
        if (root.Url == card.Href && root.Source == card.Title && root.Document.Card == Shown(card)) return;
        var renamed = root.Source != card.Title;
        if (renamed) root.EditedAt = db.Now;
        Show(root, card);
        await db.SaveChangesAsync(ct);
        if (renamed) db.Publish(new ThingRenamed(root.Id), root.Id.ToString());
        db.Announce(SocialTopics.Statuses, root.Id.Value, "status.update");
        await ThreadTopic.WakeAsync(db, root, ct);
    }

    private static void Show(Status root, ThingCard card)
    {
        (root.Url, root.Source, root.Plain) = (card.Href, card.Title, card.Title);
        root.Html = $"<p><a href=\"{SafeHtml.Encoded(card.Href).Value}\">{SafeHtml.Encoded(card.Title).Value}</a></p>";
        root.Document = StatusDocument.Empty with { Card = Shown(card) };
    }

    private static DocumentCard Shown(ThingCard card) => new(card.Href, card.Title, card.Subtitle ?? "", null, "link", "", "", "", "", 0, 0, card.ImageUrl, "", null, null);

    private async Task ApplyAsync(Discussion there, DiscussionPolicy policy, CancellationToken ct)
    {
        await db.Discussions.Where(d => d.Id == there.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.MayComment, policy.MayComment), ct);
        if (policy.Announce) await HomeFan.AnnounceAsync(db, await db.Statuses.FirstAsync(s => s.Id == there.RootId, ct), ct);
    }

    private async Task<Discussion> MakeAsync(ThingCard card, Id<Account> author, DiscussionPolicy policy, CancellationToken ct)
    {
        var account = await db.Accounts.FirstAsync(a => a.Id == author, ct);
        var id = await StatusIds.NextAsync(db, ct);
        var discussion = new Discussion { Thing = card.Thing, RootId = id, Audience = card.Audience, MayComment = policy.MayComment, CreatedAt = db.Now };
        var root = new Status
        {
            Id = id, AccountId = author, Kind = StatusKind.Root, Uri = $"{account.Uri}/statuses/{id}", Url = card.Href, CreatedAt = db.Now, ConversationId = new(id.Value), ThreadRoot = id,
            DiscussionId = discussion.Id, Visibility = VisibilityOf(card.Audience), Audience = card.Audience, QuotePolicy = QuotePolicy.Nobody,
        };
        Show(root, card);
        db.Discussions.Add(discussion);
        db.Statuses.Add(root);
        db.StatusStats.Add(new() { StatusId = id });
        await db.SaveChangesAsync(ct);
        if (policy.Announce) await HomeFan.AnnounceAsync(db, await db.Statuses.FirstAsync(s => s.Id == id, ct), ct);
        return discussion;
    }
}
