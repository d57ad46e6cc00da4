using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>How a post of another server reads from now on.</summary>
/// <param name="Media">All that it holds, in order, as rows not written yet.</param>
/// <param name="Poll">Null where it asks nothing.</param>
internal sealed record ArrivedEdit(
    PostRendered Text, string Spoiler, bool Sensitive, string? Language, IReadOnlyList<string> Tags, IReadOnlyList<PlannedMention> Mentions, IReadOnlyList<Media> Media, NewPoll? Poll, DateTimeOffset At);

/// <summary>
/// Takes in an edit that was made elsewhere, in the transaction under way: words, pictures, whom it names and what it asks. One that is older
/// than what stands, or changes nothing, leaves no trace.
/// </summary>
internal sealed class TakeEdit(SocialDb db, EditParts steps, RemoteFiles files)
{
    private static readonly TimeSpan SameEnd = TimeSpan.FromSeconds(5);

    public async Task HandleAsync(Status status, ArrivedEdit edit, string domain, CancellationToken ct)
    {
        if (status.DeletedAt is not null || edit.At <= (status.EditedAt ?? status.CreatedAt)) return;
        var poll = await AskedAsync(status, ct);
        if (Same(status, edit) && Same(poll, edit.Poll)) return;
        await steps.KeepAsync(status, ct);
        (status.Html, status.Plain, status.Source, status.Spoiler, status.Sensitive, status.Language) = (edit.Text.Html, edit.Text.Plain, edit.Text.Plain, edit.Spoiler, edit.Sensitive, edit.Language);
        status.EditedAt = edit.At;
        await steps.TagAsync(status, edit.Tags, ct);
        await ShowAsync(status, edit.Media, domain, ct);
        var newly = await steps.NameAsync(status, edit.Mentions, ct);
        if (!Same(poll, edit.Poll)) await AskAsync(status, poll, edit.Poll, ct);
        await steps.TellAsync(status, newly, ct);
    }

    private async Task<Asked?> AskedAsync(Status status, CancellationToken ct) => status.PollId is not { } poll ? null
        : new(await db.Polls.FirstAsync(p => p.Id == poll, ct), await db.PollOptions.Where(o => o.PollId == poll).OrderBy(o => o.Index).Select(o => o.Title).ToListAsync(ct));

    private async Task AskAsync(Status status, Asked? there, NewPoll? wanted, CancellationToken ct)
    {
        if (there is null || wanted is null || !Alike(there, wanted))
        {
            await steps.AskAsync(status, wanted, ct);
            return;
        }

        // The same question, open for another time.
        DateTimeOffset? ends = wanted.Seconds is { } open ? db.Now.AddSeconds(open) : null;
        await db.Polls.Where(p => p.Id == there.Poll.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.ExpiresAt, ends), ct);
        if (ends is { } due) db.Publish(new PollEnds(there.Poll.Id), due: due);
    }

    // What is there already keeps its id: apps have shown it.
    private async Task ShowAsync(Status status, IReadOnlyList<Media> wanted, string domain, CancellationToken ct)
    {
        var rows = await db.Media.AsTracking().Where(m => m.StatusId == status.Id).ToListAsync(ct);
        List<Media> shown = [];
        foreach (var item in wanted)
        {
            var row = rows.Find(r => r.RemoteUrl == item.RemoteUrl && !shown.Contains(r));
            if (row is null) db.Media.Add(row = item);
            (row.StatusId, row.Position, row.Description, row.Blurhash, row.Meta) = (status.Id, shown.Count, item.Description, item.Blurhash, item.Meta);
            shown.Add(row);
        }

        foreach (var former in rows.Except(shown)) former.Position = Media.Former;

        await files.NoteAsync([.. shown.Except(rows).Select(m => m.RemoteUrl!)], domain, ct);
        status.HasMedia = shown.Count > 0;
        status.Document = status.Document with { Media = [.. shown.Select(m => m.Document)] };
    }

    private static bool Same(Status status, ArrivedEdit edit) =>
        status.Html == edit.Text.Html && status.Spoiler == edit.Spoiler && status.Sensitive == edit.Sensitive && status.Language == edit.Language
        && status.Document.Tags.SequenceEqual(Documents.Tags(edit.Tags))
        && status.Document.Mentions.Select(m => m.Id).ToHashSet().SetEquals(Documents.Mentions(edit.Mentions).Select(m => m.Id))
        && status.Document.Media.Select(Shown).SequenceEqual(edit.Media.Select(m => Shown(m.Document)));

    private static (string?, string?, string?, MediaMeta?) Shown(DocumentMedia media) => (media.RemoteUrl, media.Description, media.Blurhash, media.Meta);

    private bool Same(Asked? there, NewPoll? wanted) => there is null || wanted is null ? there is null && wanted is null
        : Alike(there, wanted) && (there.Poll.IsOver(db.Now) ? wanted.Seconds is null or <= 0 : SameTime(there.Poll.ExpiresAt, wanted.Seconds));

    private bool SameTime(DateTimeOffset? ends, int? seconds) =>
        ends is { } at && seconds is { } open ? (db.Now.AddSeconds(open) - at).Duration() <= SameEnd : ends is null && seconds is null;

    private static bool Alike(Asked there, NewPoll wanted) => there.Poll.Multiple == wanted.Multiple && there.Options.SequenceEqual(wanted.Options.Select(o => o.Trim()));

    private sealed record Asked(Poll Poll, IReadOnlyList<string> Options);
}
