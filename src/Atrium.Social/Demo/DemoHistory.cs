using System.Globalization;
using System.Text.RegularExpressions;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Group = Atrium.Kernel.Group;

namespace Atrium.Social;

/// <summary>
/// Half a year of what sixty people said before anybody looked: posts, threads, boosts, likes and polls, always the same. Written in batches and past
/// the use cases, since nobody is told of what is long ago.
/// </summary>
internal sealed partial class DemoHistory(SocialDb db, IMembers members, IGroups groups, LocalAccounts locals, IndexStatus index, Recount recount) : IDemoData
{
    private const int Posts = 2970;
    private const int Batch = 330;
    private const double From = 180 * 24;
    private const double Until = 15 * 24;

    private readonly Random _random = new(1905);
    private readonly List<(Status Status, StatusStats Stats)> _open = [];
    private readonly HashSet<(Id<Account>, Id<Status>)> _boosted = [];
    private readonly Dictionary<string, Hashtag> _tags = new(StringComparer.Ordinal);
    private Id<Status> _last;

    public int Order => 21;

    public async Task FillAsync(CancellationToken ct)
    {
        var before = new Id<Status>(IdClock.FloorAt(db.Now.AddDays(-14)));
        if (await db.Statuses.AnyAsync(s => s.Id < before, ct)) return;
        var all = await members.SearchAsync("", 100, ct);
        if (all.Count < 50) return;
        var ids = await locals.OfAsync([.. all.Select(m => m.Id)], ct);
        List<Id<Account>> wanted = [.. ids.Values];
        var people = await db.Accounts.Where(a => wanted.Contains(a.Id)).OrderBy(a => a.Username).ToListAsync(ct);
        await MeetAsync(people, ct);
        var rooms = await RoomsAsync(people, ct);
        foreach (var tag in await db.Hashtags.ToListAsync(ct)) _tags[tag.Name] = tag;
        for (var done = 0; done < Posts; done += Batch)
        {
            var (from, many) = (done, Math.Min(Batch, Posts - done));
            await db.WriteAsync(token => WriteAsync(from, many, people, rooms, token), ct);
            db.ChangeTracker.Clear();
            // Whoever looks at the house meanwhile comes first.
            await Task.Delay(20, ct);
        }

        await db.WriteAsync(token => recount.AccountsAsync(wanted, token), ct);
    }

    // Everybody follows some, and is followed back by chance.
    private async Task MeetAsync(List<Account> people, CancellationToken ct) => await db.WriteAsync(
        async token =>
        {
            var known = (await db.Follows.Select(f => new { f.AccountId, f.TargetId }).ToListAsync(token)).Select(f => (f.AccountId, f.TargetId)).ToHashSet();
            var since = db.Now.AddHours(-From);
            foreach (var one in people)
                for (var i = 0; i < 7; i++)
                    if (Any(people) is { } other && other.Id != one.Id && known.Add((one.Id, other.Id)))
                    {
                        db.Follows.Add(new() { AccountId = one.Id, TargetId = other.Id, State = FollowState.Accepted, CreatedAt = since, Uri = $"{one.Uri}/follows/{other.Id}" });
                        await Audiences.JoinFollowersAsync(db, one.MemberId!.Value, other, token);
                    }
        },
        ct);

    private async Task<List<(Id<Group> Group, List<Account> People)>> RoomsAsync(List<Account> people, CancellationToken ct)
    {
        var held = new Dictionary<Id<Group>, List<Account>>();
        foreach (var one in people)
            foreach (var group in await groups.OfMemberAsync(one.MemberId!.Value, ct)) (held.TryGetValue(group.Id, out var inside) ? inside : held[group.Id] = []).Add(one);
        foreach (var group in held.Keys) await db.WriteAsync(token => Audiences.GrantAsync(db, new(group.Value), [Principal.Of(group)], token), ct);
        return [.. held.OrderBy(g => g.Key.Value).Select(g => (g.Key, g.Value))];
    }

    private async Task WriteAsync(int from, int many, List<Account> people, List<(Id<Group> Group, List<Account> People)> rooms, CancellationToken ct)
    {
        List<Id<Status>> made = [];
        // Looked through once, at the end.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        for (var at = from; at < from + many; at++)
        {
            var hours = From - ((From - Until) * at / Posts) - (_random.NextDouble() * 0.4);
            var status = _random.Next(100) switch
            {
                < 14 when _open.Count > 0 => Boost(people, hours),
                < 48 when _open.Count > 0 => Answer(people, hours),
                _ => Said(people, rooms, hours),
            };
            made.Add(status.Id);
        }

        db.ChangeTracker.AutoDetectChangesEnabled = true;
        await db.SaveChangesAsync(ct);
        await HomesAsync(made[0], made[^1], ct);
        await index.IndexAsync(made, ct);
    }

    private Status Said(List<Account> people, List<(Id<Group> Group, List<Account> People)> rooms, double hours)
    {
        var (tag, lines) = Any(DemoWords.Topics);
        var room = _random.Next(20) == 0 && rooms.Count > 0 ? Any(rooms) : default;
        var visibility = room.People is not null ? Visibility.Group : _random.Next(5) == 0 ? Visibility.Members : Visibility.Public;
        var poll = _random.Next(45) == 0 ? Any(DemoWords.Polls) : default;
        var text = (poll.Asks ?? Filled(Any(lines))) + (visibility == Visibility.Public ? $" #{tag}" : "");
        var (status, stats) = Add(Any(room.People ?? people), text, hours, visibility, room.People is null ? null : room.Group, null);
        if (visibility == Visibility.Public) Tag(status, tag);
        if (poll.Asks is not null) Ask(status, poll.Answers, room.People ?? people);
        Like(status, stats, room.People ?? people);
        return status;
    }

    private Status Answer(List<Account> people, double hours)
    {
        var (parent, stats) = _open[^(1 + _random.Next(Math.Min(_open.Count, 40)))];
        var (status, own) = Add(Any(people), $"@{people.Find(p => p.Id == parent.AccountId)!.Username} {Filled(Any(DemoWords.Answers))}", hours, parent.Visibility, null, parent);
        stats.Replies++;
        // What was saved before is known to the database, not to the context.
        if (db.Entry(stats).State == EntityState.Detached) db.Update(stats);
        Like(status, own, people);
        return status;
    }

    private Status Boost(List<Account> people, double hours)
    {
        var (original, stats) = _open[^(1 + _random.Next(Math.Min(_open.Count, 60)))];
        var by = Any(people);
        var id = Next(hours);
        if (original.Visibility != Visibility.Public || by.Id == original.AccountId || !_boosted.Add((by.Id, original.Id))) return Add(by, Filled(Any(Any(DemoWords.Topics).Lines)), hours, Visibility.Public, null, null).Status;
        var status = new Status
        {
            Id = id, AccountId = by.Id, WrittenBy = by.MemberId, Kind = StatusKind.Boost, BoostOf = original.Id, Uri = $"{by.Uri}/statuses/{id}/activity", Url = original.Url, CreatedAt = db.Now.AddHours(-hours),
            Visibility = Visibility.Public, Audience = Audience.Public, ConversationId = new(id.Value), ThreadRoot = id, Language = "en",
        };
        db.Statuses.Add(status);
        db.StatusStats.Add(new() { StatusId = id });
        stats.Boosts++;
        if (db.Entry(stats).State == EntityState.Detached) db.Update(stats);
        return status;
    }

    private (Status Status, StatusStats Stats) Add(Account by, string text, double hours, Visibility visibility, Id<Group>? group, Status? parent)
    {
        var id = Next(hours);
        var rendered = PostText.Render(text, TextFormat.Plain, new Dictionary<string, string>());
        var status = new Status
        {
            Id = id, AccountId = by.Id, WrittenBy = by.MemberId, Uri = $"{by.Uri}/statuses/{id}", Url = $"{by.Url}/{id}", CreatedAt = db.Now.AddHours(-hours), Visibility = visibility, GroupId = group,
            Audience = visibility switch { Visibility.Members => Audience.Members, Visibility.Group => new(group!.Value.Value), _ => Audience.Public },
            InReplyTo = parent?.Id, InReplyToAccount = parent?.AccountId, ConversationId = parent?.ConversationId ?? new(id.Value), ThreadRoot = parent?.ThreadRoot ?? id, Source = text, Html = rendered.Html, Plain = rendered.Plain, Language = "en",
            QuotePolicy = visibility == Visibility.Public ? QuotePolicy.Public : QuotePolicy.Nobody,
        };
        var stats = new StatusStats { StatusId = id };
        db.Statuses.Add(status);
        db.StatusStats.Add(stats);
        if (visibility is Visibility.Public or Visibility.Members) _open.Add((status, stats));
        return (status, stats);
    }

    private void Like(Status status, StatusStats liked, List<Account> people)
    {
        foreach (var who in people.OrderBy(_ => _random.Next()).Take(_random.Next(6)).Where(p => p.Id != status.AccountId))
        {
            db.Favourites.Add(new() { AccountId = who.Id, StatusId = status.Id });
            liked.Favourites++;
        }
    }

    private void Tag(Status status, string name)
    {
        if (!_tags.TryGetValue(name, out var tag))
        {
            _tags[name] = tag = new() { Name = name, Display = name };
            db.Hashtags.Add(tag);
        }

        db.StatusTags.Add(new() { TagId = tag.Id, StatusId = status.Id, AccountId = status.AccountId });
        status.Document = status.Document with { Tags = Documents.Tags([name]) };
    }

    private void Ask(Status status, string[] answers, List<Account> people)
    {
        var poll = new Poll { StatusId = status.Id, ExpiresAt = status.CreatedAt.AddDays(3), ClosedAt = status.CreatedAt.AddDays(3) };
        var votes = people.Where(p => p.Id != status.AccountId && _random.Next(3) == 0).Select(p => new PollVote { PollId = poll.Id, AccountId = p.Id, Choice = _random.Next(answers.Length), Single = true }).ToList();
        poll.Voters = votes.Count;
        db.Polls.Add(poll);
        db.PollOptions.AddRange(answers.Select((title, at) => new PollOption { PollId = poll.Id, Index = at, Title = title, Votes = votes.Count(v => v.Choice == at) }));
        db.PollVotes.AddRange(votes);
        status.PollId = poll.Id;
    }

    // Each in its author's home, and in those of who follows them; what is for a group is in its members'.
    private Task HomesAsync(Id<Status> first, Id<Status> last, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(
        """
        INSERT INTO social_home_entry (owner_id, status_id, original_id, via_account_id, reason, in_home)
        SELECT account_id, id, COALESCE(boost_of, id), account_id, 'Own', TRUE FROM social_status WHERE id >= {0} AND id <= {1}
        UNION ALL
        SELECT f.account_id, s.id, COALESCE(s.boost_of, s.id), s.account_id, CASE WHEN s.boost_of IS NULL THEN 'Follow' ELSE 'Boost' END, TRUE
        FROM social_status s JOIN social_follow f ON f.target_id = s.account_id
        WHERE s.id >= {0} AND s.id <= {1} AND f.state = 'Accepted' AND s.visibility <> 'Group' AND s.in_reply_to IS NULL
        ON CONFLICT DO NOTHING
        """, [first.Value, last.Value], ct);

    private Id<Status> Next(double hours)
    {
        var id = new Id<Status>(IdClock.FloorAt(db.Now.AddHours(-hours)));
        return _last = id > _last ? id : new(_last.Value + 1);
    }

    private T Any<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private string Filled(string line)
    {
        var text = Gap().Replace(line, gap => Any(DemoWords.Fills[gap.Groups["name"].Value]));
        return char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Gap();
}
