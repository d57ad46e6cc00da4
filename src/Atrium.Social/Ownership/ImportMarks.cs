using System.Globalization;
using System.Text.Json;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Takes in blocked servers, bookmarks and filters. On a dry run all is asked and nothing done.</summary>
internal sealed class ImportMarks(SocialDb db, FindNamed find, BlockDomain domains, MarkStatus marks, FilterDesk filters)
{
    public async Task DomainAsync(CsvLine row, OwnedReport report, HashSet<string> named, Viewer viewer, CancellationToken ct)
    {
        if (BlockDomain.NameOf(row.Cells[0]) is not { } domain)
        {
            report.Lost(row, row.Cells[0], "That is no name of a server.");
            return;
        }

        var me = viewer.Demand();
        if (!named.Add(domain)) report.Skipped(row, domain, "The file says so twice.");
        else if (await db.UserDomainBlocks.AnyAsync(b => b.AccountId == me && b.Domain == domain, ct)) report.Skipped(row, domain, "You block it already.");
        else
        {
            if (!report.DryRun) await domains.HandleAsync(domain, on: true, viewer, ct);
            report.Made(row, domain);
        }
    }

    public async Task BookmarkAsync(CsvLine row, OwnedReport report, HashSet<Id<Status>> named, Viewer viewer, CancellationToken ct)
    {
        var found = await find.StatusAsync(row.Cells[0], viewer, ct);
        if (found.Row is not { } status)
        {
            report.Lost(row, row.Cells[0], found.Fault!);
            return;
        }

        var me = viewer.Demand();
        if (!named.Add(status.Id)) report.Skipped(row, row.Cells[0], "The file says so twice.");
        else if (await db.Bookmarks.AnyAsync(b => b.AccountId == me && b.StatusId == status.Id, ct)) report.Skipped(row, row.Cells[0], "You keep it already.");
        else
        {
            if (!report.DryRun) await marks.BookmarkAsync(status.Id, on: true, viewer, ct);
            report.Made(row, row.Cells[0]);
        }
    }

    /// <summary>A filter of the file; <paramref name="row"/> says which one.</summary>
    public async Task FilterAsync(CsvLine row, JsonElement filter, OwnedReport report, HashSet<string> named, Viewer viewer, CancellationToken ct)
    {
        var title = filter.ValueKind == JsonValueKind.Object && filter.TryGetProperty("title", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString()!.Trim() : "";
        if (title.Length == 0)
        {
            report.Lost(row, "A filter", "It has no title.");
            return;
        }

        if (!named.Add(title))
        {
            report.Skipped(row, title, "The file says so twice.");
            return;
        }

        if (Wish(filter, title, db.Now) is not { } wish)
        {
            report.Skipped(row, title, "Its time is over.");
            return;
        }

        var held = (await filters.AllAsync(viewer, ct)).FirstOrDefault(f => f.Title == title);
        try
        {
            if (held is null)
            {
                var id = report.DryRun ? default : await filters.AddAsync(wish, viewer, ct);
                await NameAsync(row, filter, id, title, report, viewer, ct);
                report.Made(row, title);
                return;
            }

            List<KeywordWish> missing = [.. wish.Keywords.Where(k => held.Keywords!.All(h => h.Keyword != k.Keyword))];
            if (missing.Count == 0) report.Skipped(row, title, "You have it already.");
            else
            {
                if (!report.DryRun) await filters.EditAsync(Wire.Id<PostFilter>(held.Id), new(null, null, null, false, null, missing), viewer, ct);
                report.Updated(row, title, missing.Count == 1 ? "One word more." : $"{missing.Count} words more.");
            }
        }
        catch (Refusal refusal)
        {
            report.Lost(row, title, refusal.Message);
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Ends what stands here and is not named in the file.</summary>
    public async Task EndOthersAsync(OwnedKind kind, IReadOnlySet<string> words, IReadOnlySet<Id<Status>> posts, OwnedReport report, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        switch (kind)
        {
            case OwnedKind.Domains:
                foreach (var domain in (await db.UserDomainBlocks.Where(b => b.AccountId == me).OrderBy(b => b.Id).Select(b => b.Domain).ToListAsync(ct)).Where(d => !words.Contains(d)))
                {
                    if (!report.DryRun) await domains.HandleAsync(domain, on: false, viewer, ct);
                    report.Ended(domain, "No longer blocked.");
                }

                break;
            case OwnedKind.Bookmarks:
                var others = await (from b in db.Bookmarks join s in db.Statuses on b.StatusId equals s.Id where b.AccountId == me orderby b.Id select new { s.Id, s.Url }).ToListAsync(ct);
                foreach (var post in others.Where(p => !posts.Contains(p.Id)))
                {
                    if (!report.DryRun) await db.Bookmarks.Where(b => b.AccountId == me && b.StatusId == post.Id).ExecuteDeleteAsync(ct);
                    report.Ended(post.Url, "No longer kept.");
                }

                break;
            default:
                foreach (var filter in (await filters.AllAsync(viewer, ct)).Where(f => !words.Contains(f.Title)))
                {
                    if (!report.DryRun) await filters.DeleteAsync(Wire.Id<PostFilter>(filter.Id), viewer, ct);
                    report.Ended(filter.Title, "Deleted.");
                }

                break;
        }
    }

    // The posts that a new filter names; those that are not here are left out, and said.
    private async Task NameAsync(CsvLine row, JsonElement filter, Id<PostFilter> id, string title, OwnedReport report, Viewer viewer, CancellationToken ct)
    {
        if (!filter.TryGetProperty("statuses", out var statuses) || statuses.ValueKind != JsonValueKind.Array) return;
        foreach (var uri in statuses.EnumerateArray().Where(u => u.ValueKind == JsonValueKind.String).Select(u => u.GetString()!).Take(100))
        {
            var found = await find.StatusAsync(uri, viewer, ct);
            if (found.Row is not { } status) report.Lost(row, $"{uri} in {title}", found.Fault!);
            else if (!report.DryRun) await filters.WriteAsync(viewer, _ => Task.FromResult(db.FilterStatuses.Add(new() { FilterId = id, StatusId = status.Id })), ct);
        }
    }

    // Null when it has run out.
    private static FilterWish? Wish(JsonElement filter, string title, DateTimeOffset now)
    {
        int? seconds = null;
        if (filter.TryGetProperty("expire_at", out var until) && until.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(until.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            if (at <= now) return null;
            seconds = (int)Math.Min((at - now).TotalSeconds, int.MaxValue);
        }

        var action = filter.TryGetProperty("action", out var said) && said.ValueKind == JsonValueKind.String && Enum.TryParse<FilterAction>(said.GetString(), ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : FilterAction.Warn;
        List<KeywordWish> words = [];
        if (filter.TryGetProperty("keywords_attributes", out var keywords) && keywords.ValueKind == JsonValueKind.Array)
            foreach (var word in keywords.EnumerateArray().Where(w => w.ValueKind == JsonValueKind.Object))
                if (word.TryGetProperty("keyword", out var text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } keyword)
                    words.Add(new(null, keyword.Trim(), word.TryGetProperty("whole_word", out var whole) && whole.ValueKind == JsonValueKind.True, Remove: false));
        List<string> contexts = filter.TryGetProperty("context", out var places) && places.ValueKind == JsonValueKind.Array ? [.. places.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.String).Select(p => p.GetString()!).Where(FilterDesk.Contexts.Contains)] : ["home"];
        return new(title, contexts, action, Expires: true, seconds, [.. words.DistinctBy(w => w.Keyword)]);
    }
}
