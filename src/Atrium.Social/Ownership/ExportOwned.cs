using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A file to take along.</summary>
internal sealed record OwnedFile(string Name, string ContentType, byte[] Content);

/// <summary>Writes what is an account's own as the files that Mastodon, and this house, take in again.</summary>
internal sealed class ExportOwned(SocialDb db, FederationGate gate)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public async Task<OwnedFile> WriteAsync(OwnedKind kind, Id<Account> me, CancellationToken ct)
    {
        var text = await (kind switch
        {
            OwnedKind.Follows => FollowsAsync(me, ct),
            OwnedKind.Followers => FollowersAsync(me, ct),
            OwnedKind.Mutes => MutesAsync(me, ct),
            OwnedKind.Blocks => BlocksAsync(me, ct),
            OwnedKind.Domains => DomainsAsync(me, ct),
            OwnedKind.Lists => ListsAsync(me, ct),
            OwnedKind.Bookmarks => BookmarksAsync(me, ct),
            _ => FiltersAsync(me, ct),
        });
        return new(OwnedFiles.FileOf(kind), kind == OwnedKind.Filters ? "application/json" : "text/csv; charset=utf-8", Encoding.UTF8.GetBytes(text));
    }

    private async Task<string> FollowsAsync(Id<Account> me, CancellationToken ct)
    {
        var rows = await (from f in db.Follows join a in db.Accounts on f.TargetId equals a.Id where f.AccountId == me && f.State == FollowState.Accepted orderby f.Id select new { Follow = f, a.Username, a.Domain }).ToListAsync(ct);
        return CsvText.Line("Account address", "Show boosts", "Notify on new posts", "Languages")
            + string.Concat(rows.Select(r => CsvText.Line(Address(r.Username, r.Domain), Word(r.Follow.ShowBoosts), Word(r.Follow.Notify), string.Join(", ", r.Follow.Languages))));
    }

    private async Task<string> FollowersAsync(Id<Account> me, CancellationToken ct)
    {
        var rows = await (from f in db.Follows join a in db.Accounts on f.AccountId equals a.Id where f.TargetId == me && f.State == FollowState.Accepted orderby f.Id select new { a.Username, a.Domain }).ToListAsync(ct);
        return CsvText.Line("Account address") + string.Concat(rows.Select(r => CsvText.Line(Address(r.Username, r.Domain))));
    }

    private async Task<string> MutesAsync(Id<Account> me, CancellationToken ct)
    {
        var now = db.Now;
        var rows = await (from m in db.Mutes join a in db.Accounts on m.TargetId equals a.Id where m.AccountId == me && (m.ExpiresAt == null || m.ExpiresAt > now) orderby m.Id select new { a.Username, a.Domain, m.HideNotifications }).ToListAsync(ct);
        return CsvText.Line("Account address", "Hide notifications") + string.Concat(rows.Select(r => CsvText.Line(Address(r.Username, r.Domain), Word(r.HideNotifications))));
    }

    private async Task<string> BlocksAsync(Id<Account> me, CancellationToken ct)
    {
        var rows = await (from b in db.Blocks join a in db.Accounts on b.TargetId equals a.Id where b.AccountId == me orderby b.Id select new { a.Username, a.Domain }).ToListAsync(ct);
        return string.Concat(rows.Select(r => CsvText.Line(Address(r.Username, r.Domain))));
    }

    private async Task<string> DomainsAsync(Id<Account> me, CancellationToken ct) =>
        string.Concat((await db.UserDomainBlocks.Where(b => b.AccountId == me).OrderBy(b => b.Id).Select(b => b.Domain).ToListAsync(ct)).Select(d => CsvText.Line(d)));

    private async Task<string> ListsAsync(Id<Account> me, CancellationToken ct)
    {
        var rows = await (
            from l in db.Lists
            join m in db.ListMembers on l.Id equals m.ListId
            join a in db.Accounts on m.AccountId equals a.Id
            where l.AccountId == me
            orderby l.Id, m.Id
            select new { l.Title, a.Username, a.Domain }).ToListAsync(ct);
        return string.Concat(rows.Select(r => CsvText.Line(r.Title, Address(r.Username, r.Domain))));
    }

    private async Task<string> BookmarksAsync(Id<Account> me, CancellationToken ct)
    {
        var rows = await (from b in db.Bookmarks join s in db.Statuses on b.StatusId equals s.Id where b.AccountId == me && s.DeletedAt == null orderby b.Id select s.Uri).ToListAsync(ct);
        return string.Concat(rows.Select(u => CsvText.Line(gate.Absolute(u))));
    }

    private async Task<string> FiltersAsync(Id<Account> me, CancellationToken ct)
    {
        var filters = await db.Filters.Where(f => f.AccountId == me).OrderBy(f => f.Id).ToListAsync(ct);
        List<Id<PostFilter>> ids = [.. filters.Select(f => f.Id)];
        var words = (await db.FilterKeywords.Where(k => ids.Contains(k.FilterId)).OrderBy(k => k.Id).ToListAsync(ct)).ToLookup(k => k.FilterId);
        var named = (await (from n in db.FilterStatuses join s in db.Statuses on n.StatusId equals s.Id where ids.Contains(n.FilterId) && s.DeletedAt == null orderby n.Id select new { n.FilterId, s.Uri }).ToListAsync(ct)).ToLookup(n => n.FilterId, n => n.Uri);
        return new JsonObject
        {
            ["custom_filters"] = new JsonArray([.. filters.Select(f => (JsonNode)new JsonObject
            {
                ["title"] = f.Title,
                ["expire_at"] = f.ExpiresAt is { } at ? NoteWriter.Time(at) : null,
                ["context"] = Ap.List(f.Contexts),
                ["action"] = f.Action.ToString().ToLowerInvariant(),
                ["keywords_attributes"] = new JsonArray([.. words[f.Id].Select(k => (JsonNode)new JsonObject { ["keyword"] = k.Keyword, ["whole_word"] = k.WholeWord })]),
                ["statuses"] = Ap.List(named[f.Id].Select(gate.Absolute)),
            })]),
        }.ToJsonString(Indented);
    }

    // Always with its server, so that the file means the same elsewhere.
    private string Address(string username, string domain) => $"{username}@{(domain.Length == 0 ? gate.Domain : domain)}";

    private static string Word(bool yes) => yes ? "true" : "false";
}
