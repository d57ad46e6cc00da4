using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Doors;

/// <summary>Groups as things: <c>group:{id}</c>.</summary>
internal sealed class GroupThings(AccountsDb db) : IThingSource
{
    private const string Prefix = "/groups/";

    public string Kind => "group";

    public async Task<IReadOnlyDictionary<long, ThingCard>> CardsAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        Id<Group>[] ids = [.. keys.Select(k => new Id<Group>(k))];
        var rows = await db.Groups.Where(g => ids.Contains(g.Id)).Select(g => new { g.Id, g.Handle, g.Name, g.Audience }).ToListAsync(ct);
        return rows.ToDictionary(g => g.Id.Value, g => new ThingCard(Thing.Of(Kind, g.Id), AccountsDb.Name, g.Name, "Group", Prefix + g.Handle, null, g.Audience));
    }

    public async Task<Thing?> AtAsync(string path, CancellationToken ct)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var handle = Handles.Normal(path[Prefix.Length..]);
        var id = await db.Groups.Where(g => g.Handle == handle).Select(g => (Id<Group>?)g.Id).FirstOrDefaultAsync(ct);
        return id is { } found ? Thing.Of(Kind, found) : null;
    }
}
