using System.Collections.Frozen;
using Atrium.Contracts.Home;

namespace Atrium.Home;

/// <summary>All kinds that the house's modules registered.</summary>
internal sealed class NotificationKinds(IEnumerable<NotificationKind> registered)
{
    private readonly FrozenDictionary<string, NotificationKind> _byKey = registered.ToFrozenDictionary(k => k.Key);

    public IEnumerable<NotificationKind> All => _byKey.Values.OrderBy(k => k.Room, StringComparer.Ordinal).ThenBy(k => k.Key, StringComparer.Ordinal);

    public NotificationKind? Find(string key) => _byKey.GetValueOrDefault(key);

    public string ReasonOf(string key) => Find(key)?.Reason ?? "it concerns you";
}
