using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Search;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>The house's search shows nobody those with whom they have a block, nor what those posted, nor anything from a server they block.</summary>
internal sealed class VeilBlocked(SocialDb db) : ISearchVeil
{
    private const int Most = 500;

    public async Task<IReadOnlyList<string>> HiddenFromAsync(Actor actor, CancellationToken ct)
    {
        if (actor.MemberId is not { } member) return [];
        var me = db.Accounts.Where(a => a.MemberId == member).Select(a => a.Id);
        var others = await (
            from b in db.Blocks
            join a in db.Accounts on (me.Contains(b.AccountId) ? b.TargetId : b.AccountId) equals a.Id
            where me.Contains(b.AccountId) || me.Contains(b.TargetId)
            orderby b.Id descending
            select new { a.Id, a.MemberId }).Take(Most).ToListAsync(ct);
        var servers = await db.UserDomainBlocks.Where(d => me.Contains(d.AccountId)).OrderByDescending(d => d.Id).Select(d => d.Domain).Take(Most).ToListAsync(ct);
        return [.. servers.Select(d => $"at:{d}"), .. others.SelectMany(o => o.MemberId is { } m ? new[] { $"by:{o.Id}", string.Create(CultureInfo.InvariantCulture, $"member:{m}") } : [$"by:{o.Id}"]).Distinct()];
    }
}
