using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Has the link of a new or edited post looked at: at once where it was written here, within a minute where it arrived, so that not all servers ask a page at the same moment.</summary>
internal sealed class WantCard(SocialDb db) : IReaction<PostMade>, IReaction<PostEdited>
{
    private const int MostSeconds = 60;

    public Task HandleAsync(PostMade happened, CancellationToken ct) => WantAsync(happened.Status, happened.Local, ct);

    public Task HandleAsync(PostEdited happened, CancellationToken ct) => WantAsync(happened.Status, happened.Local, ct);

    private async Task WantAsync(Id<Status> id, bool local, CancellationToken ct)
    {
        var status = await db.Statuses.Where(s => s.Id == id && s.DeletedAt == null && s.Kind == StatusKind.Note).Select(s => new { s.Html, s.CardId, s.HasMedia }).FirstOrDefaultAsync(ct);
        if (status is null || (status.CardId is null && (status.HasMedia || LinkOf.Html(status.Html) is null))) return;
        DateTimeOffset? due = local ? null : db.Now.AddSeconds(id.Value % MostSeconds);
        db.Publish(new CardWanted(id), id.ToString(), due);
    }
}
