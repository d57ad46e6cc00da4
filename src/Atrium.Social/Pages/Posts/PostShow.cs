using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Makes posts and people ready for a page: one statement for tones, and one for groups and for things where there are any.</summary>
internal sealed class PostShow(SocialDb db, PageCall call, Things things, IGroups groups, AccountReader accounts)
{
    public async Task<Post> OneAsync(StatusEntity status, string back, CancellationToken ct) => (await ManyAsync([status], back, ct))[0];

    public async Task<IReadOnlyList<Post>> ManyAsync(IReadOnlyList<StatusEntity> statuses, string back, CancellationToken ct)
    {
        if (statuses.Count == 0) return [];
        List<StatusEntity> all = [.. statuses.SelectMany(s => new[] { s, s.Reblog, (s.Reblog ?? s).Quote?.QuotedStatus }).OfType<StatusEntity>()];
        var tones = await TonesAsync([.. all.Select(s => s.Account.Id)], ct);
        var names = await GroupsAsync([.. all.Select(s => s.Audience).OfType<string>()], ct);
        List<Thing> wanted = [.. all.Select(s => s.Thing).OfType<string>().Distinct().Select(t => Thing.TryParse(t, null, out var thing) ? thing : default).Where(t => t.Kind is not null)];
        var cards = wanted.Count == 0 ? new Dictionary<Thing, ThingCard>() : await things.CardsAsync(wanted, call.Actor, ct);
        var me = (await call.ViewerAsync(ct)).Me?.ToString();

        Post Show(StatusEntity frame, bool inside)
        {
            var status = frame.Reblog ?? frame;
            var (words, icon) = AudienceWords.Of(status, names);
            return new(status, call.Href(status), EmojiHtml.Put(Named(call.Local(SafeHtml.Trusted(status.Content)), status), status.Emojis, call.Local), Face(status.Account, tones))
            {
                BoostedBy = frame.Reblog is null ? null : Face(frame.Account, tones), Back = back, SignedIn = me is not null, Mine = me == status.Account.Id, Audience = words, AudienceIcon = icon,
                About = status.Thing is { } t && Thing.TryParse(t, null, out var thing) ? cards.GetValueOrDefault(thing) : null,
                Quoted = !inside && status.Quote?.QuotedStatus is { } quoted ? Show(quoted, inside: true) : null,
            };
        }

        return [.. statuses.Select(s => Show(s, inside: false))];
    }

    /// <summary>People, with what stands between them and the reader.</summary>
    public async Task<IReadOnlyList<PersonModel>> PeopleAsync(IReadOnlyList<AccountEntity> people, CancellationToken ct, Func<AccountEntity, string?>? note = null)
    {
        if (people.Count == 0) return [];
        var viewer = await call.ViewerAsync(ct);
        var tones = await TonesAsync([.. people.Select(a => a.Id)], ct);
        var relations = viewer.Me is null ? [] : (await accounts.RelationshipsAsync([.. people.Select(a => Wire.Id<Account>(a.Id)).Where(a => a != viewer.Me)], viewer, ct)).ToDictionary(r => r.Id);
        return [.. people.Select(a => Face(a, tones, relations.GetValueOrDefault(a.Id), note?.Invoke(a)))];
    }

    // Who is named and lives elsewhere is met here by members.
    private SafeHtml Named(SafeHtml html, StatusEntity status) => !call.Actor.IsMember ? html
        : SafeHtml.Trusted(status.Mentions.Where(m => m.Acct.Contains('@', StringComparison.Ordinal)).Aggregate(
            html.Value, (text, m) => text.Replace($"href=\"{SafeHtml.Encoded(m.Url)}\"", $"href=\"/@{SafeHtml.Encoded(m.Acct)}\"", StringComparison.Ordinal)));

    private PersonModel Face(AccountEntity account, Dictionary<string, long> tones, RelationshipEntity? relation = null, string? note = null) => new(account, call.Href(account), tones.GetValueOrDefault(account.Id))
    {
        Picture = call.Local(account.Avatar) is var picture && picture == EntityWriter.NoAvatar ? null : picture, Relation = relation, Note = note,
    };

    private async Task<Dictionary<string, long>> TonesAsync(IReadOnlyList<string> accountIds, CancellationToken ct)
    {
        List<Id<Account>> ids = [.. accountIds.Distinct().Select(Wire.Id<Account>)];
        return await db.Accounts.Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.MemberId }).ToDictionaryAsync(a => a.Id.ToString(), a => a.MemberId?.Value ?? a.Id.Value, ct);
    }

    private async Task<IReadOnlyDictionary<string, string>> GroupsAsync(IReadOnlyList<string> audiences, CancellationToken ct)
    {
        List<Id<Group>> ids = [.. audiences.Distinct().Where(a => a.StartsWith("group:", StringComparison.Ordinal)).Select(a => Wire.Id<Group>(a[6..]))];
        return ids.Count == 0 ? new Dictionary<string, string>() : (await groups.CardsAsync(ids, ct)).ToDictionary(g => $"group:{g.Key}", g => g.Value.Name);
    }
}
