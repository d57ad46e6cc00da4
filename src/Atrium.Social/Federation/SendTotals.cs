using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Other servers shall know how many chose what in a poll of ours.</summary>
/// <param name="At">When it was decided to tell them: the same word twice is one.</param>
[EventName("social.totals_due")]
internal sealed record TotalsDue(Id<Poll> Poll, DateTimeOffset At);

/// <summary>
/// Tells other servers how the polls of the house stand: those who read them, and those who voted. All votes of three minutes go out together;
/// what is hidden until the end is told at the end.
/// </summary>
internal sealed class SendTotals(SocialDb db, FederationGate gate, SendStatuses statuses) : IReaction<Voted>, IReaction<TotalsDue>
{
    public static readonly TimeSpan Gathered = TimeSpan.FromMinutes(3);

    public async Task HandleAsync(Voted happened, CancellationToken ct)
    {
        if (await gate.ModeAsync(ct) == FederationMode.Off) return;
        DateTimeOffset? due = db.Now + Gathered;
        // The first vote of three minutes speaks for all of them.
        if (await db.Polls.Where(p => p.Id == happened.Poll && !p.HideTotals && p.TotalsDueAt == null && db.Statuses.Any(s => s.Id == p.StatusId && s.IsLocal))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.TotalsDueAt, due), ct) > 0) db.Publish(new TotalsDue(happened.Poll, db.Now), due: due);
    }

    public async Task HandleAsync(TotalsDue happened, CancellationToken ct)
    {
        await db.Polls.Where(p => p.Id == happened.Poll).ExecuteUpdateAsync(set => set.SetProperty(p => p.TotalsDueAt, (DateTimeOffset?)null), ct);
        if (await db.Polls.Where(p => p.Id == happened.Poll).Select(p => (Id<Status>?)p.StatusId).FirstOrDefaultAsync(ct) is not { } asked) return;
        var voters = await db.Accounts.Where(a => a.Domain != "" && db.PollVotes.Any(v => v.PollId == happened.Poll && v.AccountId == a.Id)).ToListAsync(ct);
        await statuses.UpdateAsync(asked, $"totals/{happened.At.ToUnixTimeMilliseconds()}", voters, ct);
    }
}
