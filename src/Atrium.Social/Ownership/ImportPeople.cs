using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Takes in whom somebody follows, mutes and blocks, and their lists. On a dry run all is asked and nothing done.</summary>
internal sealed class ImportPeople(SocialDb db, FindNamed find, FollowAccount follows, MuteAccount mutes, BlockAccount blocks, ListDesk lists)
{
    private readonly Dictionary<string, Id<PeopleList>> _made = new(StringComparer.Ordinal);

    public async Task FollowAsync(CsvLine row, OwnedReport report, HashSet<Id<Account>> named, Viewer viewer, CancellationToken ct)
    {
        if (await PersonAsync(row, row.Cells[0], report, viewer, ct) is not { } account || !First(row, row.Cells[0], named.Add(account.Id), report)) return;
        var me = viewer.Demand();
        var held = await db.Follows.FirstOrDefaultAsync(f => f.AccountId == me && f.TargetId == account.Id, ct);
        var wish = new FollowWish(Yes(row, 1), Yes(row, 2), Cell(row, 3) is { } said ? [.. said.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Languages.Short).OfType<string>()] : null);
        if (held is not null && Same(held, wish)) report.Skipped(row, row.Cells[0], held.State == FollowState.Requested ? "You asked them already." : "You follow them already.");
        else if (await FaultAsync(account, me, ct) is { } fault) report.Lost(row, row.Cells[0], fault);
        else if (await DoAsync(row, report, () => follows.HandleAsync(account.Id, wish, viewer, ct)))
        {
            if (held is not null) report.Updated(row, row.Cells[0], "You follow them already, now as the file says.");
            else report.Made(row, row.Cells[0], account.Locked || !account.IsLocal ? "They are asked first." : null);
        }
    }

    public async Task MuteAsync(CsvLine row, OwnedReport report, HashSet<Id<Account>> named, Viewer viewer, CancellationToken ct)
    {
        if (await PersonAsync(row, row.Cells[0], report, viewer, ct) is not { } account || !First(row, row.Cells[0], named.Add(account.Id), report)) return;
        var (me, hide) = (viewer.Demand(), Yes(row, 1) ?? true);
        var held = await db.Mutes.FirstOrDefaultAsync(m => m.AccountId == me && m.TargetId == account.Id, ct);
        if (held is { ExpiresAt: null } && held.HideNotifications == hide) report.Skipped(row, row.Cells[0], "You mute them already.");
        else if (await DoAsync(row, report, () => mutes.HandleAsync(account.Id, hide, null, viewer, ct)))
        {
            if (held is null) report.Made(row, row.Cells[0]);
            else report.Updated(row, row.Cells[0], "You mute them already, now as the file says.");
        }
    }

    public async Task BlockAsync(CsvLine row, OwnedReport report, HashSet<Id<Account>> named, Viewer viewer, CancellationToken ct)
    {
        if (await PersonAsync(row, row.Cells[0], report, viewer, ct) is not { } account || !First(row, row.Cells[0], named.Add(account.Id), report)) return;
        var me = viewer.Demand();
        if (await db.Blocks.AnyAsync(b => b.AccountId == me && b.TargetId == account.Id, ct)) report.Skipped(row, row.Cells[0], "You block them already.");
        else if (await DoAsync(row, report, () => blocks.HandleAsync(account.Id, viewer, ct))) report.Made(row, row.Cells[0]);
    }

    public async Task ListAsync(CsvLine row, OwnedReport report, HashSet<(string, Id<Account>)> named, Viewer viewer, CancellationToken ct)
    {
        var (title, address) = (row.Cells[0], Cell(row, 1) ?? "");
        var what = $"{address} on {title}";
        if (title.Length is 0 or > ListDesk.LongestTitle || row.Cells.Count < 2)
        {
            report.Lost(row, what, "A row is a list's name and an address.");
            return;
        }

        if (await PersonAsync(row, address, report, viewer, ct, own: true, what) is not { } account || !First(row, what, named.Add((title, account.Id)), report)) return;
        var me = viewer.Demand();
        var held = await db.Lists.Where(l => l.AccountId == me && l.Title == title).OrderBy(l => l.Id).Select(l => (Id<PeopleList>?)l.Id).FirstOrDefaultAsync(ct);
        if (held is { } there && await db.ListMembers.AnyAsync(m => m.ListId == there && m.AccountId == account.Id, ct))
        {
            report.Skipped(row, what, "They are on it already.");
            return;
        }

        var followed = account.Id == me || await db.Follows.AnyAsync(f => f.AccountId == me && f.TargetId == account.Id, ct);
        if (!followed && await FaultAsync(account, me, ct) is { } fault) report.Lost(row, what, fault);
        else if (await DoAsync(row, report, () => PutAsync(title, held, account, followed, viewer, ct), what)) report.Made(row, what, followed ? null : "Followed too: a list shows those you follow.");
    }

    /// <summary>Ends what stands here and is not named in the file.</summary>
    public async Task EndOthersAsync(OwnedKind kind, IReadOnlySet<Id<Account>> named, OwnedReport report, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var held = kind switch
        {
            OwnedKind.Follows => db.Follows.Where(f => f.AccountId == me).Select(f => f.TargetId),
            OwnedKind.Mutes => db.Mutes.Where(m => m.AccountId == me).Select(m => m.TargetId),
            _ => db.Blocks.Where(b => b.AccountId == me).Select(b => b.TargetId),
        };
        var others = (await db.Accounts.Where(a => held.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(ct)).Where(a => !named.Contains(a.Id)).ToList();
        foreach (var account in others)
        {
            if (!report.DryRun)
                await (kind switch
                {
                    OwnedKind.Follows => follows.UnfollowAsync(account.Id, viewer, ct),
                    OwnedKind.Mutes => mutes.UnmuteAsync(account.Id, viewer, ct),
                    _ => blocks.UnblockAsync(account.Id, viewer, ct),
                });
            report.Ended(account.Acct, kind switch { OwnedKind.Follows => "No longer followed.", OwnedKind.Mutes => "No longer muted.", _ => "No longer blocked." });
        }
    }

    public async Task EndOtherPlacesAsync(IReadOnlySet<(string, Id<Account>)> named, OwnedReport report, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var held = await (
            from l in db.Lists
            join m in db.ListMembers on l.Id equals m.ListId
            join a in db.Accounts on m.AccountId equals a.Id
            where l.AccountId == me
            orderby m.Id
            select new { l.Title, List = l.Id, Account = a }).ToListAsync(ct);
        foreach (var place in held.Where(h => !named.Contains((h.Title, h.Account.Id))))
        {
            if (!report.DryRun) await lists.TakeAsync(place.List, [place.Account.Id], viewer, ct);
            report.Ended($"{place.Account.Acct} on {place.Title}", "Taken off the list.");
        }
    }

    private async Task PutAsync(string title, Id<PeopleList>? held, Account account, bool followed, Viewer viewer, CancellationToken ct)
    {
        var list = held ?? (_made.TryGetValue(title, out var made) ? made : _made[title] = (await lists.AddAsync(new(title, null, null), viewer, ct)).Id);
        if (!followed) await follows.HandleAsync(account.Id, new(), viewer, ct);
        await lists.PutAsync(list, [account.Id], viewer, ct);
    }

    private async Task<Account?> PersonAsync(CsvLine row, string address, OwnedReport report, Viewer viewer, CancellationToken ct, bool own = false, string? what = null)
    {
        var found = await find.AccountAsync(address, ct);
        if (found.Row is null) report.Lost(row, what ?? address, found.Fault!);
        else if (!own && found.Row.Id == viewer.Me) report.Skipped(row, address, "That is you.");
        else return found.Row;
        return null;
    }

    private static bool First(CsvLine row, string what, bool first, OwnedReport report)
    {
        if (!first) report.Skipped(row, what, "The file says so twice.");
        return first;
    }

    // What a follow would be refused for, so that a dry run knows it too.
    private async Task<string?> FaultAsync(Account account, Id<Account> me, CancellationToken ct)
    {
        if (account.Standing == AccountStanding.Memorial) return "Nobody new follows an account in memory of its member.";
        if (account.MovedTo is not null) return "This account has moved elsewhere.";
        return await db.Blocks.AnyAsync(b => (b.AccountId == me && b.TargetId == account.Id) || (b.AccountId == account.Id && b.TargetId == me), ct) ? "One of you blocks the other." : null;
    }

    // One row that is refused does not keep the others out.
    private async Task<bool> DoAsync(CsvLine row, OwnedReport report, Func<Task> act, string? what = null)
    {
        if (report.DryRun) return true;
        try
        {
            await act();
            return true;
        }
        catch (Refusal refusal)
        {
            report.Lost(row, what ?? row.Cells[0], refusal.Message);
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private static bool Same(Follow held, FollowWish wish) =>
        (wish.ShowBoosts ?? held.ShowBoosts) == held.ShowBoosts && (wish.Notify ?? held.Notify) == held.Notify && (wish.Languages is null || wish.Languages.Order(StringComparer.Ordinal).SequenceEqual(held.Languages.Order(StringComparer.Ordinal)));

    private static string? Cell(CsvLine row, int at) => at < row.Cells.Count ? row.Cells[at] : null;

    private static bool? Yes(CsvLine row, int at) => Cell(row, at)?.ToLowerInvariant() switch { "true" or "1" or "yes" => true, "false" or "0" or "no" => false, _ => null };
}
