using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Contracts.Home;

/// <summary>What any thing looks like from outside its room.</summary>
/// <param name="Room">The module's name: which door stands beside it.</param>
/// <param name="Subtitle">Where it stands: “Winter market · Doing”.</param>
/// <param name="Audience">Who may see it.</param>
/// <param name="By">Whose it is.</param>
public sealed record ThingCard(Thing Thing, string Room, string Title, string? Subtitle, string Href, string? ImageUrl, Audience Audience, Id<Member>? By = null);

/// <summary>A module's answer to what its things are. One per kind.</summary>
public interface IThingSource
{
    /// <summary>The kind it answers for: <c>task</c>.</summary>
    string Kind { get; }

    /// <summary>Cards by key, whoever asks: the caller applies the audience. Those that are gone are left out.</summary>
    Task<IReadOnlyDictionary<long, ThingCard>> CardsAsync(IReadOnlyCollection<long> keys, CancellationToken ct);

    /// <summary>The thing behind a path of ours, such as <c>/tasks/t/CLUB-123</c>, or null.</summary>
    Task<Thing?> AtAsync(string path, CancellationToken ct);
}

/// <summary>Cards for links, both ways.</summary>
public sealed class Things(IEnumerable<IThingSource> sources, KernelDb db)
{
    private readonly Dictionary<string, IThingSource> _sources = sources.ToDictionary(s => s.Kind);

    /// <summary>The cards of those <paramref name="things"/> that <paramref name="actor"/> may see.</summary>
    public async Task<IReadOnlyDictionary<Thing, ThingCard>> CardsAsync(IReadOnlyCollection<Thing> things, Actor actor, CancellationToken ct)
    {
        var cards = new Dictionary<Thing, ThingCard>();
        // What a request left out is a thing without a kind, and there is none of those.
        foreach (var kind in things.Where(t => t.Kind is not null).GroupBy(t => t.Kind))
        {
            if (!_sources.TryGetValue(kind.Key, out var source)) continue;
            foreach (var (key, card) in await source.CardsAsync([.. kind.Select(t => t.Key).Distinct()], ct)) cards[new(kind.Key, key)] = card;
        }

        var allowed = new Dictionary<Audience, bool>();
        foreach (var audience in cards.Values.Select(c => c.Audience).Distinct()) allowed[audience] = await db.IncludesAsync(audience, actor, ct);
        return cards.Where(c => allowed[c.Value.Audience]).ToDictionary();
    }

    /// <summary>One card, or null when there is none for this actor.</summary>
    public async Task<ThingCard?> CardAsync(Thing thing, Actor actor, CancellationToken ct) => (await CardsAsync([thing], actor, ct)).GetValueOrDefault(thing);

    /// <summary>The thing behind one of our own addresses, if the actor may see it.</summary>
    public async Task<ThingCard?> AtAsync(string path, Actor actor, CancellationToken ct)
    {
        foreach (var source in _sources.Values)
            if (await source.AtAsync(path, ct) is { } thing)
                return await CardAsync(thing, actor, ct);
        return null;
    }
}

public static class ThingRegistration
{
    public static Atrium.Kernel.Modules.ModuleBuilder Things<TSource>(this Atrium.Kernel.Modules.ModuleBuilder module) where TSource : class, IThingSource
    {
        module.Services.AddScoped<IThingSource, TSource>();
        return module;
    }
}
