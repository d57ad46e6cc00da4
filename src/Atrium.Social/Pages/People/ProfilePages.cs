using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary><c>/@name</c>: a profile. Where Social is in the house, its page stands in place of the plain one of Accounts.</summary>
internal static class ProfilePages
{
    private const int Weeks = 12;

    public static void Map(RouteGroupBuilder pages)
    {
        foreach (var tab in (string?[])[null, "replies", "media", "followers", "following", "recommends"])
            pages.MapGet(tab is null ? PageCall.Named : $"{PageCall.Named}/{tab}", (string name, PageCall call, ProfileTools tools, CancellationToken ct) => ShowAsync(name[1..], tab, null, call, tools, ct)).AllowAnonymous().WithOrder(-1);
        pages.MapGet("/social/people/{id}/counts", CountsAsync).AllowAnonymous();
        pages.MapGet($"{PageCall.Named}/tagged/{{tag}}", (string name, string tag, PageCall call, ProfileTools tools, CancellationToken ct) => ShowAsync(name[1..], "tagged", PostText.TagKey(tag), call, tools, ct)).AllowAnonymous().WithOrder(-1);
    }

    /// <summary>The account of a name as it is written: <c>ada</c>, <c>ada@elsewhere.example</c>.</summary>
    public static async Task<Id<Account>> FindAsync(string name, SocialDb db, LocalAccounts locals, IMembers members, CancellationToken ct)
    {
        var (user, domain) = name.Split('@', 2) is [var u, var d] ? (u.ToLowerInvariant(), d.ToLowerInvariant()) : (name.ToLowerInvariant(), "");
        if (await db.Accounts.Where(a => a.UsernameFolded == user && a.Domain == domain && a.Standing != AccountStanding.Deleted).Select(a => (Id<Account>?)a.Id).FirstOrDefaultAsync(ct) is { } found) return found;
        // A member whom nobody met here yet.
        return domain.Length == 0 && (await members.FindAsync([user], ct)).TryGetValue(user, out var member) ? await locals.OfAsync(member.Id, ct) : throw Refusal.NotFound();
    }

    // The numbers alone, for who has them before their eyes.
    private static async Task<IResult> CountsAsync(Id<Account> id, PageCall call, ProfileTools tools, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        if (viewer.Me is { } me && await tools.Db.Blocks.AnyAsync(b => b.AccountId == id && b.TargetId == me, ct)) throw Refusal.NotFound();
        return call.Page<Pages.ProfileCounts>(new { Of = (await tools.Show.PeopleAsync([tools.Write.Account(await tools.Accounts.OneAsync(id, ct))], ct))[0] });
    }

    private static async Task<IResult> ShowAsync(string name, string? tab, string? tagged, PageCall call, ProfileTools tools, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var id = await FindAsync(name, tools.Db, tools.Locals, tools.Members, ct);
        if (viewer.Me is { } me && await tools.Db.Blocks.AnyAsync(b => b.AccountId == id && b.TargetId == me, ct)) throw Refusal.NotFound();
        var row = await tools.Accounts.OneAsync(id, ct);
        var entity = tools.Write.Account(row);
        // What is elsewhere is read there by those who are not of the house.
        if (viewer.Me is null && PageCall.IsElsewhere(entity)) return PageCall.Away(entity.Url);
        var person = (await tools.Show.PeopleAsync([entity], ct))[0];
        var mine = viewer.Me == id;
        var header = call.Local(entity.Header);
        var (posts, people, older) = tab == "recommends" ? await RecommendsAsync(id, call, tools, viewer, ct) : tab is "followers" or "following" ? await PeopleAsync(row.Account, tab, call, tools, viewer, ct) : await PostsAsync(id, tab, tagged, call, tools, viewer, ct);
        return call.Page<Pages.ProfilePage>(new
        {
            Model = new ProfileModel(person, call.Local(SafeHtml.Trusted(entity.Note)))
            {
                Fields = [.. entity.Fields.Select(f => (f.Name, call.Local(SafeHtml.Trusted(f.Value)), f.VerifiedAt))], Header = header == EntityWriter.NoHeader ? null : header, Tab = tab, Tagged = tagged,
                Pinned = tab is null && call.Newest() is null ? await PinnedAsync(id, call, tools, viewer, ct) : [], Posts = posts, People = people, Older = older, Newest = call.Newest(), Mine = mine,
                SignedIn = viewer.Me is not null, Administers = viewer.Actor.IsAdministrator && row.Account is { IsLocal: true, MemberId: not null, MemorialAt: null }, Recommends = tab == "recommends" ? [] : await FirstAsync(id, tools, viewer, ct), Tags = row.Account.IsShown ? await tools.Tags.FeaturedAsync(id, ct) : [], Weeks = await WeeksAsync(id, tools.Db, viewer, ct), Back = call.Here, Sections = await SectionsAsync(row.Account, tools, viewer, ct),
            },
        });
    }

    private static async Task<(IReadOnlyList<Post>, IReadOnlyList<PersonModel>?, string?)> PostsAsync(Id<Account> id, string? tab, string? tagged, PageCall call, ProfileTools tools, Viewer viewer, CancellationToken ct)
    {
        var page = await tools.Timelines.AccountAsync(id, new(OnlyMedia: tab == "media", NoReplies: tab is null, NoBoosts: tab == "media", Tagged: tagged), call.Paging, viewer, ct);
        return (await tools.Show.ManyAsync(await tools.Reader.ReadAsync(page.Rows, viewer, "account", ct), call.Here, ct), null, call.Older(page));
    }

    private static async Task<(IReadOnlyList<Post>, IReadOnlyList<PersonModel>?, string?)> PeopleAsync(Account account, string tab, PageCall call, ProfileTools tools, Viewer viewer, CancellationToken ct)
    {
        if (await ShownFollows.OfAsync(tools.Db, account, tab == "followers", viewer, ct) is not { } follows) return ([], [], null);
        var page = await (call.Paging with { Limit = 40 }).CutAsync(follows, f => f.Id, ct);
        var people = await tools.Accounts.ByIdAsync([.. page.Rows.Select(f => tab == "followers" ? f.AccountId : f.TargetId)], ct);
        return ([], await tools.Show.PeopleAsync(people, ct), call.Older(page));
    }

    private static async Task<(IReadOnlyList<Post>, IReadOnlyList<PersonModel>?, string?)> RecommendsAsync(Id<Account> id, PageCall call, ProfileTools tools, Viewer viewer, CancellationToken ct)
    {
        var page = await (call.Paging with { Limit = 40 }).CutAsync(EndorseAccount.Of(id, viewer, tools.Db), e => e.Id, ct);
        return ([], await tools.Show.PeopleAsync(await tools.Accounts.ByIdAsync([.. page.Rows.Select(e => e.TargetId)], ct), ct), call.Older(page));
    }

    // Those named beside the posts; one more says that there are more.
    private static async Task<IReadOnlyList<PersonModel>> FirstAsync(Id<Account> id, ProfileTools tools, Viewer viewer, CancellationToken ct)
    {
        var first = await EndorseAccount.Of(id, viewer, tools.Db).OrderByDescending(e => e.Id).Take(ProfileModel.Recommended + 1).Select(e => e.TargetId).ToListAsync(ct);
        return first.Count == 0 ? [] : await tools.Show.PeopleAsync(await tools.Accounts.ByIdAsync(first, ct), ct);
    }

    private static async Task<IReadOnlyList<Post>> PinnedAsync(Id<Account> id, PageCall call, ProfileTools tools, Viewer viewer, CancellationToken ct)
    {
        var page = await tools.Timelines.AccountAsync(id, new(Pinned: true), new(null, null, null, SocialLimits.MostPins), viewer, ct);
        return await tools.Show.ManyAsync(await tools.Reader.ReadAsync(page.Rows, viewer, "account", ct), call.Here, ct);
    }

    private static async Task<IReadOnlyList<int>> WeeksAsync(Id<Account> id, SocialDb db, Viewer viewer, CancellationToken ct)
    {
        var since = db.Now.AddDays(-7 * Weeks);
        var made = await db.Statuses.VisibleTo(viewer, db).Where(s => s.AccountId == id && s.CreatedAt > since && s.Kind == StatusKind.Note && s.Visibility != Visibility.Direct).Select(s => s.CreatedAt).Take(2000).ToListAsync(ct);
        var weeks = new int[Weeks];
        foreach (var at in made) weeks[Math.Clamp((int)((at - since).TotalDays / 7), 0, Weeks - 1)]++;
        return weeks;
    }

    private static async Task<IReadOnlyList<DashboardContent>> SectionsAsync(Account account, ProfileTools tools, Viewer viewer, CancellationToken ct)
    {
        if (account.MemberId is not { } member) return [];
        var card = (await tools.Members.CardsAsync([member], ct))[member];
        List<DashboardContent> all = [];
        foreach (var section in tools.Sections.OrderBy(s => s.Order))
            if (await section.LoadAsync(card, viewer.Actor, ct) is { } content) all.Add(content);
        return all;
    }
}
