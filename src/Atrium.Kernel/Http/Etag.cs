using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Atrium.Kernel;

/// <summary>A strong entity tag made of an entity's revision (RFC 9110, 8.8.3). Binds from <c>If-Match</c> text.</summary>
/// <param name="Revision">The revision; null stands for <c>*</c>.</param>
public readonly record struct Etag(long? Revision) : IParsable<Etag>
{
    public static Etag Any { get; } = new(null);

    public override string ToString() => Revision is { } r ? $"\"{r.ToString(CultureInfo.InvariantCulture)}\"" : "*";

    /// <summary>Refuses with 412 unless <paramref name="current"/> is the revision meant.</summary>
    public void Demand(long current)
    {
        if (Revision is { } r && r != current) throw Refusal.Stale().With("revision", current);
    }

    public static Etag Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var tag) ? tag : throw Refusal.Invalid("If-Match", "If-Match is a quoted revision, such as \"7\", or *.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Etag result)
    {
        result = default;
        if (s is null) return false;
        s = s.Trim();
        if (s == "*") return true;
        if (s.Length < 3 || s[0] != '"' || s[^1] != '"') return false;
        if (!long.TryParse(s.AsSpan(1, s.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)) return false;
        result = new(revision);
        return true;
    }
}
