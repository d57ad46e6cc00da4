using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Wants nothing from a whole server, or no longer minds it.</summary>
internal sealed class BlockDomain(SocialDb db)
{
    private const int Longest = 253;

    /// <exception cref="Refusal">Invalid: no name of a server.</exception>
    public async Task HandleAsync(string? name, bool on, Viewer viewer, CancellationToken ct)
    {
        var (me, domain) = (viewer.Demand(), NameOf(name) ?? throw Refusal.Invalid("domain", "Domain is not a valid domain name", "unknown"));
        if (on)
            await db.Database.ExecuteSqlRawAsync("INSERT INTO social_user_domain_block (id, account_id, domain) VALUES ({0}, {1}, {2}) ON CONFLICT DO NOTHING", [Id<UserDomainBlock>.New().Value, me.Value, domain], ct);
        else await db.UserDomainBlocks.Where(b => b.AccountId == me && b.Domain == domain).ExecuteDeleteAsync(ct);
    }

    /// <summary>A server's name as it is kept; null where it is none.</summary>
    public static string? NameOf(string? name)
    {
        var domain = name?.Trim().ToLowerInvariant() ?? "";
        return domain.Length is 0 or > Longest || Uri.CheckHostName(domain.Split(':')[0]) == UriHostNameType.Unknown ? null : domain;
    }
}
