using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary><c>/social/settings/filters</c>: what one does not want to read, and a box to try it.</summary>
internal static class FilterPages
{
    private const string Root = "/social/settings/filters";
    private const int LongestTried = 5000;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Root, (PageCall call, FilterDesk desk, CancellationToken ct) => ListAsync(call.Http.Request.Query["try"], call, desk, ct));
        // A text may be longer than an address.
        pages.MapPost(Root + "/try", async (PageCall call, FilterDesk desk, CancellationToken ct) => await ListAsync((await call.Http.Request.ReadFormAsync(ct))["try"], call, desk, ct)).Rate(RateClass.Read);
        pages.MapGet(Root + "/new", (PageCall call, FilterDesk desk, CancellationToken ct) => OneAsync(null, FormState.Fresh, call, desk, ct));
        pages.MapPost(Root + "/new", (PageCall call, FilterDesk desk, CancellationToken ct) => SaveAsync(null, call, desk, ct)).Rate(RateClass.Write);
        pages.MapGet(Root + "/{id:long}", (Id<PostFilter> id, PageCall call, FilterDesk desk, CancellationToken ct) => OneAsync(id, FormState.Fresh, call, desk, ct));
        pages.MapPost(Root + "/{id:long}", (Id<PostFilter> id, PageCall call, FilterDesk desk, CancellationToken ct) => SaveAsync(id, call, desk, ct)).Rate(RateClass.Write);
        pages.MapPost(Root + "/{id:long}/delete", async (Id<PostFilter> id, PageCall call, FilterDesk desk, CancellationToken ct) =>
        {
            await desk.DeleteAsync(id, await call.ViewerAsync(ct), ct);
            return call.SeeOther(Root);
        }).Rate(RateClass.Write);
    }

    private static async Task<IResult> ListAsync(string? text, PageCall call, FilterDesk desk, CancellationToken ct)
    {
        var all = await desk.AllAsync(await call.ViewerAsync(ct), ct);
        var tried = text is { Length: > 0 and <= LongestTried } ? text : null;
        var caught = tried is null ? [] : all.Select(f => new Caught(f.Title, [.. f.Keywords!.Where(k => new ActiveKeyword(k.Keyword, k.WholeWord).IsIn(tried)).Select(k => k.Keyword)])).Where(c => c.Words.Count > 0).ToList();
        return call.Page<Pages.FiltersPage>(new { Model = new FiltersModel(all, desk.Now) { Tried = tried, Caught = caught } });
    }

    private static async Task<IResult> OneAsync(Id<PostFilter>? id, FormState state, PageCall call, FilterDesk desk, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        viewer.Demand();
        return call.Page<Pages.FilterPage>(new { Model = new FilterModel(id is { } known ? await desk.OneAsync(known, viewer, ct) : null, desk.Now), State = state });
    }

    private static Task<IResult> SaveAsync(Id<PostFilter>? id, PageCall call, FilterDesk desk, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            var viewer = await call.ViewerAsync(ct);
            var held = id is { } known ? (await desk.OneAsync(known, viewer, ct)).Keywords! : [];
            var wish = Wish(form, held);
            if (id is { } changed) await desk.EditAsync(changed, wish, viewer, ct);
            else await desk.AddAsync(wish, viewer, ct);
            return Root;
        },
        (state, _) => OneAsync(id, state, call, desk, ct));

    // One word or phrase a line; those that stay keep their row, so that apps see no other filter.
    private static FilterWish Wish(IFormCollection form, IReadOnlyList<FilterKeywordEntity> held)
    {
        var whole = form.Ticked("whole_word");
        List<string> words = [.. form.Text("keywords").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
        List<KeywordWish> wishes =
        [
            .. held.Select(k => new KeywordWish(Wire.Id<FilterKeyword>(k.Id), null, whole, Remove: !words.Contains(k.Keyword))),
            .. words.Where(w => held.All(k => k.Keyword != w)).Select(w => new KeywordWish(null, w, whole, Remove: false)),
        ];
        var action = Enum.TryParse<FilterAction>(form.Text("action"), ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : FilterAction.Warn;
        var keeps = form.Text("for") == "same";
        int? seconds = int.TryParse(form.Text("for"), out var days) && days > 0 ? days * 24 * 3600 : null;
        return new(form.Text("title"), [.. form["context"].OfType<string>()], action, Expires: !keeps, seconds, wishes);
    }
}

/// <summary>A member's filters, and what they catch of a text that is tried.</summary>
public sealed class FiltersModel
{
    internal FiltersModel(IReadOnlyList<FilterEntity> filters, DateTimeOffset now) => (Filters, Now) = (filters, now);

    internal IReadOnlyList<FilterEntity> Filters { get; }

    internal DateTimeOffset Now { get; }

    internal string? Tried { get; init; }

    internal IReadOnlyList<Caught> Caught { get; init; } = [];
}

/// <summary>A filter that catches a text, and by which of its words.</summary>
internal sealed record Caught(string Title, IReadOnlyList<string> Words)
{
    public string Said => $"“{Title}” ({string.Join(", ", Words)})";
}

/// <summary>A filter, or the form for a new one.</summary>
public sealed class FilterModel
{
    internal FilterModel(FilterEntity? filter, DateTimeOffset now) => (Filter, Now) = (filter, now);

    internal FilterEntity? Filter { get; }

    internal DateTimeOffset Now { get; }
}
