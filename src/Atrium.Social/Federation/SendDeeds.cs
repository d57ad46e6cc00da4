using System.Text.Json.Nodes;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Tells other servers what people here did to people and posts there: follows and their answers, likes, votes, blocks, changed profiles.</summary>
internal sealed class SendDeeds(SocialDb db, FederationGate gate, NoteWriter notes, ActorWriter actors, AccountKeys keys, Deliveries deliveries)
    : IReaction<FollowChanged>, IReaction<Favourited>, IReaction<BlockChanged>, IReaction<Voted>, IReaction<AccountChanged>
{
    public async Task HandleAsync(FollowChanged happened, CancellationToken ct)
    {
        if (await PairAsync(happened.Account, happened.Target, ct) is not { } pair || happened.Uri is null) return;
        var (follower, followed) = pair;
        var follow = notes.Activity("Follow", gate.Absolute(happened.Uri), follower, JsonValue.Create(gate.Absolute(followed.Uri)));
        switch (happened.What)
        {
            case "requested" when follower.IsLocal:
                await deliveries.SendAsync(follow, follower, [followed], ct);
                break;
            case "ended" when follower.IsLocal:
                await deliveries.SendAsync(notes.Activity("Undo", gate.Absolute(happened.Uri) + "/undo", follower, follow), follower, [followed], ct);
                break;
            case "accepted" or "rejected" when followed.IsLocal:
                var type = happened.What == "accepted" ? "Accept" : "Reject";
                await deliveries.SendAsync(notes.Activity(type, $"{gate.Absolute(followed.Uri)}#{type.ToLowerInvariant()}s/{Id<Follow>.New()}", followed, follow), followed, [follower], ct);
                break;
        }
    }

    public async Task HandleAsync(Favourited happened, CancellationToken ct)
    {
        var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == happened.Status && !s.IsLocal, ct);
        if (status is null || await PairAsync(happened.Account, status.AccountId, ct) is not { } pair || !pair.From.IsLocal) return;
        var like = notes.Activity("Like", $"{gate.Absolute(pair.From.Uri)}#likes/{happened.Mark}", pair.From, JsonValue.Create(status.Uri));
        await deliveries.SendAsync(happened.Undone ? Undo(like, pair.From) : like, pair.From, [pair.To], ct);
    }

    public async Task HandleAsync(BlockChanged happened, CancellationToken ct)
    {
        if (await PairAsync(happened.Account, happened.Target, ct) is not { } pair || !pair.From.IsLocal || happened.Uri is null) return;
        var block = notes.Activity("Block", gate.Absolute(happened.Uri), pair.From, JsonValue.Create(gate.Absolute(pair.To.Uri)));
        await deliveries.SendAsync(happened.Undone ? Undo(block, pair.From) : block, pair.From, [pair.To], ct);
    }

    public async Task HandleAsync(Voted happened, CancellationToken ct)
    {
        var asked = await (from p in db.Polls join s in db.Statuses on p.StatusId equals s.Id where p.Id == happened.Poll && !s.IsLocal select s).FirstOrDefaultAsync(ct);
        if (asked is null || await PairAsync(happened.Account, asked.AccountId, ct) is not { } pair || !pair.From.IsLocal) return;
        foreach (var option in await db.PollOptions.Where(o => o.PollId == happened.Poll && happened.Choices.Contains(o.Index)).ToListAsync(ct))
        {
            var id = $"{gate.Absolute(pair.From.Uri)}#votes/{happened.Poll}/{option.Index}";
            var vote = new JsonObject
            {
                ["id"] = id, ["type"] = "Note", ["attributedTo"] = gate.Absolute(pair.From.Uri), ["name"] = option.Title, ["inReplyTo"] = asked.Uri, ["to"] = Ap.List([pair.To.Uri]),
            };
            var create = notes.Activity("Create", id + "/activity", pair.From, vote);
            create["to"] = Ap.List([pair.To.Uri]);
            await deliveries.SendAsync(create, pair.From, [pair.To], ct);
        }
    }

    public async Task HandleAsync(AccountChanged happened, CancellationToken ct)
    {
        if (await gate.ModeAsync(ct) == FederationMode.Off) return;
        var account = await db.Accounts.FirstAsync(a => a.Id == happened.Account, ct);
        if (account.Standing == AccountStanding.Deleted)
        {
            await EndAsync(account, ct);
            return;
        }

        var followers = await db.Accounts.Where(a => a.Domain != "" && db.Follows.Any(f => f.TargetId == account.Id && f.AccountId == a.Id && f.State == FollowState.Accepted)).ToListAsync(ct);
        if (followers.Count == 0) return;
        var update = notes.Activity("Update", $"{gate.Absolute(account.Uri)}#updates/{account.Revision}", account, actors.Write(await keys.KeyedAsync(account, ct)));
        update["to"] = Ap.List([Ap.Everyone]);
        await deliveries.SendAsync(update, account, followers, ct);
    }

    // Whose key was never asked for is known nowhere.
    private async Task EndAsync(Account account, CancellationToken ct)
    {
        if (account.ProtectedRsaKey is null || !account.IsLocal) return;
        var uri = gate.Absolute(account.Uri);
        var delete = notes.Activity("Delete", uri + "#delete", account, JsonValue.Create(uri));
        delete["to"] = Ap.List([Ap.Everyone]);
        await deliveries.SendToAllAsync(delete, account, ct);
    }

    private JsonObject Undo(JsonObject what, Account by) => notes.Activity("Undo", (string)what["id"]! + "/undo", by, what);

    // Both, when one of them lives elsewhere.
    private async Task<(Account From, Account To)?> PairAsync(Id<Account> from, Id<Account> to, CancellationToken ct)
    {
        if (await gate.ModeAsync(ct) == FederationMode.Off) return null;
        var rows = await db.Accounts.Where(a => a.Id == from || a.Id == to).ToListAsync(ct);
        return rows.Find(r => r.Id == from) is { } one && rows.Find(r => r.Id == to) is { } other && one.IsLocal != other.IsLocal ? (one, other) : null;
    }
}
