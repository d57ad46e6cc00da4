using System.Collections.Concurrent;
using System.Reflection;

namespace Atrium.Kernel.Outbox;

internal delegate Task Invoke(object handler, object happened, OutboxMessage message, CancellationToken ct);

/// <summary>Calls a handler's typed method without knowing the event's type.</summary>
internal static class Invocation
{
    private static readonly ConcurrentDictionary<(Type Event, bool Outside), Invoke> Known = new();

    public static Invoke Of(Subscription subscription) => Known.GetOrAdd((subscription.Event, subscription.Db is null), static key => typeof(Invocation)
        .GetMethod(key.Outside ? nameof(Effect) : nameof(Reaction), BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(key.Event)
        .CreateDelegate<Invoke>());

    private static Task Reaction<TEvent>(object handler, object happened, OutboxMessage message, CancellationToken ct) where TEvent : class =>
        ((IReaction<TEvent>)handler).HandleAsync((TEvent)happened, ct);

    private static Task Effect<TEvent>(object handler, object happened, OutboxMessage message, CancellationToken ct) where TEvent : class =>
        ((IEffect<TEvent>)handler).HandleAsync((TEvent)happened, new(message.Id, message.Attempts + 1, message.CreatedAt), ct);
}
