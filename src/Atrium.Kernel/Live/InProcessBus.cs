using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Atrium.Kernel.Live;

/// <summary>The bus of a house that runs on one machine.</summary>
internal sealed class InProcessBus : ILiveBus
{
    private readonly ConcurrentDictionary<string, ImmutableList<Action<LiveMessage>>> _listeners = new();

    public void Publish(LiveMessage message)
    {
        if (!_listeners.TryGetValue(message.Topic, out var listeners)) return;
        foreach (var listener in listeners) listener(message);
    }

    public IDisposable Subscribe(string topic, Action<LiveMessage> listener)
    {
        _listeners.AddOrUpdate(topic, _ => [listener], (_, held) => held.Add(listener));
        return new Subscription(this, topic, listener);
    }

    private void Remove(string topic, Action<LiveMessage> listener)
    {
        var left = _listeners.AddOrUpdate(topic, _ => [], (_, held) => held.Remove(listener));
        if (left.IsEmpty) _listeners.TryRemove(KeyValuePair.Create(topic, left));
    }

    private sealed class Subscription(InProcessBus bus, string topic, Action<LiveMessage> listener) : IDisposable
    {
        public void Dispose() => bus.Remove(topic, listener);
    }
}
