using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A keyword as it shall be; one with an id is changed, or removed.</summary>
internal sealed record KeywordWish(Id<FilterKeyword>? Id, string? Keyword, bool? WholeWord, bool Remove);

/// <summary>What is null stays as it is.</summary>
/// <param name="ExpiresIn">Seconds from now; <paramref name="Expires"/> says whether it was given at all.</param>
internal sealed record FilterWish(string? Title, IReadOnlyList<string>? Contexts, FilterAction? Action, bool Expires, int? ExpiresIn, IReadOnlyList<KeywordWish> Keywords);

/// <summary>Keeps a member's filters; whoever listens reads them anew.</summary>
internal sealed class FilterDesk(SocialDb db, HouseLimits limits)
{
    public static readonly string[] Contexts = ["home", "notifications", "public", "thread", "account"];

    public DateTimeOffset Now => db.Now;

    public async Task<IReadOnlyList<FilterEntity>> AllAsync(Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var rows = await db.Filters.Where(f => f.AccountId == me).OrderBy(f => f.Id).ToListAsync(ct);
        return await EntitiesAsync(rows, ct);
    }

    public async Task<FilterEntity> OneAsync(Id<PostFilter> id, Viewer viewer, CancellationToken ct) => (await EntitiesAsync([await MineAsync(id, viewer, ct)], ct))[0];

    public async Task<PostFilter> MineAsync(Id<PostFilter> id, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return await db.Filters.AsTracking().FirstOrDefaultAsync(f => f.Id == id && f.AccountId == me, ct) ?? throw Refusal.NotFound("Record not found");
    }

    public async Task<Id<PostFilter>> AddAsync(FilterWish wish, Viewer viewer, CancellationToken ct)
    {
        var filter = new PostFilter { AccountId = viewer.Demand(), Title = "" };
        await WriteAsync(
            viewer,
            async token =>
            {
                if (await db.Filters.CountAsync(f => f.AccountId == filter.AccountId, token) >= await limits.OfAsync(HouseLimits.Filters, token)) throw Refusal.Invalid("base", "You have reached the maximum number of filters", "limit");
                db.Filters.Add(filter);
                await ApplyAsync(filter, wish, token);
            },
            ct);
        return filter.Id;
    }

    public Task EditAsync(Id<PostFilter> id, FilterWish wish, Viewer viewer, CancellationToken ct) =>
        WriteAsync(viewer, async token => await ApplyAsync(await MineAsync(id, viewer, token), wish, token), ct);

    public Task DeleteAsync(Id<PostFilter> id, Viewer viewer, CancellationToken ct) => WriteAsync(
        viewer,
        async token =>
        {
            var filter = await MineAsync(id, viewer, token);
            await db.FilterKeywords.Where(k => k.FilterId == id).ExecuteDeleteAsync(token);
            await db.FilterStatuses.Where(s => s.FilterId == id).ExecuteDeleteAsync(token);
            db.Filters.Remove(filter);
        },
        ct);

    /// <summary>Changes something of a member's filters and tells their streams.</summary>
    public Task WriteAsync(Viewer viewer, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        var me = viewer.Demand();
        return db.WriteAsync(
            async token =>
            {
                await work(token);
                await db.SaveChangesAsync(token);
                await db.Accounts.Where(a => a.Id == me).ExecuteUpdateAsync(set => set.SetProperty(a => a.FiltersVersion, a => a.FiltersVersion + 1), token);
                db.Announce(SocialTopics.Signals, 0, "filters_changed", new { account = me.ToString() });
            },
            ct);
    }

    private async Task ApplyAsync(PostFilter filter, FilterWish wish, CancellationToken ct)
    {
        filter.Title = wish.Title?.Trim() ?? filter.Title;
        if (filter.Title.Length == 0) throw Refusal.Invalid("title", "Title can't be blank", "required");
        filter.Contexts = wish.Contexts is null ? filter.Contexts : [.. wish.Contexts.Distinct()];
        if (filter.Contexts.Count == 0 || filter.Contexts.Exists(c => !Contexts.Contains(c))) throw Refusal.Invalid("context", "None or invalid context supplied", "unknown");
        filter.Action = wish.Action ?? filter.Action;
        if (wish.Expires) filter.ExpiresAt = wish.ExpiresIn is { } seconds ? db.Now.AddSeconds(seconds) : null;
        var held = await db.FilterKeywords.AsTracking().Where(k => k.FilterId == filter.Id).ToListAsync(ct);
        foreach (var keyword in wish.Keywords)
        {
            var row = keyword.Id is { } id ? held.Find(k => k.Id == id) ?? throw Refusal.NotFound("Record not found") : null;
            if (row is not null && keyword.Remove) db.FilterKeywords.Remove(row);
            else if (row is not null) (row.Keyword, row.WholeWord) = (keyword.Keyword ?? row.Keyword, keyword.WholeWord ?? row.WholeWord);
            else if (!string.IsNullOrWhiteSpace(keyword.Keyword)) db.FilterKeywords.Add(new() { FilterId = filter.Id, Keyword = keyword.Keyword.Trim(), WholeWord = keyword.WholeWord ?? false });
        }

        var most = await limits.OfAsync(HouseLimits.FilterKeywords, ct);
        if (held.Count + wish.Keywords.Count(k => k.Id is null) - wish.Keywords.Count(k => k is { Id: not null, Remove: true }) > most) throw Refusal.Invalid("keywords", $"A filter has at most {most} words or phrases", "limit");
    }

    private async Task<IReadOnlyList<FilterEntity>> EntitiesAsync(IReadOnlyList<PostFilter> rows, CancellationToken ct)
    {
        List<Id<PostFilter>> ids = [.. rows.Select(r => r.Id)];
        var words = (await db.FilterKeywords.Where(k => ids.Contains(k.FilterId)).OrderBy(k => k.Id).ToListAsync(ct)).ToLookup(k => k.FilterId);
        var named = (await db.FilterStatuses.Where(s => ids.Contains(s.FilterId)).OrderBy(s => s.Id).ToListAsync(ct)).ToLookup(s => s.FilterId);
        return [.. rows.Select(f => new FilterEntity(f.Id.ToString(), f.Title, f.Contexts, f.ExpiresAt, f.Action.ToString().ToLowerInvariant())
        {
            Keywords = [.. words[f.Id].Select(k => new FilterKeywordEntity(k.Id.ToString(), k.Keyword, k.WholeWord))],
            Statuses = [.. named[f.Id].Select(s => new FilterStatusEntity(s.Id.ToString(), s.StatusId.ToString()))],
        })];
    }
}
