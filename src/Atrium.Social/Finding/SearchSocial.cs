using System.Globalization;
using System.Text.RegularExpressions;
using Atrium.Kernel;
using Atrium.Kernel.Search;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <param name="Resolve">Asks other servers for a handle or address that is unknown here.</param>
internal sealed record SearchWish(string Text, string? Type, Id<Account>? Account, bool Following, int Limit, int Offset, bool Resolve = false);

internal sealed record SearchEntity(IReadOnlyList<AccountEntity> Accounts, IReadOnlyList<StatusEntity> Statuses, IReadOnlyList<TagEntity> Hashtags);

/// <summary>
/// Finds people, posts and tags. A post is found by who sees it, if it is their own, mentions them, is liked or kept by them, or its author lets
/// public posts be found.
/// </summary>
internal sealed partial class SearchSocial(SocialDb db, ISearch search, AccountReader accounts, StatusReader statuses, TagReader tags, ResolveRemote remote, Kernel.Http.HouseAddress house)
{
    private const int MostRanked = 400;
    private const int RankedAtOnce = 50;

    public async Task<SearchEntity> FindAsync(SearchWish wish, Viewer viewer, CancellationToken ct)
    {
        var text = wish.Text.Trim();
        if (text.Length == 0) return new([], [], []);
        // An address of ours leads to what lies there.
        if (text.StartsWith(house.Root + "/", StringComparison.Ordinal)) return await AtAsync(text[house.Root.Length..], viewer, ct);
        if (wish.Resolve && viewer.Me is not null && await remote.FindAsync(text, ct) is { } found)
            return new(found.Account is { } account ? await accounts.ByIdAsync([account], ct) : [], found.Status is { } status ? await statuses.ByIdAsync([status], viewer, ct) : [], []);
        return new(
            wish.Type is null or "accounts" ? await AccountsAsync(wish, viewer, ct) : [],
            wish.Type is null or "statuses" ? await StatusesAsync(wish, viewer, ct) : [],
            wish.Type is null or "hashtags" ? await TagsAsync(wish, viewer, ct) : []);
    }

    /// <summary>
    /// People whose handle begins like this, or whose name holds it: exactly that handle first, those of the house before others; then whom the
    /// reader follows, then the rest. Who does not want to be suggested is found by their handle alone, and by those who follow them.
    /// </summary>
    public async Task<IReadOnlyList<AccountEntity>> AccountsAsync(SearchWish wish, Viewer viewer, CancellationToken ct)
    {
        var name = wish.Text.Trim().TrimStart('@').ToLowerInvariant();
        var own = new Uri(house.Root).Authority;
        if (name.EndsWith("@" + own, StringComparison.Ordinal)) name = name[..^(own.Length + 1)];
        var (user, domain) = name.Split('@', 2) is [var u, var d] ? (u, d) : (name, null);
        if (user.Length == 0) return [];
        var begin = Like(user) + "%";
        var inside = "%" + Like(Folding.Fold(user)) + "%";
        var reading = viewer.Me;
        var followed = db.Follows.Where(f => f.AccountId == reading && f.State == FollowState.Accepted).Select(f => f.TargetId);
        var rows = db.Accounts.Where(a => a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Memorial
                || (a.Standing == AccountStanding.Limited && (a.UsernameFolded == user || followed.Contains(a.Id))))
            .Where(a => EF.Functions.Like(a.UsernameFolded, begin, "!") || EF.Functions.Like(a.SearchText, inside, "!"))
            .Where(a => a.Discoverable || a.UsernameFolded == user || a.Id == reading || followed.Contains(a.Id));
        if (viewer.Me is { } reader)
            // Whom one blocked oneself, or with their server, is found by the exact name, to be unblocked.
            rows = rows.Where(a => !db.Blocks.Any(b => b.AccountId == a.Id && b.TargetId == reader) && (a.UsernameFolded == user
                || !(db.Blocks.Any(b => b.AccountId == reader && b.TargetId == a.Id) || db.UserDomainBlocks.Any(d => d.AccountId == reader && d.Domain == a.Domain))));
        if (domain is not null) rows = rows.Where(a => a.Domain.StartsWith(domain));
        if (wish.Following && viewer.Me is not null) rows = rows.Where(a => followed.Contains(a.Id));
        var ids = await rows.OrderBy(a => a.UsernameFolded == user && a.Domain == "" ? 0 : a.UsernameFolded == user ? 1
                : followed.Contains(a.Id) ? 2 : 3)
            .ThenBy(a => a.UsernameFolded).ThenBy(a => a.Domain)
            .Skip(wish.Offset).Take(wish.Limit).Select(a => a.Id).ToListAsync(ct);
        return await accounts.ByIdAsync(ids, ct);
    }

    private async Task<IReadOnlyList<TagEntity>> TagsAsync(SearchWish wish, Viewer viewer, CancellationToken ct)
    {
        var key = PostText.TagKey(wish.Text.Trim().TrimStart('#'));
        if (key.Length == 0 || key.Contains(' ', StringComparison.Ordinal)) return [];
        var begin = Like(key) + "%";
        // Only those that somebody used for everyone to see.
        var open = db.Statuses.VisibleTo(viewer, db).NotLimitedFor(viewer, db).Where(p => p.Visibility == Visibility.Public);
        var names = await db.Hashtags.Where(t => EF.Functions.Like(t.Name, begin, "!") && db.StatusTags.Any(s => s.TagId == t.Id && open.Any(p => p.Id == s.StatusId)))
            .OrderBy(t => t.Name.Length).ThenBy(t => t.Name).Skip(wish.Offset).Take(wish.Limit).Select(t => t.Name).ToListAsync(ct);
        return await tags.ByNameAsync(names, viewer, ct);
    }

    private async Task<IReadOnlyList<StatusEntity>> StatusesAsync(SearchWish wish, Viewer viewer, CancellationToken ct)
    {
        if (viewer.Me is not { } me) return [];
        var words = Operators().Replace(wish.Text, "").Trim();
        var rows = db.Statuses.VisibleTo(viewer, db).NotLimitedFor(viewer, db).NotOfServersBlockedBy(viewer, db).Where(s => s.Kind == StatusKind.Note);
        if (wish.Account is { } author) rows = rows.Where(s => s.AccountId == author);
        if (Narrow(rows, wish.Text, me) is not { } narrowed) return [];
        var library = LibraryOnly().IsMatch(wish.Text);
        var open = PublicOnly().IsMatch(wish.Text);
        rows = narrowed.Where(s =>
            (!open && (s.AccountId == me || db.Mentions.Any(m => m.StatusId == s.Id && m.AccountId == me) || db.Favourites.Any(f => f.StatusId == s.Id && f.AccountId == me) || db.Bookmarks.Any(b => b.StatusId == s.Id && b.AccountId == me)))
            || (!library && (s.Visibility == Visibility.Public || s.Visibility == Visibility.Members || s.Visibility == Visibility.Group) && db.Accounts.Any(a => a.Id == s.AccountId && a.Indexable)));
        var found = words.Length == 0
            ? await rows.OrderByDescending(s => s.Id).Take(MostRanked).Select(s => s.Id).ToListAsync(ct)
            : await RankedAsync(rows, words, wish.Offset + wish.Limit, viewer, ct);
        return await statuses.ByIdAsync([.. found.Skip(wish.Offset).Take(wish.Limit)], viewer, ct);
    }

    // The best first, and no more of them looked at than are shown.
    private async Task<List<Id<Status>>> RankedAsync(IQueryable<Status> rows, string words, int wanted, Viewer viewer, CancellationToken ct)
    {
        List<Id<Status>> found = [];
        foreach (var part in (await search.RankAsync(words, "status", MostRanked, viewer.Actor, ct)).Select(key => new Id<Status>(key)).Chunk(RankedAtOnce))
        {
            var seen = (await rows.Where(s => part.Contains(s.Id)).Select(s => s.Id).ToListAsync(ct)).ToHashSet();
            found.AddRange(part.Where(seen.Contains));
            if (found.Count >= wanted) break;
        }

        return found;
    }

    // from:ada@example.org has:media has:image has:video has:audio has:poll is:reply is:sensitive language:de before:2026-01-01 after:… during:…
    private IQueryable<Status>? Narrow(IQueryable<Status> rows, string text, Id<Account> me)
    {
        foreach (Match match in Operators().Matches(text))
        {
            var (key, value) = (match.Groups["key"].Value.ToLowerInvariant(), match.Groups["value"].Value.TrimStart('@').ToLowerInvariant());
            switch (key)
            {
                case "from" when value == "me": rows = rows.Where(s => s.AccountId == me); break;
                case "from":
                    var (user, domain) = value.Split('@', 2) is [var one, var host] && host != new Uri(house.Root).Authority ? (one, host) : (value.Split('@')[0], "");
                    rows = rows.Where(s => db.Accounts.Any(a => a.Id == s.AccountId && a.UsernameFolded == user && a.Domain == domain));
                    break;
                case "has" when value is "media": rows = rows.Where(s => s.HasMedia); break;
                case "has" when value is "image": rows = Holding(rows, MediaType.Image, MediaType.Image); break;
                case "has" when value is "video": rows = Holding(rows, MediaType.Video, MediaType.Gifv); break;
                case "has" when value is "audio": rows = Holding(rows, MediaType.Audio, MediaType.Audio); break;
                case "has" when value == "poll": rows = rows.Where(s => s.PollId != null); break;
                case "has" when value is "link" or "embed": rows = rows.Where(s => s.CardId != null); break;
                case "is" when value == "reply": rows = rows.Where(s => s.InReplyTo != null); break;
                case "is" when value == "sensitive": rows = rows.Where(s => s.Sensitive); break;
                case "language": rows = rows.Where(s => s.Language == value); break;
                case "before" or "after" or "during":
                    if (!DateOnly.TryParse(value, CultureInfo.InvariantCulture, out var day)) return null;
                    var (start, end) = (new Id<Status>(IdClock.FloorAt(new(day, default, TimeSpan.Zero))), new Id<Status>(IdClock.FloorAt(new(day.AddDays(1), default, TimeSpan.Zero))));
                    rows = key switch { "before" => rows.Where(s => s.Id < start), "after" => rows.Where(s => s.Id >= end), _ => rows.Where(s => s.Id >= start && s.Id < end) };
                    break;
                default: break;
            }
        }

        return rows;
    }

    private IQueryable<Status> Holding(IQueryable<Status> rows, MediaType type, MediaType or) =>
        rows.Where(s => s.HasMedia && db.Media.Any(m => m.StatusId == s.Id && m.Position != Media.Former && (m.Type == type || m.Type == or)));

    private async Task<SearchEntity> AtAsync(string path, Viewer viewer, CancellationToken ct)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > 1 && Id<Status>.TryParse(parts[^1], null, out var status)) return new([], await statuses.ByIdAsync([status], viewer, ct), []);
        var name = parts.Length > 0 ? parts[^1].TrimStart('@').ToLowerInvariant() : "";
        var ids = await db.Accounts.Where(a => a.UsernameFolded == name && a.Domain == "").NotBlockedFor(viewer, db, a => a.Id).Select(a => a.Id).ToListAsync(ct);
        return new(await accounts.ByIdAsync(ids, ct), [], []);
    }

    private static string Like(string text) => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(?<key>from|has|is|language|before|after|during|in):(?<value>\S+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Operators();

    [GeneratedRegex(@"\bin:library\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex LibraryOnly();

    [GeneratedRegex(@"\bin:public\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex PublicOnly();
}
