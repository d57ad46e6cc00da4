using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Answers a poll. A single poll takes one answer, a multiple one several, at once or one after another.</summary>
internal sealed class VoteInPoll(SocialDb db, StatusReader reader)
{
    /// <exception cref="Refusal">Not found; invalid: <c>poll_closed</c>, <c>already_voted</c>, no such option.</exception>
    public async Task HandleAsync(Id<Poll> id, IReadOnlyList<int> choices, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var poll = await SeenAsync(id, viewer, ct);
        if (poll.IsOver(db.Now)) throw Refusal.Invalid("base", "The poll has already ended", "poll_closed");
        var options = await db.PollOptions.Where(o => o.PollId == id).CountAsync(ct);
        if (choices.Count == 0 || choices.Any(c => c < 0 || c >= options) || (!poll.Multiple && choices.Count > 1)) throw Refusal.Invalid("choices", "The chosen vote option does not exist", "no_such_option");
        if (await db.Statuses.AnyAsync(s => s.Id == poll.StatusId && s.AccountId == me, ct)) throw Refusal.Invalid("base", "You cannot vote in your own poll", "own_poll");
        try
        {
            await db.WriteAsync(token => WriteAsync(poll, [.. choices.Distinct()], me, token), ct);
        }
        catch (UniqueViolation)
        {
            db.ChangeTracker.Clear();
            throw AlreadyVoted();
        }
    }

    /// <summary>The poll as its reader sees it.</summary>
    public async Task<PollEntity> ShowAsync(Id<Poll> id, Viewer viewer, CancellationToken ct) =>
        (await reader.OneAsync((await SeenAsync(id, viewer, ct)).StatusId, viewer, ct)).Poll ?? throw Refusal.NotFound("Record not found");

    private async Task<Poll> SeenAsync(Id<Poll> id, Viewer viewer, CancellationToken ct)
    {
        var poll = await db.Polls.FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw Refusal.NotFound("Record not found");
        await db.SeeAsync(poll.StatusId, viewer, ct);
        return poll;
    }

    private async Task WriteAsync(Poll poll, IReadOnlyList<int> choices, Id<Account> me, CancellationToken ct)
    {
        var before = await db.PollVotes.Where(v => v.PollId == poll.Id && v.AccountId == me).Select(v => v.Choice).ToListAsync(ct);
        if (before.Count > 0 && (!poll.Multiple || choices.Any(before.Contains))) throw AlreadyVoted();
        db.PollVotes.AddRange(choices.Select(c => new PollVote { PollId = poll.Id, AccountId = me, Choice = c, Single = !poll.Multiple }));
        await db.SaveChangesAsync(ct);
        await db.PollOptions.Where(o => o.PollId == poll.Id && choices.Contains(o.Index)).ExecuteUpdateAsync(set => set.SetProperty(o => o.Votes, o => o.Votes + 1), ct);
        if (before.Count == 0) await db.Polls.Where(p => p.Id == poll.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Voters, p => p.Voters + 1), ct);
        db.Publish(new Voted(poll.Id, me, choices), poll.StatusId.ToString());
    }

    private static Refusal AlreadyVoted() => Refusal.Invalid("base", "You have already voted on this poll", "already_voted");
}
