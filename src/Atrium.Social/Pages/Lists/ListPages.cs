using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary><c>/social/lists</c>: one's lists, the timeline of each, and who is on it.</summary>
internal static class ListPages
{
    private const int Found = 20;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/social/lists", (PageCall call, ListDesk desk, CancellationToken ct) => AllAsync(FormState.Fresh, call, desk, ct));
        pages.MapPost("/social/lists", AddAsync).Rate(RateClass.Write);
        pages.MapGet("/social/lists/{id}", ReadAsync);
        pages.MapGet("/social/lists/{id}/edit", (Id<PeopleList> id, [AsParameters] ListTools t, CancellationToken ct) => EditAsync(id, FormState.Fresh, t, ct));
        pages.MapPost("/social/lists/{id}/edit", SaveAsync).Rate(RateClass.Write);
        pages.MapPost("/social/lists/{id}/people", PeopleAsync).Rate(RateClass.Write);
        pages.MapPost("/social/lists/{id}/delete", async (Id<PeopleList> id, PageCall call, ListDesk desk, CancellationToken ct) =>
        {
            await desk.DeleteAsync(id, await call.ViewerAsync(ct), ct);
            return call.SeeOther("/social/lists");
        }).Rate(RateClass.Write);
    }

    private static async Task<IResult> AllAsync(FormState state, PageCall call, ListDesk desk, CancellationToken ct) =>
        call.Page<Pages.ListsPage>(new { Model = new ListsModel(await desk.SummariesAsync(await call.ViewerAsync(ct), ct)), State = state });

    private static Task<IResult> AddAsync(PageCall call, ListDesk desk, CancellationToken ct) => call.SendAsync(
        async form => $"/social/lists/{(await desk.AddAsync(new(form.Text("title"), null, null), await call.ViewerAsync(ct), ct)).Id}/edit",
        (state, _) => AllAsync(state, call, desk, ct));

    private static async Task<IResult> ReadAsync(Id<PeopleList> id, PageCall call, ListDesk desk, FeedTools tools, Timelines timelines, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var list = await desk.MineAsync(id, viewer, ct);
        var page = await timelines.ListAsync(id, call.Paging, viewer, ct);
        var posts = await tools.Show.ManyAsync(await tools.Reader.ReadAsync(page.Rows, viewer, "home", ct), call.Here, ct);
        foreach (var post in posts) post.Why = $"{(post.BoostedBy ?? post.Author).Name} is on this list";
        return await tools.PageAsync(call, new(list.Title, call.Path, posts)
        {
            Older = call.Older(page), Newest = call.Newest(), Stream = call.Newest() is null ? "list" : null, List = id.ToString(),
            Empty = "Nothing on this list yet", EmptyText = "What the people on it post from now on stands here.",
        }, viewer, ct);
    }

    private static async Task<IResult> EditAsync(Id<PeopleList> id, FormState state, ListTools t, CancellationToken ct)
    {
        var viewer = await t.Call.ViewerAsync(ct);
        var list = await t.Desk.MineAsync(id, viewer, ct);
        var on = await t.Db.ListMembers.Where(m => m.ListId == id).OrderByDescending(m => m.Id).Select(m => m.AccountId).ToListAsync(ct);
        var asked = t.Call.Http.Request.Query["q"].ToString().Trim();
        return t.Call.Page<Pages.ListPage>(new
        {
            Model = new ListModel(list)
            {
                On = await t.Show.PeopleAsync(await t.Accounts.ByIdAsync(on, ct), ct), Asked = asked,
                Offered = await t.Show.PeopleAsync([.. (await OfferedAsync(asked, t, viewer, ct)).Where(a => !on.Contains(Wire.Id<Account>(a.Id)))], ct),
            },
            State = state,
        });
    }

    // Without a question, those followed last: whom one just met is most likely meant.
    private static async Task<IReadOnlyList<AccountEntity>> OfferedAsync(string asked, ListTools t, Viewer viewer, CancellationToken ct)
    {
        if (asked.Length > 0) return await t.Search.AccountsAsync(new(asked, "accounts", null, Following: true, Found, 0), viewer, ct);
        var me = viewer.Demand();
        var followed = await t.Db.Follows.Where(f => f.AccountId == me && f.State == FollowState.Accepted).OrderByDescending(f => f.Id).Take(Found).Select(f => f.TargetId).ToListAsync(ct);
        return await t.Accounts.ByIdAsync(followed, ct);
    }

    private static Task<IResult> SaveAsync(Id<PeopleList> id, [AsParameters] ListTools t, CancellationToken ct) => t.Call.SendAsync(
        async form =>
        {
            var replies = Enum.TryParse<RepliesPolicy>(form.Text("replies"), ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : (RepliesPolicy?)null;
            await t.Desk.EditAsync(id, new(form.Text("title"), replies, form.Ticked("exclusive")), await t.Call.ViewerAsync(ct), ct);
            return $"/social/lists/{id}";
        },
        (state, _) => EditAsync(id, state, t, ct));

    private static Task<IResult> PeopleAsync(Id<PeopleList> id, [AsParameters] ListTools t, CancellationToken ct) => t.Call.SendAsync(
        async form =>
        {
            var viewer = await t.Call.ViewerAsync(ct);
            var person = form.Id<Account>("account") ?? throw Refusal.NotFound();
            if (form.Text("act") == "put") await t.Desk.PutAsync(id, [person], viewer, ct);
            else await t.Desk.TakeAsync(id, [person], viewer, ct);
            return form.Back($"/social/lists/{id}/edit");
        },
        (state, _) => EditAsync(id, state, t, ct));
}

/// <summary>What the page of one list needs.</summary>
internal sealed record ListTools(PageCall Call, SocialDb Db, ListDesk Desk, AccountReader Accounts, PostShow Show, SearchSocial Search);

/// <summary>A member's lists.</summary>
public sealed class ListsModel
{
    internal ListsModel(IReadOnlyList<ListSummary> lists) => Lists = lists;

    internal IReadOnlyList<ListSummary> Lists { get; }
}

/// <summary>A list, who is on it, and who may be.</summary>
public sealed class ListModel
{
    internal ListModel(PeopleList list) => List = list;

    internal PeopleList List { get; }

    internal IReadOnlyList<PersonModel> On { get; init; } = [];

    internal string Asked { get; init; } = "";

    /// <summary>People one follows who are not on it.</summary>
    internal IReadOnlyList<PersonModel> Offered { get; init; } = [];
}
