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
        if (kind == "delete")
        {
            // A bare id: it tells nothing of what it was, and goes to whoever may hold it.
            foreach (var listener in listeners)
                foreach (var stream in listener.Streams.Where(s => s.Name is not ("user:notification" or "direct"))) listener.Send(new(stream.Path, "delete", id.ToString()));
            return;
        }

        var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == id && s.DeletedAt == null, ct);
        if (status is null) return;
        var places = await PlacesAsync(status, listeners, ct);
        if (places.Count == 0) return;
        var seen = (await db.WhoSeesAsync(id, [.. places.Keys.Select(l => l.Viewer).Distinct()], ct)).ToHashSet();
        var muting = await MutingAsync(status, [.. seen.Where(v => v.Me is not null).Select(v => v.Me!.Value)], ct);
        foreach (var reading in places.Where(p => seen.Contains(p.Key.Viewer) && !(p.Key.Viewer.Me is { } me && muting.Contains(me))).GroupBy(p => p.Key.Viewer))
            await SendAsync(kind, id, status, reading, ct);
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
        var places = new Dictionary<StreamListener, List<StreamName>>();
        void Add(StreamListener listener, StreamName stream) => (places.TryGetValue(listener, out var held) ? held : places[listener] = []).Add(stream);

        var isPublic = status is { Visibility: Visibility.Public, Kind: StatusKind.Note } && (status.InReplyTo is null || status.InReplyToAccount == status.AccountId);
        var tags = status is { Visibility: Visibility.Public, Kind: StatusKind.Note } ? status.Document.Tags.Select(t => t.Name).ToHashSet() : [];
        var homes = await HomesAsync(status, listeners, ct);
        foreach (var listener in listeners)
            foreach (var stream in listener.Streams)
            {
                var here = stream.Name switch
                {
                    "user" => listener.Viewer.Me is { } me && homes.Homes.Contains(me),
                    "list" => homes.Lists.Contains(stream.Parameter!),
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
