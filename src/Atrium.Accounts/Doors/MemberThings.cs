using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.Profiles;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Doors;

/// <summary>Members as things: <c>member:{id}</c>.</summary>
internal sealed class MemberThings(AccountsDb db) : IThingSource
{
    public string Kind => "member";

    public async Task<IReadOnlyDictionary<long, ThingCard>> CardsAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        Id<Member>[] ids = [.. keys.Select(k => new Id<Member>(k))];
        var rows = await db.Accounts.Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Handle, a.Name, a.AvatarFile, a.State }).ToListAsync(ct);
        return rows.ToDictionary(a => a.Id.Value, a => new ThingCard(
            Thing.Of(Kind, a.Id), AccountsDb.Name, a.Name, "@" + a.Handle, $"/@{a.Handle}", Portraits.SmallUrlOf(a.AvatarFile),
            a.State == AccountState.Active ? Audience.Public : Audience.Members, a.Id));
    }

    public async Task<Thing?> AtAsync(string path, CancellationToken ct)
    {
        if (!path.StartsWith("/@", StringComparison.Ordinal)) return null;
        var handle = Handles.Normal(path[1..]);
        var id = await db.Accounts.Where(a => a.Handle == handle && a.State == AccountState.Active).Select(a => (Id<Member>?)a.Id).FirstOrDefaultAsync(ct);
        return id is { } found ? Thing.Of(Kind, found) : null;
    }
}
