using System.Text.Json;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Finds out for whom among the listeners something is, and renders it once for all who see it alike. Who may see a post is asked for all of them
/// at once (<see cref="SightOfMany"/>), and blocks, mutes, filters and languages apply before anything is sent: however many listen, a post costs
/// the same few statements. To whom the house shows its open timelines is asked anew for every post.
/// </summary>
internal sealed class StreamNews(SocialDb db, StatusReader reader, NoticeReader notices, AccountReader accounts, TimelineAccess access)
{
    /// <param name="late">Where the batch of followers begins whose homes have it only now, and where it ends.</param>
    public async Task StatusAsync(string kind, Id<Status> id, IReadOnlyCollection<StreamListener> listeners, CancellationToken ct, (Id<Follow> After, Id<Follow> Until)? late = null)
    {
        var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == id, ct);
        if (kind == "delete" && status is not null) await DeleteAsync(status, listeners, ct);
        if (kind == "delete" || status is not { DeletedAt: null }) return;
        var places = await PlacesAsync(status, listeners, late, ct);
        if (places.Count == 0) return;
        var seen = (await db.WhoSeesAsync(id, [.. places.Keys.Select(l => l.Viewer).Distinct()], ct)).ToHashSet();
        var muting = await MutingAsync(status, [.. seen.Where(v => v.Me is not null).Select(v => v.Me!.Value)], ct);
        var sent = places.Where(p => seen.Contains(p.Key.Viewer) && !(p.Key.Viewer.Me is { } me && muting.Contains(me))).SelectMany(p => p.Value.Select(s => (Listener: p.Key, Stream: s)));
        foreach (var context in sent.GroupBy(s => s.Stream.Name is "user" or "list" ? "home" : "public")) await SendAsync(late is null ? kind : "update", status, context, ct);
    }

    // A bare id, to those to whom it may have been shown. Their homes have let go of it already: what put it there is asked again.
    private async Task DeleteAsync(Status status, IReadOnlyCollection<StreamListener> listeners, CancellationToken ct)
    {
        List<Id<Account>> readers = [.. listeners.Where(l => l.Viewer.Me is not null).Select(l => l.Viewer.Me!.Value).Distinct()];
        var (id, author) = (status.Id, status.AccountId);
        var held = (await db.Accounts.Where(a => readers.Contains(a.Id) && (a.Id == author || db.Mentions.Any(m => m.StatusId == id && m.AccountId == a.Id))).Select(a => a.Id)
            .Concat(ByHome(status, readers)).ToListAsync(ct)).ToHashSet();
        var wanted = Wanted(listeners);
        var lists = wanted.Count == 0 ? [] : await db.ListMembers.Where(m => wanted.Contains(m.ListId) && (m.AccountId == author || db.Statuses.Any(b => b.BoostOf == id && b.AccountId == m.AccountId))
                && db.Lists.Any(l => l.Id == m.ListId && held.Contains(l.AccountId)))
            .Select(m => m.ListId).Distinct().ToListAsync(ct);
        foreach (var (listener, streams) in Places(status, listeners, held, [.. lists.Select(l => l.ToString())]))
            foreach (var stream in streams.Where(s => s.Name != "direct")) listener.Send(new(stream.Path, "delete", id.ToString()));
    }

    // Who had it by following its author, somebody who boosted it or one of its tags, or as a member of its group.
    private IQueryable<Id<Account>> ByHome(Status status, List<Id<Account>> readers)
    {
        var (id, author) = (status.Id, status.AccountId);
        if (status is { Visibility: Visibility.Group, GroupId: { } group })
        {
            var principal = Principal.Of(group);
            return db.Accounts.Where(a => readers.Contains(a.Id) && db.PrincipalMembers.Any(p => p.Principal == principal && p.MemberId == a.MemberId)).Select(a => a.Id);
        }

        if (status.Visibility == Visibility.Direct) return db.Accounts.Where(_ => false).Select(a => a.Id);
        List<string> tags = status is { Visibility: Visibility.Public, Kind: StatusKind.Note } ? [.. status.Document.Tags.Select(t => t.Name)] : [];
        return db.Follows.Where(f => readers.Contains(f.AccountId) && f.State == FollowState.Accepted && (f.TargetId == author || db.Statuses.Any(b => b.BoostOf == id && b.AccountId == f.TargetId))).Select(f => f.AccountId)
            .Concat(db.TagFollows.Where(t => readers.Contains(t.AccountId) && db.Hashtags.Any(h => h.Id == t.TagId && tags.Contains(h.Name))).Select(t => t.AccountId));
    }

    private static List<Id<PeopleList>> Wanted(IReadOnlyCollection<StreamListener> listeners) =>
        [.. listeners.SelectMany(l => l.On("list")).Select(s => Id<PeopleList>.TryParse(s.Parameter, null, out var id) ? id : default).Distinct()];

    public async Task NoticeAsync(Id<Notice> id, Id<Account> account, IReadOnlyCollection<StreamListener> listeners, CancellationToken ct)
    {
        var mine = listeners.Where(l => l.Viewer.Me == account && l.Streams.Any(s => s.Name is "user" or "user:notification")).ToList();
        if (mine.Count == 0 || await db.Notices.FirstOrDefaultAsync(n => n.Id == id && !n.Filtered && n.DismissedAt == null, ct) is not { } notice) return;
        foreach (var reading in mine.GroupBy(l => l.Viewer))
        {
            if (await notices.EntitiesAsync([notice], reading.Key, ct) is not [var entity]) continue;
            var payload = JsonSerializer.Serialize(entity, MastodonJson.Options);
            foreach (var listener in reading)
                foreach (var stream in listener.Streams.Where(s => s.Name is "user" or "user:notification"))
                    if (listener.Viewer.Actor.HasScope("read:notifications")) listener.Send(new(stream.Path, "notification", payload));
        }
    }

    // Which of each listener's streams it belongs to.
    private async Task<Dictionary<StreamListener, List<StreamName>>> PlacesAsync(
        Status status, IReadOnlyCollection<StreamListener> listeners, (Id<Follow> After, Id<Follow> Until)? late, CancellationToken ct)
    {
        var homes = await HomesAsync(status, listeners, late, ct);
        var limited = status.Visibility == Visibility.Public && await db.Accounts.AnyAsync(a => a.Id == status.AccountId && a.Standing == AccountStanding.Limited, ct);
        var places = Places(status, listeners, homes.Homes, homes.Lists, limited, await access.NowAsync(ct));
        if (late is null) return places;
        // The other streams had it when it was posted.
        return places.Select(p => (p.Key, Streams: p.Value.Where(s => s.Name is "user" or "list").ToList())).Where(p => p.Streams.Count > 0).ToDictionary(p => p.Key, p => p.Streams);
    }

    private static Dictionary<StreamListener, List<StreamName>> Places(Status status, IReadOnlyCollection<StreamListener> listeners, HashSet<Id<Account>> homes, HashSet<string> lists, bool limited = false, OpenFeeds? shows = null)
    {
        var places = new Dictionary<StreamListener, List<StreamName>>();
        void Add(StreamListener listener, StreamName stream) => (places.TryGetValue(listener, out var held) ? held : places[listener] = []).Add(stream);

        var isPublic = !limited && status is { Visibility: Visibility.Public, Kind: StatusKind.Note } && (status.InReplyTo is null || status.InReplyToAccount == status.AccountId);
        var tags = !limited && status is { Visibility: Visibility.Public, Kind: StatusKind.Note } ? status.Document.Tags.Select(t => t.Name).ToHashSet() : [];
        foreach (var listener in listeners)
            foreach (var stream in listener.Streams)
            {
                var here = stream.Name switch
                {
                    "user" => listener.Viewer.Me is { } me && homes.Contains(me),
                    "list" => status.Visibility != Visibility.Direct && lists.Contains(stream.Parameter!),
                    "direct" => status.Visibility == Visibility.Direct && listener.Viewer.Me is not null,
                    "hashtag" or "hashtag:local" => tags.Contains(stream.Parameter!) && (stream.Name == "hashtag" || status.IsLocal),
                    _ when stream.Name.StartsWith("public", StringComparison.Ordinal) => isPublic && (!stream.Name.Contains(":local", StringComparison.Ordinal) || status.IsLocal)
                        && (!stream.Name.Contains(":remote", StringComparison.Ordinal) || !status.IsLocal) && (!stream.Name.EndsWith(":media", StringComparison.Ordinal) || status.HasMedia),
                    _ => false,
                };
                if (here && (shows is null || stream.Feed is not { } feed || shows(feed, status.IsLocal, listener.Viewer))) Add(listener, stream);
            }

        return places;
    }

    private async Task<(HashSet<Id<Account>> Homes, HashSet<string> Lists)> HomesAsync(
        Status status, IReadOnlyCollection<StreamListener> listeners, (Id<Follow> After, Id<Follow> Until)? late, CancellationToken ct)
    {
        List<Id<Account>> readers = [.. listeners.Where(l => l.Viewer.Me is not null && l.Streams.Any(s => s.Name is "user" or "list")).Select(l => l.Viewer.Me!.Value).Distinct()];
        if (readers.Count == 0) return ([], []);
        var held = db.HomeEntries.Where(h => h.StatusId == status.Id && readers.Contains(h.OwnerId));
        if (late is var (after, until)) held = held.Where(h => h.Reason != HomeReason.Own && db.Follows.Any(f => f.TargetId == status.AccountId && f.AccountId == h.OwnerId && f.Id > after && f.Id <= until));
        var entries = await held.Select(h => new { h.OwnerId, h.InHome }).ToListAsync(ct);
        var wanted = Wanted(listeners);
        List<Id<Account>> owners = [.. entries.Select(e => e.OwnerId)];
        var (author, answered) = (status.AccountId, status.InReplyToAccount);
        var elsewhere = status.InReplyTo is not null && answered != author;
        var lists = wanted.Count == 0 ? [] : await db.ListMembers.Where(m => wanted.Contains(m.ListId) && m.AccountId == author && db.Lists.Any(l => l.Id == m.ListId && owners.Contains(l.AccountId)
                && (!elsewhere || l.Replies == RepliesPolicy.Followed
                    || (l.Replies == RepliesPolicy.List && (l.AccountId == answered || db.ListMembers.Any(o => o.ListId == l.Id && o.AccountId == answered))))))
            .Select(m => m.ListId).ToListAsync(ct);
        return ([.. entries.Where(e => e.InHome).Select(e => e.OwnerId)], [.. lists.Select(l => l.ToString())]);
    }

    private async Task<HashSet<Id<Account>>> MutingAsync(Status status, List<Id<Account>> readers, CancellationToken ct)
    {
        if (readers.Count == 0) return [];
        var (now, author) = (db.Now, status.AccountId);
        var original = status.BoostOf is { } id ? await db.Statuses.Where(s => s.Id == id).Select(s => (Id<Account>?)s.AccountId).FirstOrDefaultAsync(ct) : null;
        var muting = db.Mutes.Where(m => readers.Contains(m.AccountId) && (m.TargetId == author || m.TargetId == original) && (m.ExpiresAt == null || m.ExpiresAt > now)).Select(m => m.AccountId);
        var blocking = db.UserDomainBlocks.Where(d => readers.Contains(d.AccountId) && db.Accounts.Any(a => (a.Id == author || a.Id == original) && a.Domain == d.Domain)).Select(d => d.AccountId);
        return [.. await muting.Concat(blocking).ToListAsync(ct)];
    }

    private async Task SendAsync(string kind, Status status, IGrouping<string, (StreamListener Listener, StreamName Stream)> places, CancellationToken ct)
    {
        var shown = await reader.ForManyAsync(status.Id, [.. places.Select(p => p.Listener.Viewer).Distinct()], places.Key, ct);
        var frames = new Dictionary<(StatusEntity, string), StreamFrame>();
        foreach (var (listener, stream) in places)
        {
            if (!shown.TryGetValue(listener.Viewer, out var entity)) continue;
            if (stream.Name == "direct")
            {
                if (kind == "update" && await ConversationAsync(status, listener.Viewer, ct) is { } talk) listener.Send(new(stream.Path, "conversation", talk));
                continue;
            }

            var key = (entity, string.Join('\n', stream.Path));
            if (!frames.TryGetValue(key, out var frame)) frames[key] = frame = new(stream.Path, kind, JsonSerializer.Serialize(entity, MastodonJson.Options));
            listener.Send(frame);
        }
    }

    private async Task<string?> ConversationAsync(Status status, Viewer viewer, CancellationToken ct)
    {
        var row = await db.Conversations.FirstOrDefaultAsync(c => c.AccountId == viewer.Me && c.ConversationId == status.ConversationId, ct);
        return row is null ? null : JsonSerializer.Serialize((await MineRoutes.EntitiesAsync([row], viewer, reader, accounts, ct))[0], MastodonJson.Options);
    }
}
