using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>What a timeline is narrowed to.</summary>
internal sealed record TimelineWish(bool Local = false, bool Remote = false, bool OnlyMedia = false);

/// <summary>What an account's posts are narrowed to.</summary>
internal sealed record AccountStatusesWish(bool OnlyMedia = false, bool NoReplies = false, bool NoBoosts = false, bool Pinned = false, string? Tagged = null);

/// <summary>The lists of posts that people read, each one statement: who may see what is part of it.</summary>
internal sealed class Timelines(SocialDb db)
{
    /// <summary>One's own home.</summary>
    public Task<HomePage> HomeAsync(Paging paging, Viewer viewer, CancellationToken ct) => HomeRows.PageAsync(db, paging, viewer, ct);

    /// <summary>Public posts of everyone, or of the house alone.</summary>
    public Task<PageOf<StatusRef>> PublicAsync(TimelineWish wish, Paging paging, Viewer viewer, CancellationToken ct)
    {
        var rows = Unlimited(Seen(viewer), viewer).Where(s => s.Visibility == Visibility.Public && s.Kind == StatusKind.Note && (s.InReplyTo == null || s.InReplyToAccount == s.AccountId));
        return paging.CutAsync(Refs(Narrow(rows, wish)), r => r.Id, ct);
    }

    /// <summary>Posts of the house for its members: public ones and those for members only.</summary>
    public Task<PageOf<StatusRef>> MembersAsync(Paging paging, Viewer viewer, CancellationToken ct)
    {
        var rows = Unlimited(Seen(viewer), viewer).Where(s => (s.Visibility == Visibility.Public || s.Visibility == Visibility.Members) && s.IsLocal && s.Kind == StatusKind.Note && s.DiscussionId == null
            && (s.InReplyTo == null || s.InReplyToAccount == s.AccountId));
        return paging.CutAsync(Refs(rows), r => r.Id, ct);
    }

    /// <summary>Posts for one group.</summary>
    public Task<PageOf<StatusRef>> GroupAsync(Id<Group> group, Paging paging, Viewer viewer, CancellationToken ct) =>
        paging.CutAsync(Refs(Seen(viewer).Where(s => s.GroupId == group && s.Kind == StatusKind.Note)), r => r.Id, ct);

    /// <summary>Public posts with a tag: with any of <paramref name="any"/> too, with all of <paramref name="all"/>, with none of <paramref name="none"/>.</summary>
    public async Task<PageOf<StatusRef>> TagAsync(
        string tag, IReadOnlyList<string> any, IReadOnlyList<string> all, IReadOnlyList<string> none, TimelineWish wish, Paging paging, Viewer viewer, CancellationToken ct)
    {
        List<string> wanted = [.. any.Append(tag).Select(PostText.TagKey).Distinct()];
        List<string> must = [.. all.Select(PostText.TagKey).Distinct()];
        List<string> not = [.. none.Select(PostText.TagKey).Distinct()];
        var tagged = from t in db.StatusTags join h in db.Hashtags on t.TagId equals h.Id select new { t.StatusId, h.Name };
        var rows = Unlimited(Seen(viewer), viewer).Where(s => s.Visibility == Visibility.Public && s.Kind == StatusKind.Note && tagged.Any(t => t.StatusId == s.Id && wanted.Contains(t.Name)));
        foreach (var one in must) rows = rows.Where(s => tagged.Any(t => t.StatusId == s.Id && t.Name == one));
        if (not.Count > 0) rows = rows.Where(s => !tagged.Any(t => t.StatusId == s.Id && not.Contains(t.Name)));
        return await paging.CutAsync(Refs(Narrow(rows, wish)), r => r.Id, ct);
    }

    /// <summary>The home entries of those on a list; what somebody writes to the reader alone is in none.</summary>
    public async Task<PageOf<StatusRef>> ListAsync(Id<PeopleList> id, Paging paging, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var list = await db.Lists.FirstOrDefaultAsync(l => l.Id == id && l.AccountId == me, ct) ?? throw Refusal.NotFound("Record not found");
        var seen = Seen(viewer);
        var rows = from h in db.HomeEntries
                   where h.OwnerId == me && h.Reason != HomeReason.Tag && db.ListMembers.Any(m => m.ListId == id && m.AccountId == h.ViaAccountId)
                   join s in seen on h.StatusId equals s.Id
                   where s.Visibility != Visibility.Direct
                   select new Place { Entry = h, Status = s };
        rows = list.Replies switch
        {
            RepliesPolicy.None => rows.Where(p => p.Status.InReplyTo == null || p.Status.InReplyToAccount == p.Status.AccountId),
            RepliesPolicy.List => rows.Where(p => p.Status.InReplyTo == null || p.Status.InReplyToAccount == p.Status.AccountId || p.Status.InReplyToAccount == me
                || db.ListMembers.Any(m => m.ListId == id && m.AccountId == p.Status.InReplyToAccount)),
            _ => rows,
        };
        return await paging.CutAsync(Held(rows), r => r.Id, ct);
    }

    /// <summary>Posts of one account. What one asks for by name is shown although it is muted.</summary>
    public Task<PageOf<StatusRef>> AccountAsync(Id<Account> account, AccountStatusesWish wish, Paging paging, Viewer viewer, CancellationToken ct)
    {
        var rows = db.Statuses.VisibleTo(viewer, db).Where(s => s.AccountId == account && s.Kind != StatusKind.Root && s.Visibility != Visibility.Direct);
        if (wish.OnlyMedia) rows = rows.Where(s => s.HasMedia);
        if (wish.NoReplies) rows = rows.Where(s => s.InReplyTo == null || s.InReplyToAccount == s.AccountId);
        if (wish.NoBoosts) rows = rows.Where(s => s.BoostOf == null);
        if (wish.Tagged is { Length: > 0 } tag)
        {
            var key = PostText.TagKey(tag);
            rows = rows.Where(s => db.StatusTags.Any(t => t.StatusId == s.Id && db.Hashtags.Any(h => h.Id == t.TagId && h.Name == key)));
        }

        if (wish.Pinned) rows = rows.Where(s => db.Pins.Any(p => p.AccountId == account && p.StatusId == s.Id));
        return paging.CutAsync(Refs(rows), r => r.Id, ct);
    }

    /// <summary>Public posts whose preview is of this address.</summary>
    public Task<PageOf<StatusRef>> LinkAsync(string url, TimelineWish wish, Paging paging, Viewer viewer, CancellationToken ct)
    {
        var hash = RandomKey.Hash(url);
        var rows = Unlimited(Seen(viewer), viewer).Where(s => s.Visibility == Visibility.Public && s.CardId != null && db.PreviewCards.Any(c => c.Id == s.CardId && c.UrlHash == hash));
        return paging.CutAsync(Refs(Narrow(rows, wish)), r => r.Id, ct);
    }

    private IQueryable<Status> Seen(Viewer viewer) => db.Statuses.VisibleTo(viewer, db).NotMutedBy(viewer, db);

    // Ordered by the place in the home, not by the post: a page is read off the index, however long the home.
    private static IQueryable<StatusRef> Held(IQueryable<Place> places) => places.Select(p => new StatusRef { Id = p.Entry.StatusId, BoostOf = p.Status.BoostOf });

    private static IQueryable<StatusRef> Refs(IQueryable<Status> rows) => StatusReader.Refs(rows);

    private IQueryable<Status> Unlimited(IQueryable<Status> rows, Viewer viewer) => rows.NotLimitedFor(viewer, db);

    private static IQueryable<Status> Narrow(IQueryable<Status> rows, TimelineWish wish)
    {
        if (wish.Local) rows = rows.Where(s => s.IsLocal);
        if (wish.Remote) rows = rows.Where(s => !s.IsLocal);
        return wish.OnlyMedia ? rows.Where(s => s.HasMedia) : rows;
    }

    private sealed class Place
    {
        public required HomeEntry Entry { get; init; }

        public required Status Status { get; init; }
    }
}
