using System.Text;
using Atrium.Kernel;
using Atrium.Kernel.Outbound;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Does what an activity asks for, by the same use cases that members use. What may not be done is written down and forgotten.</summary>
internal sealed class ApplyActivity(
    SocialDb db, FederationGate gate, RemoteAccounts accounts, RemoteStatuses statuses, RemoteFetch fetch, ApplyUndo undo, RemoveRemote removal, TakeVote votes, ApplyFlag flags, NoteReader reader,
    FollowAccount follows, BlockAccount blocks, MarkStatus marks, BoostStatus boosts) : IEffect<ActivityArrived>
{
    private const int Tries = 4;
    private static readonly TimeSpan Overtakes = TimeSpan.FromDays(1);

    public async Task HandleAsync(ActivityArrived happened, Delivery delivery, CancellationToken ct)
    {
        var from = await db.Accounts.FirstOrDefaultAsync(a => a.Id == happened.From, ct);
        if (from is not { IsShown: true } || ApNode.Parse(Encoding.UTF8.GetBytes(happened.Json)) is not { } activity) return;
        string result;
        try
        {
            result = await ApplyAsync(activity, from, ct) ? "applied" : "ignored";
        }
        catch (Refusal refusal) when (refusal.Kind != RefusalKind.Unavailable)
        {
            db.ChangeTracker.Clear();
            result = Ap.Cut("refused: " + refusal.Message, 500);
        }
        catch (OutboundFailure failure) when (delivery.Attempt >= Tries)
        {
            result = Ap.Cut("unreachable: " + failure.Message, 500);
        }

        await db.InboxActivities.Where(a => a.Id == happened.Activity).ExecuteUpdateAsync(set => set.SetProperty(a => a.Result, result), ct);
    }

    private Task<bool> ApplyAsync(ApNode activity, Account from, CancellationToken ct) => activity.Type switch
    {
        "Follow" => FollowAsync(activity, from, ct),
        "Accept" => AnswerAsync(activity, from, let: true, ct),
        "Reject" => AnswerAsync(activity, from, let: false, ct),
        "Create" => CreateAsync(activity, from, ct),
        "Update" => UpdateAsync(activity, from, ct),
        "Delete" => removal.HandleAsync(activity, from, ct),
        "Announce" => AnnounceAsync(activity, from, ct),
        "Like" or "EmojiReact" => LikeAsync(activity, from, ct),
        "Block" => BlockAsync(activity, from, ct),
        "Undo" => undo.HandleAsync(activity, from, ct),
        "Flag" => flags.HandleAsync(activity, from, ct),
        "Add" or "Remove" => PinAsync(activity, from, ct),
        _ => Task.FromResult(false),
    };

    public static Viewer As(Account remote) => new(Actor.System, remote.Id);

    private Task<Account?> LocalAsync(string? uri, CancellationToken ct)
    {
        var stored = gate.Stored(uri ?? "");
        return db.Accounts.FirstOrDefaultAsync(a => a.Uri == stored && a.Domain == "" && a.Kind != AccountKind.Application, ct);
    }

    private async Task<bool> FollowAsync(ApNode activity, Account from, CancellationToken ct)
    {
        if (await LocalAsync(activity.Ref("object"), ct) is not { } target) return false;
        var standing = await db.Follows.Where(f => f.AccountId == from.Id && f.TargetId == target.Id).Select(f => (FollowState?)f.State).FirstOrDefaultAsync(ct);
        try
        {
            await follows.HandleAsync(target.Id, new(Uri: activity.Id), As(from), ct);
        }
        catch (Refusal refusal) when (refusal.Kind is RefusalKind.Forbidden or RefusalKind.NotFound)
        {
            await db.WriteAsync(_ => Say("rejected"), ct);
            throw;
        }

        // Whoever asks again has lost the answer.
        if (standing == FollowState.Accepted) await db.WriteAsync(_ => Say("accepted"), ct);
        return true;

        Task Say(string what)
        {
            db.Publish(new FollowChanged(from.Id, target.Id, what, activity.Id), target.Id.ToString());
            return Task.CompletedTask;
        }
    }

    private async Task<bool> AnswerAsync(ApNode activity, Account from, bool let, CancellationToken ct)
    {
        var uri = gate.Stored(activity.Ref("object") ?? "");
        var asking = gate.Stored(activity.Object("object")?.Ref("actor") ?? "");
        var follow = await db.Follows.FirstOrDefaultAsync(f => f.TargetId == from.Id && (f.Uri == uri || db.Accounts.Any(a => a.Id == f.AccountId && a.Uri == asking)), ct);
        if (follow is null) return false;
        if (!let) await follows.RemoveFollowerAsync(follow.AccountId, As(from), ct);
        else if (follow.State == FollowState.Requested) await follows.AuthorizeAsync(follow.AccountId, As(from), ct);
        return true;
    }

    private async Task<bool> CreateAsync(ApNode activity, Account from, CancellationToken ct)
    {
        var note = activity.Object("object") ?? (activity.Ref("object") is { } address ? await fetch.ObjectAsync(address, ct) : null);
        if (note is not { Id: not null } post || !NoteReader.IsPost(post.Type) || post.Ref("attributedTo") != from.Uri) return false;
        if (await votes.HandleAsync(post, from, ct)) return true;
        return await ConcernsUsAsync(post, from, ct) && await statuses.TakeAsync(post, from, ct) is not null;
    }

    // Only what somebody here reads: by whom a member follows, to a member, or in a thread we have.
    private async Task<bool> ConcernsUsAsync(ApNode note, Account from, CancellationToken ct)
    {
        if (await db.Follows.AnyAsync(f => f.TargetId == from.Id && f.State == FollowState.Accepted, ct)) return true;
        if (note.Ref("inReplyTo") is { } parent && await statuses.FindAsync(parent, ct) is not null) return true;
        List<string> named = [.. note.Refs("to").Concat(note.Refs("cc")).Select(gate.Stored).Where(u => u.StartsWith('/')).Take(100)];
        return await db.Accounts.AnyAsync(a => a.MemberId != null && named.Contains(a.Uri), ct);
    }

    private async Task<bool> UpdateAsync(ApNode activity, Account from, CancellationToken ct)
    {
        var target = activity.Ref("object")!;
        if (target == from.Uri) return await accounts.ByUriAsync(from.Uri, ct, anew: true) is not null;
        var note = activity.Object("object") ?? await fetch.ObjectAsync(target, ct);
        if (note is not { } post || !NoteReader.IsPost(post.Type)) return false;
        // It may overtake the word that brings the post: then it brings it, as it reads now.
        if (await statuses.FindAsync(target, ct) is not { } status)
            return post.Ref("attributedTo") == from.Uri && db.Now - reader.At(post) < Overtakes && await ConcernsUsAsync(post, from, ct) && await statuses.TakeAsync(post, from, ct) is not null;
        if (status.AccountId != from.Id) return false;
        await statuses.ChangeAsync(status.Id, post, from, ct);
        return true;
    }

    private async Task<bool> AnnounceAsync(ApNode activity, Account from, CancellationToken ct)
    {
        if (activity.Ref("object") is not { } address) return false;
        var followed = await db.Follows.AnyAsync(f => f.TargetId == from.Id && f.State == FollowState.Accepted, ct);
        // An embedded copy is never believed: the original is fetched from where it lives.
        var original = followed ? await statuses.ByUriAsync(address, ct) : await statuses.FindAsync(address, ct);
        if (original is null || !await db.SeesAsync(from.Id, original, ct)) return false;
        var uri = activity.Id!;
        if (await db.Tombstones.AnyAsync(t => t.Uri == uri, ct)) return false;
        var visibility = reader.VisibilityOf(activity, from);
        await boosts.HandleAsync(original.Id, visibility == Visibility.Direct ? Visibility.Public : visibility, As(from), ct, new(uri, original.Url, reader.At(activity)));
        return true;
    }

    private async Task<bool> LikeAsync(ApNode activity, Account from, CancellationToken ct)
    {
        if (activity.Ref("object") is not { } address || await statuses.FindAsync(address, ct) is not { } status || !await db.SeesAsync(from.Id, status, ct)) return false;
        await marks.FavouriteAsync(status.Id, As(from), ct);
        return true;
    }

    private async Task<bool> BlockAsync(ApNode activity, Account from, CancellationToken ct)
    {
        if (await LocalAsync(activity.Ref("object"), ct) is not { } target) return false;
        await blocks.HandleAsync(target.Id, As(from), ct);
        return true;
    }

    private async Task<bool> PinAsync(ApNode activity, Account from, CancellationToken ct)
    {
        if (activity.Ref("target") != from.FeaturedUri || activity.Ref("object") is not { } address || await statuses.FindAsync(address, ct) is not { } status || status.AccountId != from.Id) return false;
        await marks.PinAsync(status.Id, activity.Type == "Add", As(from), ct);
        return true;
    }
}
