using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// What moderators can do with an account: suspend it here (hiding), limit it, count its media as sensitive; and undo each for itself. Barring
/// its member from the whole house is Home's.
/// </summary>
internal sealed class ModerateAccount(SocialDb db, Warnings warnings) : IModerationSubject
{
    private const int MostReports = 5;
    private const string Limit = "limit";
    private const string Sensitive = "sensitive";

    public string Kind => "account";

    public IReadOnlyList<ModerationMeasure> Measures { get; } =
    [
        new(Limit, "Limit", "Moderators limited your account in Social", "Only followers meet its posts in lists and search; who wants to follow it has to ask."),
        new(Sensitive, "Count media as sensitive", "Moderators count all your media as sensitive", "Readers are asked before they see pictures and films of it."),
    ];

    public Task SetHiddenAsync(Thing thing, bool hidden, string reason, CancellationToken ct) =>
        ChangeAsync(thing, account => account.Suspend(hidden ? db.Now : null), hidden ? "suspend" : null, reason, ct);

    public Task SetMeasureAsync(Thing thing, string measure, bool stands, string reason, CancellationToken ct)
    {
        DateTimeOffset? at = stands ? db.Now : null;
        return measure switch
        {
            Limit => ChangeAsync(thing, account => account.Limit(at), stands ? "silence" : null, reason, ct),
            Sensitive => ChangeAsync(thing, account => account.Sensitize(at), stands ? "sensitive" : null, reason, ct),
            _ => Task.CompletedTask,
        };
    }

    public async Task<IReadOnlyList<ModerationContext>> ContextAsync(Thing thing, CancellationToken ct)
    {
        var id = thing.As<Account>();
        var row = await db.Accounts.Where(a => a.Id == id).Select(a => new { Account = a, Stats = db.AccountStats.First(s => s.AccountId == a.Id) }).FirstOrDefaultAsync(ct);
        if (row is null) return [];
        var about = $"{row.Account.DisplayName} · {row.Stats.Statuses} posts, {row.Stats.Followers} followers, follows {row.Stats.Following} · {row.Account.Standing.ToString().ToLowerInvariant()}";
        List<ModerationContext> parts = [new($"@{row.Account.Acct}", row.Account.NoteSource.Length > 0 ? $"{about}\n{row.Account.NoteSource}" : about, row.Account.Url, row.Account.CreatedAt)];
        parts.AddRange(await ReportsAsync(db, id, ct));
        return parts;
    }

    /// <summary>Posts of an account that were reported lately, and how often it was.</summary>
    internal static async Task<IReadOnlyList<ModerationContext>> ReportsAsync(SocialDb db, Id<Account> account, CancellationToken ct)
    {
        var reports = await db.Reports.Where(r => r.TargetId == account).OrderByDescending(r => r.Id).Take(100).Select(r => r.StatusIds).ToListAsync(ct);
        if (reports.Count < 2) return [];
        List<Id<Status>> ids = [.. reports.SelectMany(r => r).Distinct().Take(MostReports).Select(r => new Id<Status>(r))];
        var posts = await db.Statuses.Where(s => ids.Contains(s.Id)).OrderByDescending(s => s.Id).ToListAsync(ct);
        return [new("Reported from apps", $"{reports.Count} times"), .. posts.Select(p => new ModerationContext("A reported post", ModerateStatus.Words(p), p.Url, p.CreatedAt))];
    }

    private Task ChangeAsync(Thing thing, Func<Account, bool> change, string? warning, string reason, CancellationToken ct)
    {
        var id = thing.As<Account>();
        return db.AmendAsync(
            async token =>
            {
                var account = await db.Accounts.AsTracking().FirstOrDefaultAsync(a => a.Id == id, token);
                if (account is null || !change(account)) return;
                await db.SaveChangesAsync(token);
                db.Publish(new SightChanged(Account: id), id.ToString());
                db.Publish(new AccountChanged(id), id.ToString());
                if (warning is not null) await warnings.TellAsync(id, warning, reason, token);
            },
            ct);
    }
}
