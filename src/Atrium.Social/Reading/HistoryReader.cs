using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>All versions of a post, oldest first, for everyone who sees it.</summary>
internal sealed class HistoryReader(SocialDb db, AccountReader accounts, StatusReader statuses, EntityWriter write)
{
    public async Task<IReadOnlyList<StatusEditEntity>> ReadAsync(Id<Status> id, Viewer viewer, CancellationToken ct)
    {
        var status = await db.SeeAsync(id, viewer, ct);
        var author = write.Account(await accounts.OneAsync(status.AccountId, ct));
        var before = await db.StatusEdits.Where(e => e.StatusId == id).OrderBy(e => e.Version).ToListAsync(ct);
        var now = status.PollId is { } poll ? await db.PollOptions.Where(o => o.PollId == poll).OrderBy(o => o.Index).Select(o => o.Title).ToListAsync(ct) : [];
        // What a post quotes stays what it quotes, whatever its words become.
        var quote = await db.Quotes.AnyAsync(q => q.QuotingId == id, ct) ? (await statuses.OneAsync(id, viewer, ct)).Quote : null;
        return
        [
            .. before.Select(e => Entity(e.Html, e.Spoiler, e.Sensitive, e.CreatedAt, e.Document, e.PollOptions, author, quote)),
            Entity(status.Html, status.Spoiler, status.Sensitive, status.EditedAt ?? status.CreatedAt, status.Document, now, author, quote),
        ];
    }

    private StatusEditEntity Entity(string html, string spoiler, bool sensitive, DateTimeOffset at, StatusDocument document, IReadOnlyList<string> options, AccountEntity author, QuoteEntity? quote) => new(
        write.Html(html), spoiler, sensitive, at, author, options.Count > 0 ? new([.. options.Select(o => new PollTitleEntity(o))]) : null, [.. document.Media.Select(write.Media)],
        write.Emojis(document.Emojis), quote);
}
