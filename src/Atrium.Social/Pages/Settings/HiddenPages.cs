using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary><c>/social/settings/hidden</c> and <c>/social/settings/tags</c>: whom one mutes and blocks, and the tags one follows and shows.</summary>
internal static class HiddenPages
{
    private const int Many = 40;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/social/settings/hidden", (PageCall call, SocialDb db, AccountReader accounts, PostShow show, CancellationToken ct) => HiddenAsync(FormState.Fresh, call, db, accounts, show, ct));
        pages.MapPost("/social/settings/domains", DomainAsync).Rate(RateClass.Write);
        pages.MapGet("/social/settings/tags", (PageCall call, SocialDb db, TagReader tags, HouseLimits limits, CancellationToken ct) => TagsAsync(FormState.Fresh, call, db, tags, limits, ct));
        pages.MapPost("/social/settings/tags", TagAsync).Rate(RateClass.Write);
    }

    private static async Task<IResult> HiddenAsync(FormState state, PageCall call, SocialDb db, AccountReader accounts, PostShow show, CancellationToken ct)
    {
        var (me, now) = ((await call.ViewerAsync(ct)).Demand(), db.Now);
        // Two lists on one page: each goes on by the id it stands at.
        var muted = await At(call, "muted").CutAsync(db.Mutes.Where(m => m.AccountId == me && (m.ExpiresAt == null || m.ExpiresAt > now)), m => m.Id, ct);
        var blocked = await At(call, "blocked").CutAsync(db.Blocks.Where(b => b.AccountId == me), b => b.Id, ct);
        var domains = await db.UserDomainBlocks.Where(b => b.AccountId == me).OrderBy(b => b.Domain).Select(b => b.Domain).Take(500).ToListAsync(ct);
        var until = muted.Rows.ToDictionary(m => m.TargetId.ToString(), m => m.ExpiresAt);
        return call.Page<Pages.HiddenPage>(new
        {
            Model = new HiddenModel(
                [.. (await show.PeopleAsync(await accounts.ByIdAsync([.. muted.Rows.Select(m => m.TargetId)], ct), ct)).Select(p => (p, until.GetValueOrDefault(p.Id)))],
                await show.PeopleAsync(await accounts.ByIdAsync([.. blocked.Rows.Select(b => b.TargetId)], ct), ct), domains)
            {
                MoreMuted = muted.HasOlder ? $"{call.Path}?muted={muted.Last}" : null, MoreBlocked = blocked.HasOlder ? $"{call.Path}?blocked={blocked.Last}" : null, Back = call.Here,
            },
            State = state,
        });
    }

    private static Paging At(PageCall call, string name) => new(long.TryParse(call.Http.Request.Query[name], out var id) && id > 0 ? id : null, null, null, Many);

    private static Task<IResult> DomainAsync(PageCall call, BlockDomain blocks, SocialDb db, AccountReader accounts, PostShow show, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            await blocks.HandleAsync(form.Text("domain"), form.Text("act") != "unblock", await call.ViewerAsync(ct), ct);
            return "/social/settings/hidden";
        },
        (state, _) => HiddenAsync(state, call, db, accounts, show, ct));

    private static async Task<IResult> TagsAsync(FormState state, PageCall call, SocialDb db, TagReader tags, HouseLimits limits, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var me = viewer.Demand();
        var page = await (call.Paging with { Limit = 100 }).CutAsync(db.TagFollows.Where(f => f.AccountId == me), f => f.Id, ct);
        List<Id<Hashtag>> ids = [.. page.Rows.Select(f => f.TagId)];
        var names = await db.Hashtags.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        return call.Page<Pages.TagsPage>(new
        {
            Model = new TagsModel([.. ids.Where(names.ContainsKey).Select(i => names[i])], await tags.FeaturedAsync(me, ct), await limits.OfAsync(HouseLimits.FeaturedTags, ct)) { Older = call.Older(page), Newest = call.Newest() }, State = state,
        });
    }

    private static Task<IResult> TagAsync(PageCall call, FollowTag follow, FeatureTag feature, SocialDb db, TagReader tags, HouseLimits limits, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            var (name, act) = (form.Text("tag").Trim().TrimStart('#'), form.Text("act"));
            var viewer = await call.ViewerAsync(ct);
            try
            {
                if (act is "follow" or "unfollow") await follow.HandleAsync(name, act == "follow", viewer, ct);
                else await feature.HandleAsync(name, act == "feature", viewer, ct);
            }
            catch (Refusal refusal) when (refusal.Kind == RefusalKind.NotFound)
            {
                throw Refusal.Invalid("tag", "A tag is one word: letters, digits and _.", "unknown");
            }

            return "/social/settings/tags";
        },
        (state, _) => TagsAsync(state, call, db, tags, limits, ct));
}

/// <summary>Whom a member mutes and blocks, and the servers they want nothing from.</summary>
public sealed class HiddenModel
{
    internal HiddenModel(IReadOnlyList<(PersonModel Person, DateTimeOffset? Until)> muted, IReadOnlyList<PersonModel> blocked, IReadOnlyList<string> domains) => (Muted, Blocked, Domains) = (muted, blocked, domains);

    internal IReadOnlyList<(PersonModel Person, DateTimeOffset? Until)> Muted { get; }

    internal IReadOnlyList<PersonModel> Blocked { get; }

    internal IReadOnlyList<string> Domains { get; }

    internal string? MoreMuted { get; init; }

    internal string? MoreBlocked { get; init; }

    internal string Back { get; init; } = "/social/settings/hidden";
}

/// <summary>Tags a member follows, and those on their profile.</summary>
public sealed class TagsModel
{
    internal TagsModel(IReadOnlyList<string> followed, IReadOnlyList<FeaturedTagEntity> featured, int mostFeatured) => (Followed, Featured, MostFeatured) = (followed, featured, mostFeatured);

    internal IReadOnlyList<string> Followed { get; }

    internal IReadOnlyList<FeaturedTagEntity> Featured { get; }

    internal int MostFeatured { get; }

    internal string? Older { get; init; }

    internal string? Newest { get; init; }
}
