using System.Text.Json.Nodes;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Tells other servers of posts and boosts made, edited and deleted here: those that may leave, and to whom they are addressed. A thing that was
/// announced to its author's followers goes out as the root of its thread.
/// </summary>
internal sealed class SendStatuses(SocialDb db, FederationGate gate, NoteWriter notes, Deliveries deliveries) : IReaction<PostMade>, IReaction<StatusNamed>, IReaction<PostEdited>, IReaction<PostGone>, IReaction<ThingAnnounced>, IReaction<ThingRenamed>, IReaction<SightChanged>
{
    public async Task HandleAsync(PostMade happened, CancellationToken ct)
    {
        if (happened.Local) await PublishAsync(happened.Status, ct);
    }

    // Who got it does not get it again.
    public Task HandleAsync(StatusNamed happened, CancellationToken ct) => PublishAsync(happened.Status, ct);

    public async Task HandleAsync(ThingAnnounced happened, CancellationToken ct)
    {
        if (await gate.ModeAsync(ct) == FederationMode.Off || await db.Statuses.Where(s => s.Id == happened.Root && s.Kind == StatusKind.Root).Leaving(db).FirstOrDefaultAsync(ct) is not { } root) return;
        var author = await AuthorAsync(root, ct);
        await deliveries.SendAsync(await notes.ActivityAsync(root, author, ct), author, await ReadersAsync(root, ct), ct);
    }

    /// <summary>Whoever has the root of a thread hears that its thing has another name: those it was announced to, and those who found it.</summary>
    public async Task HandleAsync(ThingRenamed happened, CancellationToken ct)
    {
        if (await gate.ModeAsync(ct) == FederationMode.Off || await db.Statuses.Where(s => s.Id == happened.Root && s.Kind == StatusKind.Root).Leaving(db).FirstOrDefaultAsync(ct) is not { } root) return;
        var author = await AuthorAsync(root, ct);
        var announced = await db.Discussions.AnyAsync(d => d.RootId == root.Id && d.AnnouncedAt != null, ct);
        await deliveries.SendAsync(
            await notes.UpdateAsync(root, author, null, ct), author, announced ? await HeldByAsync(root, ct) : await TouchedAsync(root, ct), ct, announced ? await HoldersAsync(root, ct) : null);
    }

    public Task HandleAsync(PostEdited happened, CancellationToken ct) => happened.Local ? UpdateAsync(happened.Status, null, [], ct) : Task.CompletedTask;

    /// <summary>Tells everyone who has a post how it stands now, in the transaction under way.</summary>
    /// <param name="what">Makes it the same word when it is said twice; null is the post's revision.</param>
    /// <param name="others">Who has it too.</param>
    public async Task UpdateAsync(Id<Status> id, string? what, IReadOnlyCollection<Account> others, CancellationToken ct)
    {
        if (await LeavingAsync(id, ct) is not { BoostOf: null, IsLocal: true } status) return;
        var author = await AuthorAsync(status, ct);
        await deliveries.SendAsync(await notes.UpdateAsync(status, author, what, ct), author, [.. await HeldByAsync(status, ct), .. others], ct, await HoldersAsync(status, ct));
    }

    public async Task HandleAsync(PostGone happened, CancellationToken ct)
    {
        if (!happened.Local || await gate.ModeAsync(ct) == FederationMode.Off) return;
        var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == happened.Status && s.IsLocal && s.Visibility != Visibility.Members && s.Visibility != Visibility.Group, ct);
        if (status is null) return;
        var author = await AuthorAsync(status, ct);
        // All of an account that is gone goes with it.
        if (author.Standing == AccountStanding.Deleted) return;
        var id = gate.Absolute(status.Uri);
        JsonObject activity;
        if (status.BoostOf is { } original)
        {
            var uri = await db.Statuses.Where(s => s.Id == original).Select(s => s.Uri).FirstAsync(ct);
            activity = notes.Activity("Undo", id + "/undo", author, notes.Activity("Announce", id, author, JsonValue.Create(gate.Absolute(uri))));
        }
        else activity = notes.Activity("Delete", id + "#delete", author, new JsonObject { ["id"] = id, ["type"] = "Tombstone" });
        if (status.Visibility is Visibility.Public or Visibility.Unlisted) activity["to"] = Ap.List([Ap.Everyone]);
        await deliveries.SendAsync(activity, author, await HeldByAsync(status, ct), ct, await HoldersAsync(status, ct));
    }

    /// <summary>A thing that everyone saw is for some from now on: what was said about it here, and went out, is called back.</summary>
    public async Task HandleAsync(SightChanged happened, CancellationToken ct)
    {
        if (happened.Discussion is not { } thread || await gate.ModeAsync(ct) == FederationMode.Off) return;
        if (await db.Discussions.AnyAsync(d => d.Id == thread && d.Audience == Audience.Public && (d.State == DiscussionState.Open || d.State == DiscussionState.Closed), ct)) return;
        foreach (var status in await db.Statuses.Where(s => s.DiscussionId == thread && s.IsLocal && s.DeletedAt == null).ToListAsync(ct))
        {
            var create = gate.Absolute(status.Uri) + "/activity";
            if (!await db.Deliveries.AnyAsync(d => d.ActivityId == create, ct)) continue;
            var author = await AuthorAsync(status, ct);
            var id = gate.Absolute(status.Uri);
            await deliveries.SendAsync(
                notes.Activity("Delete", id + "#delete", author, new JsonObject { ["id"] = id, ["type"] = "Tombstone" }), author, await HeldByAsync(status, ct), ct, await HoldersAsync(status, ct));
        }
    }

    private async Task PublishAsync(Id<Status> id, CancellationToken ct)
    {
        if (await LeavingAsync(id, ct) is not { } status) return;
        var author = await AuthorAsync(status, ct);
        await deliveries.SendAsync(await notes.ActivityAsync(status, author, ct), author, await ReadersAsync(status, ct), ct);
    }

    private async Task<Status?> LeavingAsync(Id<Status> id, CancellationToken ct) =>
        await gate.ModeAsync(ct) == FederationMode.Off ? null : await db.Statuses.Where(s => s.Id == id && s.Kind != StatusKind.Root).Leaving(db).FirstOrDefaultAsync(ct);

    private Task<Account> AuthorAsync(Status status, CancellationToken ct) => db.Accounts.FirstAsync(a => a.Id == status.AccountId, ct);

    // Those it names, those who follow its author, and whose post it answers or boosts.
    private async Task<List<Account>> ReadersAsync(Status status, CancellationToken ct)
    {
        var (id, author) = (status.Id, status.AccountId);
        var remote = db.Accounts.Where(a => a.Domain != "");
        var readers = await remote.Where(a => db.Mentions.Any(m => m.StatusId == id && m.AccountId == a.Id)).ToListAsync(ct);
        if (status.Visibility != Visibility.Direct)
            readers.AddRange(await remote.Where(a => db.Follows.Any(f => f.TargetId == author && f.AccountId == a.Id && f.State == FollowState.Accepted)).ToListAsync(ct));
        if (status.Visibility is Visibility.Public or Visibility.Unlisted && (status.BoostOf ?? status.InReplyTo) is { } about)
            readers.AddRange(await remote.Where(a => db.Statuses.Any(s => s.Id == about && s.AccountId == a.Id)).ToListAsync(ct));
        return readers;
    }

    private async Task<List<Account>> HeldByAsync(Status status, CancellationToken ct) => [.. await ReadersAsync(status, ct), .. await TouchedAsync(status, ct)];

    // What was sent to nobody but those it names is held by nobody else.
    private async Task<List<string>> HoldersAsync(Status status, CancellationToken ct) => status.Visibility == Visibility.Direct ? [] : await deliveries.HoldersAsync(status, ct);

    // Those who boosted, liked or answered it have it too.
    private Task<List<Account>> TouchedAsync(Status status, CancellationToken ct) => db.Accounts.Where(a => a.Domain != "" && (
        db.Statuses.Any(s => (s.BoostOf == status.Id || s.InReplyTo == status.Id) && s.AccountId == a.Id) || db.Favourites.Any(f => f.StatusId == status.Id && f.AccountId == a.Id))).ToListAsync(ct);
}
