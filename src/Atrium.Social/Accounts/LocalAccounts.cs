using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Settings;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>The accounts of the house's own members. Each is made when its member is first met, here or in the outbox.</summary>
internal sealed class LocalAccounts(SocialDb db, IProfiles profiles, KnownAccounts known, EmojiBook emoji, HouseSettings settings)
{
    /// <summary>The name of the community's own account, which authors things that nobody else does.</summary>
    public const string Community = "community";

    public static readonly Setting CommunityName = new("social.community_name", "Name of the community’s own account", SettingKind.Text, "Community", "It authors things of the house that are nobody’s, as @community.");

    /// <summary>The account of a member.</summary>
    /// <exception cref="Refusal">Not found: there is no such member.</exception>
    public async ValueTask<Id<Account>> OfAsync(Id<Member> member, CancellationToken ct)
    {
        if (known.ByMember.TryGetValue(member, out var id)) return id;
        return (await OfAsync([member], ct)).TryGetValue(member, out var made) ? made : throw Refusal.NotFound();
    }

    /// <summary>The accounts of members; those who are no more are left out.</summary>
    public async Task<IReadOnlyDictionary<Id<Member>, Id<Account>>> OfAsync(IReadOnlyCollection<Id<Member>> members, CancellationToken ct)
    {
        var found = new Dictionary<Id<Member>, Id<Account>>();
        foreach (var member in members)
            if (known.ByMember.TryGetValue(member, out var id)) found[member] = id;
        if (found.Count == members.Count) return found;

        var missing = members.Where(m => !found.ContainsKey(m)).Distinct().ToList();
        foreach (var row in await db.Accounts.Where(a => a.MemberId != null && missing.Contains(a.MemberId.Value)).Select(a => new { Member = a.MemberId!.Value, a.Id }).ToListAsync(ct))
            found[row.Member] = row.Id;
        foreach (var profile in (await profiles.ProfilesAsync([.. missing.Where(m => !found.ContainsKey(m))], ct)).Values)
            found[profile.Id] = await MakeAsync(profile, ct);
        // Inside a transaction that may yet be rolled back nothing is certain.
        if (db.Database.CurrentTransaction is null)
            foreach (var (member, id) in found) known.ByMember[member] = id;
        return found;
    }

    /// <summary>The community's own account.</summary>
    public async Task<Id<Account>> CommunityAsync(CancellationToken ct)
    {
        var name = await settings.TextAsync(CommunityName, ct) is { Length: > 0 } set ? set : CommunityName.Default;
        if (await FindAsync(Community, ct) is { } there)
        {
            if (!await db.Accounts.AnyAsync(a => a.Id == there && a.DisplayName == name, ct))
                await db.AmendAsync(async token => (await db.Accounts.AsTracking().FirstAsync(a => a.Id == there, token)).Call(name), ct);
            return there;
        }

        var account = new Account
        {
            Username = Community, UsernameFolded = Community, Uri = "/users/" + Community, Url = "/@" + Community, Kind = AccountKind.Service, Bot = true,
            CreatedAt = db.Now, Discoverable = false, Indexable = false, HideCollections = true,
        };
        account.Call(name);
        return await AddAsync(account, ct);
    }

    /// <summary>Brings the projection of a profile up to date.</summary>
    public async Task RefreshAsync(Id<Member> member, CancellationToken ct)
    {
        if (!(await OfAsync([member], ct)).TryGetValue(member, out var id)) return;
        await db.AmendAsync(async token => await ProjectAsync(member, await db.Accounts.AsTracking().FirstAsync(a => a.Id == id, token), token), ct);
    }

    /// <summary>The same for an account that was read in the transaction under way.</summary>
    public async Task ProjectAsync(Id<Member> member, Account account, CancellationToken ct)
    {
        // Read after the row: whoever changes the profile meanwhile writes the row after this, or makes this begin again.
        if ((await profiles.ProfilesAsync([member], ct)).TryGetValue(member, out var profile)) Project(profile, account, await EmojisAsync(profile, ct));
    }

    private async Task<Id<Account>?> FindAsync(string name, CancellationToken ct) =>
        await db.Accounts.Where(a => a.UsernameFolded == name && a.Domain == "").Select(a => (Id<Account>?)a.Id).FirstOrDefaultAsync(ct);

    private async Task<Id<Account>> MakeAsync(MemberProfile profile, CancellationToken ct)
    {
        var account = new Account
        {
            MemberId = profile.Id, Username = profile.Handle, UsernameFolded = profile.Handle.ToLowerInvariant(), Uri = "/users/" + profile.Handle, Url = "/@" + profile.Handle,
            CreatedAt = profile.JoinedAt, DefaultLanguage = Languages.Short(profile.Language),
        };
        Project(profile, account, await EmojisAsync(profile, ct));
        return await AddAsync(account, ct);
    }

    private async Task<Id<Account>> AddAsync(Account account, CancellationToken ct)
    {
        try
        {
            await db.WriteAsync(
                async token =>
                {
                    db.Accounts.Add(account);
                    db.AccountStats.Add(new() { AccountId = account.Id });
                    await Audiences.OpenFollowersAsync(db, account, token);
                },
                ct);
            return account.Id;
        }
        catch (UniqueViolation) when (db.Database.CurrentTransaction is null)
        {
            db.ChangeTracker.Clear();
            return await FindAsync(account.UsernameFolded, ct) ?? throw Refusal.Unavailable();
        }
    }

    private Task<IReadOnlyList<DocumentEmoji>> EmojisAsync(MemberProfile profile, CancellationToken ct) =>
        emoji.InAsync([profile.Name, profile.Bio, .. profile.Links.SelectMany(l => new[] { l.Key, l.Value })], ct);

    private static void Project(MemberProfile profile, Account account, IReadOnlyList<DocumentEmoji> emojis)
    {
        account.Emojis = [.. emojis];
        account.Call(profile.Name);
        account.Role = profile.Role;
        account.NoteSource = profile.Bio;
        account.Note = Markup.Render(profile.Bio).Html.Value;
        var verified = account.Fields.Where(f => f.VerifiedAt is not null).ToDictionary(f => (f.Name, f.Value), f => f.VerifiedAt);
        account.Fields = [.. profile.Links.Select(l => new ProfileField(l.Key, l.Value, verified.GetValueOrDefault((l.Key, l.Value))))];
        account.AvatarUrl = profile.AvatarUrl;
        account.HeaderUrl = profile.HeaderUrl;
    }
}
