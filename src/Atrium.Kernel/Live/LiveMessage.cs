using System.Text.Json;

namespace Atrium.Kernel.Live;

/// <summary>A wake-up for those who look at a topic. What it is about is durable elsewhere: losing one loses nothing.</summary>
/// <param name="Topic"><c>project:7391…</c>.</param>
/// <param name="Cursor">Where the topic stands now; a listener that sees a gap fetches again.</param>
/// <param name="Kind"><c>change</c>, <c>presence</c>, or a topic's own word.</param>
/// <param name="Data">Small facts, such as which card moved; nothing that not every listener may see.</param>
public sealed record LiveMessage(string Topic, long Cursor, string Kind, JsonElement? Data = null);

/// <summary>Carries wake-ups to every node. In process, or over Redis.</summary>
public interface ILiveBus
{
    void Publish(LiveMessage message);

    /// <summary>Calls <paramref name="listener"/>, which must not block, for each message until disposed.</summary>
    IDisposable Subscribe(string topic, Action<LiveMessage> listener);
}

/// <summary>Who may listen to topics of one kind, and where such a topic stands.</summary>
public interface ITopicRule
{
    /// <summary>The part of the topic before the colon.</summary>
    string Kind { get; }

    /// <summary>The topic's cursor, or null when there is no such topic for <paramref name="actor"/>.</summary>
    ValueTask<long?> CursorAsync(string key, Actor actor, CancellationToken ct);
}
