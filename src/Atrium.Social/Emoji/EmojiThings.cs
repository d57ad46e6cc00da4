using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A custom emoji as the moderators see it.</summary>
internal sealed class EmojiThings(SocialDb db) : IThingSource
{
    public const string Name = "emoji";

    public string Kind => Name;

    public async Task<IReadOnlyDictionary<long, ThingCard>> CardsAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        List<Id<CustomEmoji>> ids = [.. keys.Select(k => new Id<CustomEmoji>(k))];
        return (await db.Emojis.Where(e => ids.Contains(e.Id)).ToListAsync(ct)).ToDictionary(
            e => e.Id.Value, e => new ThingCard(Thing.Of(Name, e.Id), SocialDb.Name, $":{e.Shortcode}:", "Custom emoji", e.StaticUrl, e.StaticUrl, Audience.Public));
    }

    public Task<Thing?> AtAsync(string path, CancellationToken ct)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Task.FromResult(parts is ["social", "emoji", var id, _] && Id<CustomEmoji>.TryParse(id, null, out var emoji) ? Thing.Of(Name, emoji) : (Thing?)null);
    }
}

/// <summary>Moderators switch an emoji off, and on again.</summary>
internal sealed class ModerateEmoji(SocialDb db) : IModerationSubject
{
    public string Kind => EmojiThings.Name;

    public Task SetHiddenAsync(Thing thing, bool hidden, string reason, CancellationToken ct)
    {
        var id = thing.As<CustomEmoji>();
        return db.Emojis.Where(e => e.Id == id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Disabled, hidden), ct);
    }
}
