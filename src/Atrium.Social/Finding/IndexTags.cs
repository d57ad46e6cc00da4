using System.Runtime.CompilerServices;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Search;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Hashtags that somebody used for everyone to see are found by the house's search, and no others.</summary>
internal sealed class IndexTags(SocialDb db, ISearch search) : IReaction<StatusTagged>, IReaction<PostEdited>, IReaction<PostGone>, IReaction<SightChanged>, IRecurringWork, ISearchSource
{
    public const string Name = "tag";

    public string Kind => Name;

    public Task HandleAsync(StatusTagged happened, CancellationToken ct) => IndexAsync(happened.Status, ct);

    public Task HandleAsync(PostEdited happened, CancellationToken ct) => IndexAsync(happened.Status, ct);

    public async Task HandleAsync(PostGone happened, CancellationToken ct)
    {
        // What hung on the post is gone with it; its words still say what it was tagged with.
        if (await db.Statuses.Where(s => s.Id == happened.Status).Select(s => s.Document).FirstOrDefaultAsync(ct) is not { Tags.Count: > 0 } said) return;
        List<string> names = [.. said.Tags.Select(t => t.Name)];
        await FollowAsync(db.Hashtags.Where(t => names.Contains(t.Name)), ct);
    }

    public Task HandleAsync(SightChanged happened, CancellationToken ct) => FollowAsync(
        db.Hashtags.Where(t => db.StatusTags.Any(s => s.TagId == t.Id && db.Statuses.Any(p =>
            p.Id == s.StatusId && (p.Id == happened.Status || (happened.Discussion != null && p.DiscussionId == happened.Discussion) || (happened.Account != null && p.AccountId == happened.Account))))),
        ct);

    /// <summary>What nobody uses publicly any more is found no more.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var used = Used(db);
        var gone = await db.Hashtags.Where(t => !used.Any(u => u.Id == t.Id)).Select(t => t.Id).ToListAsync(ct);
        foreach (var some in gone.Chunk(500)) await db.WriteAsync(token => search.RemoveAsync(db, [.. some.Select(t => Thing.Of(Name, t))], token), ct);
    }

    public async IAsyncEnumerable<SearchDocument> AllAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var tag in Used(db).AsAsyncEnumerable().WithCancellation(ct)) yield return Document(tag);
    }

    /// <summary>Tags of posts that everyone may read.</summary>
    internal static IQueryable<Hashtag> Used(SocialDb db) => db.Hashtags.Where(t => db.StatusTags.Any(s => s.TagId == t.Id && db.Statuses.Any(p =>
        p.Id == s.StatusId && p.DeletedAt == null && p.HiddenAt == null && p.Visibility == Visibility.Public && db.Accounts.Any(a => a.Id == p.AccountId && (a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Memorial)))));

    // Found from now on, or no more.
    private async Task FollowAsync(IQueryable<Hashtag> tags, CancellationToken ct)
    {
        var used = Used(db);
        foreach (var group in (await tags.Select(t => new { Tag = t, Used = used.Any(u => u.Id == t.Id) }).ToListAsync(ct)).GroupBy(t => t.Used))
            if (group.Key) await search.IndexAsync(db, [.. group.Select(t => Document(t.Tag))], ct);
            else await search.RemoveAsync(db, [.. group.Select(t => Thing.Of(Name, t.Tag.Id))], ct);
    }

    private async Task IndexAsync(Id<Status> id, CancellationToken ct)
    {
        var tags = await Used(db).Where(t => db.StatusTags.Any(s => s.StatusId == id && s.TagId == t.Id)).ToListAsync(ct);
        if (tags.Count > 0) await search.IndexAsync(db, [.. tags.Select(Document)], ct);
    }

    private SearchDocument Document(Hashtag tag) => new(
        Thing.Of(Name, tag.Id), SocialDb.Name, Audience.Public, "#" + tag.Display, tag.Name, "/tags/" + Uri.EscapeDataString(tag.Name), db.Now, []);
}

/// <summary>A hashtag as other rooms show it.</summary>
internal sealed class TagThings(SocialDb db) : IThingSource
{
    public string Kind => IndexTags.Name;

    public async Task<IReadOnlyDictionary<long, ThingCard>> CardsAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        List<Id<Hashtag>> ids = [.. keys.Select(k => new Id<Hashtag>(k))];
        return (await IndexTags.Used(db).Where(t => ids.Contains(t.Id)).ToListAsync(ct)).ToDictionary(
            t => t.Id.Value, t => new ThingCard(Thing.Of(Kind, t.Id), SocialDb.Name, "#" + t.Display, "Hashtag", "/tags/" + Uri.EscapeDataString(t.Name), null, Audience.Public));
    }

    public async Task<Thing?> AtAsync(string path, CancellationToken ct)
    {
        if (path.Split('/', StringSplitOptions.RemoveEmptyEntries) is not ["tags", var name]) return null;
        var key = PostText.TagKey(Uri.UnescapeDataString(name));
        return await IndexTags.Used(db).Where(t => t.Name == key).Select(t => (Id<Hashtag>?)t.Id).FirstOrDefaultAsync(ct) is { } id ? Thing.Of(Kind, id) : null;
    }
}
