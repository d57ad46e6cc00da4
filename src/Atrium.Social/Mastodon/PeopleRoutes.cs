using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

internal sealed record FamiliarEntity(string Id, IReadOnlyList<AccountEntity> Accounts);

internal sealed record SuggestionEntity(string Source, IReadOnlyList<string> Sources, AccountEntity Account);

/// <summary>Finding people, and the lists one keeps of them.</summary>
internal static class PeopleRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.Open("GET", "v2/search", "search", "Finds people, posts and tags", "read:search", async (Wire wire, SearchSocial search, CancellationToken ct) => Wire.Json(await search.FindAsync(Wish(wire, wire.Sent.Text("type")), wire.Viewer, ct)));
        api.Mine("GET", "v1/accounts/search", "searchAccounts", "Finds people", "read:accounts", async (Wire wire, SearchSocial search, CancellationToken ct) => Wire.Json(await search.AccountsAsync(Wish(wire, "accounts"), wire.Viewer, ct)));
        api.Open("GET", "v1/accounts/lookup", "lookupAccount", "Finds an account by its name", "read:accounts", LookupAsync);
        api.Open("GET", "v1/directory", "getDirectory", "Lists people who want to be found", "read:accounts", DirectoryAsync);
        api.Mine("GET", "v1/accounts/familiar_followers", "getFamiliarFollowers", "Lists whom of those you follow others are followed by", "read:follows", FamiliarAsync);
        api.Mine("GET", "v1/suggestions", "getSuggestionsV1", "Suggests people", "read:accounts", async (Wire wire, Suggestions suggestions, CancellationToken ct) => Wire.Json((await suggestions.ForAsync(wire.Viewer, Limit(wire), ct)).Select(s => s.Account))).Deprecated(2021, 5, 16);
        api.Mine("GET", "v2/suggestions", "getSuggestions", "Suggests people", "read:accounts", async (Wire wire, Suggestions suggestions, CancellationToken ct) => Wire.Json(await suggestions.ForAsync(wire.Viewer, Limit(wire), ct)));
        api.Mine("DELETE", "v1/suggestions/{id}", "dismissSuggestion", "Does not suggest somebody again", "write:accounts", async (string id, Wire wire, SocialDb db, AccountReader accounts, CancellationToken ct) =>
        {
            var target = (await accounts.OneAsync(Wire.Id<Account>(id), ct)).Account.Id;
            await db.Database.ExecuteSqlRawAsync("INSERT INTO social_dismissed_suggestion (account_id, target_id) VALUES ({0}, {1}) ON CONFLICT DO NOTHING", [wire.Me.Value, target.Value], ct);
            return Wire.Empty();
        });
        api.Mine("GET", "v1/blocks", "getBlocks", "Lists whom you block", "read:blocks", BlocksAsync);
        api.Mine("GET", "v1/mutes", "getMutes", "Lists whom you mute", "read:mutes", MutesAsync);
        api.Mine("GET", "v1/domain_blocks", "getDomainBlocks", "Lists servers you want nothing from", "read:blocks", DomainsAsync);
        api.Mine("POST", "v1/domain_blocks", "blockDomain", "Wants nothing from a server", "write:blocks", (Wire wire, BlockDomain blocks, CancellationToken ct) => DomainAsync(on: true, wire, blocks, ct));
        api.Mine("DELETE", "v1/domain_blocks", "unblockDomain", "Hears from a server again", "write:blocks", (Wire wire, BlockDomain blocks, CancellationToken ct) => DomainAsync(on: false, wire, blocks, ct));
        api.Mine("GET", "v1/endorsements", "getEndorsements", "Lists whom you recommend", "read:accounts", (Wire wire, SocialDb db, AccountReader accounts, CancellationToken ct) => EndorsedAsync(wire.Me, wire, db, accounts, ct));
        api.OfAccount("/endorsements", "getAccountEndorsements", "Lists whom an account recommends", "read:accounts", (row, wire, services, ct) =>
            EndorsedAsync(row.Account.Id, wire, services.Get<SocialDb>(), services.Get<AccountReader>(), ct));
        foreach (var verb in (string[])["pin", "endorse"]) api.Mine("POST", "v1/accounts/{id}/" + verb, verb + "Account", "Recommends somebody you follow", "write:accounts", EndorseAsync);
        foreach (var verb in (string[])["unpin", "unendorse"]) api.Mine("POST", "v1/accounts/{id}/" + verb, verb + "Account", "Recommends somebody no longer", "write:accounts", UnendorseAsync);
        api.Mine("POST", "v1/accounts/{id}/note", "noteAccount", "Writes a note on somebody, for yourself", "write:accounts", NoteAsync);
    }

    private static SearchWish Wish(Wire wire, string? type) => new(
        wire.Sent.Text("q") ?? "", type, wire.SentId<Account>("account_id"), wire.Sent.Switch("following") ?? false, Limit(wire, 20), (int)Math.Clamp(wire.Sent.Number("offset") ?? 0, 0, 1000),
        wire.Sent.Switch("resolve") ?? false);

    private static int Limit(Wire wire, int usual = 40) => (int)Math.Clamp(wire.Sent.Number("limit") ?? usual, 1, 80);

    private static async Task<IResult> LookupAsync(Wire wire, SearchSocial search, CancellationToken ct)
    {
        var acct = (wire.Sent.Text("acct") ?? "").Trim().TrimStart('@');
        var found = await search.AccountsAsync(new(acct, "accounts", null, false, 5, 0), wire.Viewer, ct);
        var name = acct.Split('@')[0];
        return Wire.Json(found.FirstOrDefault(a => string.Equals(a.Acct, acct, StringComparison.OrdinalIgnoreCase)) ?? found.FirstOrDefault(a => string.Equals(a.Acct, name, StringComparison.OrdinalIgnoreCase)) ?? throw Wire.NotFound());
    }

    private static async Task<IResult> DirectoryAsync(Wire wire, SocialDb db, AccountReader accounts, CancellationToken ct)
    {
        var rows = db.Accounts.Where(a => a.Discoverable && a.Standing == AccountStanding.Active && a.Kind == AccountKind.Person).NotBlockedFor(wire.Viewer, db, a => a.Id);
        if (wire.Sent.Switch("local") == true) rows = rows.Where(a => a.Domain == "");
        rows = wire.Sent.Text("order") == "new" ? rows.OrderByDescending(a => a.Id) : rows.OrderByDescending(a => a.LastStatusAt != null).ThenByDescending(a => a.LastStatusAt).ThenByDescending(a => a.Id);
        var ids = await rows.Skip((int)Math.Clamp(wire.Sent.Number("offset") ?? 0, 0, 1000)).Take(Limit(wire)).Select(a => a.Id).ToListAsync(ct);
        return Wire.Json(await accounts.ByIdAsync(ids, ct));
    }

    private static async Task<IResult> FamiliarAsync(Wire wire, SocialDb db, AccountReader accounts, CancellationToken ct)
    {
        var (me, ids) = (wire.Me, wire.SentIds<Account>("id").Take(40).ToList());
        var rows = await (
            from theirs in db.Follows
            join mine in db.Follows on theirs.AccountId equals mine.TargetId
            join target in db.Accounts on theirs.TargetId equals target.Id
            where mine.AccountId == me && mine.State == FollowState.Accepted && theirs.State == FollowState.Accepted && ids.Contains(theirs.TargetId) && !target.HideCollections
            select new { theirs.TargetId, theirs.AccountId }).ToListAsync(ct);
        var people = (await accounts.ByIdAsync([.. rows.Select(r => r.AccountId).Distinct()], ct)).ToDictionary(a => a.Id);
        return Wire.Json(ids.Select(id => new FamiliarEntity(id.ToString(), [.. rows.Where(r => r.TargetId == id).Select(r => people[r.AccountId.ToString()])])));
    }

    private static async Task<IResult> BlocksAsync(Wire wire, SocialDb db, AccountReader accounts, CancellationToken ct)
    {
        var me = wire.Me;
        var page = await wire.Paging(40, 80).CutAsync(db.Blocks.Where(b => b.AccountId == me), b => b.Id, ct);
        return wire.Page(page, await accounts.ByIdAsync([.. page.Rows.Select(b => b.TargetId)], ct));
    }

    private static async Task<IResult> MutesAsync(Wire wire, SocialDb db, AccountReader accounts, EntityWriter write, CancellationToken ct)
    {
        var (me, now) = (wire.Me, db.Now);
        var page = await wire.Paging(40, 80).CutAsync(db.Mutes.Where(m => m.AccountId == me && (m.ExpiresAt == null || m.ExpiresAt > now)), m => m.Id, ct);
        List<Id<Account>> ids = [.. page.Rows.Select(m => m.TargetId)];
        var people = await accounts.Rows(db.Accounts.Where(a => ids.Contains(a.Id))).ToDictionaryAsync(r => r.Account.Id, ct);
        return wire.Page(page, page.Rows.Where(m => people.ContainsKey(m.TargetId)).Select(m => write.Account(people[m.TargetId], new MutedAccountEntity
        {
            Id = "", Username = "", Acct = "", DisplayName = "", Note = "", Url = "", Uri = "", Avatar = "", AvatarStatic = "", Header = "", HeaderStatic = "", MuteExpiresAt = m.ExpiresAt,
        })).ToList());
    }

    private static async Task<IResult> DomainsAsync(Wire wire, SocialDb db, CancellationToken ct)
    {
        var me = wire.Me;
        var page = await wire.Paging(100, 200).CutAsync(db.UserDomainBlocks.Where(b => b.AccountId == me), b => b.Id, ct);
        return wire.Page(page, page.Rows.Select(b => b.Domain).ToList());
    }

    private static async Task<IResult> DomainAsync(bool on, Wire wire, BlockDomain blocks, CancellationToken ct)
    {
        await blocks.HandleAsync(wire.Sent.Text("domain"), on, wire.Viewer, ct);
        return Wire.Empty();
    }

    private static async Task<IResult> EndorsedAsync(Id<Account> by, Wire wire, SocialDb db, AccountReader accounts, CancellationToken ct)
    {
        var page = await wire.Paging(40, 80).CutAsync(EndorseAccount.Of(by, wire.Viewer, db), e => e.Id, ct);
        return wire.Page(page, await accounts.ByIdAsync([.. page.Rows.Select(e => e.TargetId)], ct));
    }

    private static async Task<IResult> EndorseAsync(string id, Wire wire, EndorseAccount endorse, AccountReader accounts, CancellationToken ct)
    {
        var target = Wire.Id<Account>(id);
        await endorse.HandleAsync(target, wire.Viewer, ct);
        return Wire.Json(await accounts.RelationshipAsync(target, wire.Viewer, ct));
    }

    private static async Task<IResult> UnendorseAsync(string id, Wire wire, EndorseAccount endorse, AccountReader accounts, CancellationToken ct)
    {
        var target = Wire.Id<Account>(id);
        await endorse.UndoAsync(target, wire.Viewer, ct);
        return Wire.Json(await accounts.RelationshipAsync(target, wire.Viewer, ct));
    }

    private static async Task<IResult> NoteAsync(string id, Wire wire, NoteAccount notes, AccountReader accounts, CancellationToken ct)
    {
        var target = Wire.Id<Account>(id);
        await notes.HandleAsync(target, wire.Sent.Text("comment"), wire.Viewer, ct);
        return Wire.Json(await accounts.RelationshipAsync(target, wire.Viewer, ct));
    }
}
