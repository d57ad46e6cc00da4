using System.Reflection;
using System.Text.Json;

namespace Atrium.Kernel.Outbox;

/// <summary>One subscriber of one event.</summary>
/// <param name="Handler">The class that implements <see cref="IReaction{T}"/> or <see cref="IEffect{T}"/>.</param>
/// <param name="Db">The subscriber's abstract context, for a reaction; null for an effect.</param>
public sealed record Subscription(Type Event, string Subscriber, Type Handler, Type? Db);

/// <summary>Who listens to what. Filled by the modules, fixed at start.</summary>
public sealed class EventRegistry
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly ILookup<Type, Subscription> _byEvent;
    private readonly Dictionary<string, Subscription> _byKey;

    public EventRegistry(IEnumerable<Subscription> subscriptions)
    {
        var all = subscriptions.ToList();
        _byEvent = all.ToLookup(s => s.Event);
        _byKey = all.ToDictionary(s => Key(NameOf(s.Event), s.Subscriber), StringComparer.Ordinal);
    }

    /// <summary>The name of an event type, from its <see cref="EventNameAttribute"/>.</summary>
    public static string NameOf(Type type) => type.GetCustomAttribute<EventNameAttribute>()?.Name
        ?? throw new InvalidOperationException($"{type.Name} has no [EventName].");

    public IEnumerable<Subscription> All => _byKey.Values;

    internal IEnumerable<OutboxMessage> Messages(object happened, string? partition, DateTimeOffset? due, DateTimeOffset now)
    {
        var type = happened.GetType();
        string? payload = null;
        foreach (var subscription in _byEvent[type])
        {
            yield return new()
            {
                Event = NameOf(type),
                Subscriber = subscription.Subscriber,
                Payload = payload ??= JsonSerializer.Serialize(happened, type, Json),
                Outside = subscription.Db is null,
                PartitionKey = partition,
                CreatedAt = now,
                DueAt = due ?? now,
            };
        }
    }

    internal Subscription? Find(OutboxMessage message) => _byKey.GetValueOrDefault(Key(message.Event, message.Subscriber));

    private static string Key(string name, string subscriber) => $"{name} > {subscriber}";
}
