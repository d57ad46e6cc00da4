using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A post names people of other servers who were not found while its author waited.</summary>
/// <param name="Tries">How often they were looked for since.</param>
[EventName("social.names_wait")]
internal sealed record NamesWait(Id<Status> Status, int Tries);

/// <summary>A post names more people than when it was made, without a word of it having changed.</summary>
[EventName("social.status_named")]
internal sealed record StatusNamed(Id<Status> Status);

/// <summary>Looks for people a post names whose server was slow, or away: links them where the post still names them, and sends it to them.</summary>
internal sealed class MeetNamed(SocialDb db, NamedAccounts names, StatusDraft drafting, EditParts steps) : IEffect<NamesWait>
{
    private static readonly TimeSpan[] Again = [TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    public async Task HandleAsync(NamesWait happened, Delivery delivery, CancellationToken ct)
    {
        var source = await db.Statuses.Where(s => s.Id == happened.Status && s.DeletedAt == null && s.IsLocal).Select(s => s.Source).FirstOrDefaultAsync(ct);
        if (source is null) return;
        var said = PostText.Names(source).Accounts;
        var named = await names.FindAsync(said, ct, Timeout.InfiniteTimeSpan);
        var missing = await names.MissingAsync(said, named, ct);
        await db.AmendAsync(token => LinkAsync(happened, missing > 0, token), ct);
    }

    private async Task LinkAsync(NamesWait happened, bool someMissing, CancellationToken ct)
    {
        if (await db.Statuses.AsTracking().FirstOrDefaultAsync(s => s.Id == happened.Status && s.DeletedAt == null, ct) is not { } status) return;
        if (someMissing && happened.Tries < Again.Length) db.Publish(happened with { Tries = happened.Tries + 1 }, status.Id.ToString(), db.Now + Again[happened.Tries]);
        var named = await names.FindAsync(PostText.Names(status.Source).Accounts, ct);
        var mentions = await drafting.MentionsAsync(named, status.AccountId, ct);
        (status.Html, status.Plain) = PostText.Render(status.Source, status.Format, StatusDraft.Links(named, mentions));
        var newly = await steps.NameAsync(status, mentions, ct);
        await db.SaveChangesAsync(ct);
        if (newly.Count == 0) return;
        db.Publish(new StatusNamed(status.Id), status.Id.ToString());
        db.Announce(SocialTopics.Statuses, status.Id.Value, "status.update");
        await ThreadTopic.WakeAsync(db, status, ct);
    }
}
