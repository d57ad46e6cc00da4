using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A post as other rooms show it.</summary>
internal sealed class StatusThings(SocialDb db) : IThingSource
{
    private const int TitleLength = 100;

    public string Kind => "status";

    public async Task<IReadOnlyDictionary<long, ThingCard>> CardsAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        List<Id<Status>> ids = [.. keys.Select(k => new Id<Status>(k))];
        var rows = await (
            from s in db.Statuses
            join a in db.Accounts on s.AccountId equals a.Id
            where ids.Contains(s.Id) && s.DeletedAt == null
            select new { Status = s, Account = a, Discussed = db.Discussions.Where(d => d.Id == s.DiscussionId).Select(d => (Audience?)d.Audience).FirstOrDefault() }).ToListAsync(ct);
        // A comment is for nobody who does not see what it is about.
        Dictionary<long, Audience> audiences = [];
        foreach (var row in rows)
            audiences[row.Status.Id.Value] = await Narrowing.NowAsync(db, row.Status.Audience, row.Discussed, row.Account.MemberId is { } author ? Audience.Only(author) : Audiences.Nobody, ct);
        return rows.ToDictionary(r => r.Status.Id.Value, r => new ThingCard(
            Thing.Of(Kind, r.Status.Id), SocialDb.Name, Title(r.Status), $"{(r.Account.DisplayName.Length > 0 ? r.Account.DisplayName : r.Account.Username)} · @{r.Account.Acct}", r.Account.IsLocal ? r.Status.Url : $"{r.Account.Href}/{r.Status.Id}", r.Account.AvatarUrl,
            audiences[r.Status.Id.Value], r.Account.MemberId));
    }

    public Task<Thing?> AtAsync(string path, CancellationToken ct)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Task.FromResult(parts is [['@', ..], var id] && Id<Status>.TryParse(id, null, out var status) ? Thing.Of(Kind, status) : (Thing?)null);
    }

    private static string Title(Status status) => PlainText.Excerpt(status.Spoiler.Length > 0 ? status.Spoiler : status.Plain.Length > 0 ? status.Plain : status.HasMedia ? "Picture" : "Post", TitleLength);
}

/// <summary>An account as the moderators see it.</summary>
internal sealed class AccountThings(SocialDb db) : IThingSource
{
    public string Kind => "account";

    public async Task<IReadOnlyDictionary<long, ThingCard>> CardsAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        List<Id<Account>> ids = [.. keys.Select(k => new Id<Account>(k))];
        var rows = await db.Accounts.Where(a => ids.Contains(a.Id) && a.Standing != AccountStanding.Deleted).ToListAsync(ct);
        return rows.ToDictionary(a => a.Id.Value, a => new ThingCard(
            Thing.Of(Kind, a.Id), SocialDb.Name, a.DisplayName.Length > 0 ? a.DisplayName : a.Username, "@" + a.Acct, a.Href, a.AvatarUrl, Audience.Public, a.MemberId));
    }

    public Task<Thing?> AtAsync(string path, CancellationToken ct) => Task.FromResult<Thing?>(null);
}
