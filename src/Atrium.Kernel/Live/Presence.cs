using System.Collections.Concurrent;
using System.Text.Json;

namespace Atrium.Kernel.Live;

/// <summary>Who is looking at a topic just now, told to the others who look.</summary>
internal sealed class Presence(ILiveBus bus)
{
    private readonly ConcurrentDictionary<(string Topic, string Handle), int> _here = new();

    public void Enter(string topic, Actor actor) => Change(topic, actor, 1);

    public void Leave(string topic, Actor actor) => Change(topic, actor, -1);

    public JsonElement Of(string topic) => JsonSerializer.SerializeToElement(_here.Where(h => h.Key.Topic == topic && h.Value > 0).Select(h => h.Key.Handle).Order().ToArray());

    private void Change(string topic, Actor actor, int by)
    {
        if (actor.Handle is not { } handle) return;
        var tabs = _here.AddOrUpdate((topic, handle), Math.Max(0, by), (_, n) => Math.Max(0, n + by));
        if (tabs == 0) _here.TryRemove(KeyValuePair.Create((topic, handle), 0));
        bus.Publish(new(topic, 0, "presence", Of(topic)));
    }
}
