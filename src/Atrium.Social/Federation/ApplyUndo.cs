using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Takes back what a remote account did. What was undone before it came is remembered, and does not count when it comes.</summary>
internal sealed class ApplyUndo(SocialDb db, FederationGate gate, RemoteStatuses statuses, FollowAccount follows, BlockAccount blocks, MarkStatus marks, DeleteStatus deleting)
{
    public async Task<bool> HandleAsync(ApNode activity, Account from, CancellationToken ct)
    {
        var held = activity.Object("object");
        var id = activity.Ref("object");
        await RememberAsync(id, from, ct);
        if (await UnboostAsync(id, held, from, ct)) return true;
        var what = held?.Type ?? await TypeOfAsync(id, ct);
        var target = held?.Ref("object") ?? await db.InboxActivities.Where(a => a.ActivityId == id && a.ActorUri == from.Uri).Select(a => a.ObjectUri).FirstOrDefaultAsync(ct);
        if (target is null) return false;
        var viewer = ApplyActivity.As(from);
        switch (what)
        {
            case "Like" or "EmojiReact" when await statuses.FindAsync(target, ct) is { } status:
                await marks.UnfavouriteAsync(status.Id, viewer, ct);
                return true;
            case "Follow" when await LocalAsync(target, ct) is { } account:
                await follows.UnfollowAsync(account.Id, viewer, ct);
                return true;
            case "Block" when await LocalAsync(target, ct) is { } account:
                await blocks.UnblockAsync(account.Id, viewer, ct);
                return true;
            default:
                return false;
        }
    }

    private async Task<bool> UnboostAsync(string? id, ApNode? held, Account from, CancellationToken ct)
    {
        var boost = await db.Statuses.FirstOrDefaultAsync(s => s.Uri == id && s.AccountId == from.Id && s.Kind == StatusKind.Boost && s.DeletedAt == null, ct);
        if (boost is null && held is { Type: "Announce" } announce && announce.Ref("object") is { } address && await statuses.FindAsync(address, ct) is { } original)
            boost = await db.Statuses.FirstOrDefaultAsync(s => s.BoostOf == original.Id && s.AccountId == from.Id && s.DeletedAt == null, ct);
        if (boost is null) return false;
        await deleting.HandleAsync(boost.Id, ApplyActivity.As(from), ct);
        return true;
    }

    // A row under the undone activity's id makes the inbox take it for one that came before.
    private async Task RememberAsync(string? id, Account from, CancellationToken ct)
    {
        if (id is null || gate.DomainOf(id) != from.Domain || await db.InboxActivities.AnyAsync(a => a.ActivityId == id, ct)) return;
        db.InboxActivities.Add(new() { ActivityId = id, Type = "Undone", Domain = from.Domain, ActorUri = from.Uri, ReceivedAt = db.Now, Result = "undone before it came" });
        await db.SaveChangesAsync(ct);
    }

    private Task<string?> TypeOfAsync(string? id, CancellationToken ct) => db.InboxActivities.Where(a => a.ActivityId == id).Select(a => (string?)a.Type).FirstOrDefaultAsync(ct);

    private Task<Account?> LocalAsync(string uri, CancellationToken ct)
    {
        var stored = gate.Stored(uri);
        return db.Accounts.FirstOrDefaultAsync(a => a.Uri == stored && a.Domain == "", ct);
    }
}
