using System.Text.Json;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Finds out for whom among the listeners something is, and renders it once for each. Who may see a post is asked for all of them at once
/// (<see cref="SightOfMany"/>), and blocks, mutes, filters and languages apply before anything is sent.
/// </summary>
internal sealed class StreamNews(SocialDb db, StatusReader reader, NoticeReader notices, AccountReader accounts)
{
    public async Task StatusAsync(string kind, Id<Status> id, IReadOnlyCollection<StreamListener> listeners, CancellationToken ct)
    {
        var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == id, ct);
        if (kind == "delete" && status is not null) await DeleteAsync(status, listeners, ct);
        if (kind == "delete" || status is not { DeletedAt: null }) return;
        var places = await PlacesAsync(status, listeners, ct);
        if (places.Count == 0) return;
        var seen = (await db.WhoSeesAsync(id, [.. places.Keys.Select(l => l.Viewer).Distinct()], ct)).ToHashSet();
        var muting = await MutingAsync(status, [.. seen.Where(v => v.Me is not null).Select(v => v.Me!.Value)], ct);
        foreach (var reading in places.Where(p => seen.Contains(p.Key.Viewer) && !(p.Key.Viewer.Me is { } me && muting.Contains(me))).GroupBy(p => p.Key.Viewer))
            await SendAsync(kind, id, status, reading, ct);
    }

    // A bare id, to those to whom it may have been shown.
    private async Task DeleteAsync(Status status, IReadOnlyCollection<StreamListener> listeners, CancellationToken ct)
    {
        List<Id<Account>> readers = [.. listeners.Where(l => l.Viewer.Me is not null).Select(l => l.Viewer.Me!.Value).Distinct()];
        var (id, author, direct) = (status.Id, status.AccountId, status.Visibility == Visibility.Direct);
        var held = (await db.Accounts.Where(a => readers.Contains(a.Id)
                && (a.Id == author || db.Mentions.Any(m => m.StatusId == id && m.AccountId == a.Id) || (!direct && db.Follows.Any(f => f.AccountId == a.Id && f.TargetId == author && f.State == FollowState.Accepted))))
            .Select(a => a.Id).ToListAsync(ct)).ToHashSet();
        foreach (var (listener, streams) in Places(status, listeners, held, []))
            foreach (var stream in streams.Where(s => s.Name != "direct")) listener.Send(new(stream.Path, "delete", id.ToString()));
    }

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
    private async Task<Dictionary<StreamListener, List<StreamName>>> PlacesAsync(Status status, IReadOnlyCollection<StreamListener> listeners, CancellationToken ct)
    {
        var homes = await HomesAsync(status, listeners, ct);
        var limited = status.Visibility == Visibility.Public && await db.Accounts.AnyAsync(a => a.Id == status.AccountId && a.Standing == AccountStanding.Limited, ct);
        return Places(status, listeners, homes.Homes, homes.Lists, limited);
    }

    private static Dictionary<StreamListener, List<StreamName>> Places(Status status, IReadOnlyCollection<StreamListener> listeners, HashSet<Id<Account>> homes, HashSet<string> lists, bool limited = false)
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
                    "list" => lists.Contains(stream.Parameter!),
                    "direct" => status.Visibility == Visibility.Direct && listener.Viewer.Me is not null,
                    "hashtag" or "hashtag:local" => tags.Contains(stream.Parameter!) && (stream.Name == "hashtag" || status.IsLocal),
                    _ when stream.Name.StartsWith("public", StringComparison.Ordinal) => isPublic && (!stream.Name.Contains(":local", StringComparison.Ordinal) || status.IsLocal)
                        && (!stream.Name.Contains(":remote", StringComparison.Ordinal) || !status.IsLocal) && (!stream.Name.EndsWith(":media", StringComparison.Ordinal) || status.HasMedia),
                    _ => false,
                };
                if (here) Add(listener, stream);
            }

        return places;
    }

    private async Task<(HashSet<Id<Account>> Homes, HashSet<string> Lists)> HomesAsync(Status status, IReadOnlyCollection<StreamListener> listeners, CancellationToken ct)
    {
        List<Id<Account>> readers = [.. listeners.Where(l => l.Viewer.Me is not null && l.Streams.Any(s => s.Name is "user" or "list")).Select(l => l.Viewer.Me!.Value).Distinct()];
        if (readers.Count == 0) return ([], []);
        var entries = await db.HomeEntries.Where(h => h.StatusId == status.Id && readers.Contains(h.OwnerId)).Select(h => new { h.OwnerId, h.InHome }).ToListAsync(ct);
        List<Id<PeopleList>> wanted = [.. listeners.SelectMany(l => l.On("list")).Select(s => Id<PeopleList>.TryParse(s.Parameter, null, out var id) ? id : default).Distinct()];
        List<Id<Account>> owners = [.. entries.Select(e => e.OwnerId)];
        var lists = wanted.Count == 0 ? [] : await db.ListMembers.Where(m => wanted.Contains(m.ListId) && m.AccountId == status.AccountId && db.Lists.Any(l => l.Id == m.ListId && owners.Contains(l.AccountId)))
            .Select(m => m.ListId).ToListAsync(ct);
        return ([.. entries.Where(e => e.InHome).Select(e => e.OwnerId)], [.. lists.Select(l => l.ToString())]);
    }

    private async Task<HashSet<Id<Account>>> MutingAsync(Status status, List<Id<Account>> readers, CancellationToken ct)
    {
        if (readers.Count == 0) return [];
        var (now, author) = (db.Now, status.AccountId);
        var original = status.BoostOf is { } id ? await db.Statuses.Where(s => s.Id == id).Select(s => (Id<Account>?)s.AccountId).FirstOrDefaultAsync(ct) : null;
        return [.. await db.Mutes.Where(m => readers.Contains(m.AccountId) && (m.TargetId == author || m.TargetId == original) && (m.ExpiresAt == null || m.ExpiresAt > now)).Select(m => m.AccountId).ToListAsync(ct)];
    }

    private async Task SendAsync(string kind, Id<Status> id, Status status, IGrouping<Viewer, KeyValuePair<StreamListener, List<StreamName>>> reading, CancellationToken ct)
    {
        foreach (var group in reading.SelectMany(r => r.Value.Select(s => (Listener: r.Key, Stream: s))).GroupBy(s => s.Stream.Name is "user" or "list" ? "home" : "public"))
        {
            if (await reader.ByIdAsync([id], reading.Key, ct, group.Key) is not [var entity]) continue;
            var payload = JsonSerializer.Serialize(entity, MastodonJson.Options);
            string? conversation = null;
            foreach (var (listener, stream) in group)
                if (stream.Name != "direct") listener.Send(new(stream.Path, kind, payload));
                else if (kind == "update" && (conversation ??= await ConversationAsync(status, reading.Key, ct)) is { } talk) listener.Send(new(stream.Path, "conversation", talk));
        }
    }

    private async Task<string?> ConversationAsync(Status status, Viewer viewer, CancellationToken ct)
    {
        var row = await db.Conversations.FirstOrDefaultAsync(c => c.AccountId == viewer.Me && c.ConversationId == status.ConversationId, ct);
        return row is null ? null : JsonSerializer.Serialize((await MineRoutes.EntitiesAsync([row], viewer, reader, accounts, ct))[0], MastodonJson.Options);
    }
}
