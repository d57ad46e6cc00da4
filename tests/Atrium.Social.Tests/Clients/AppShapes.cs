using System.Globalization;
using System.Text.Json;

namespace Atrium.Social.Tests.Clients;

/// <summary>
/// What an app demands of an answer, in words: <c>key:kind</c>, and <c>key?:kind</c> where it may be missing or null. A kind is one of those below, the
/// name of another shape, <c>[kind]</c> for a list, or <c>a|b</c> for words of which one must stand there.
/// </summary>
internal sealed class AppShapes
{
    private readonly Dictionary<string, IReadOnlyList<Key>> _shapes = [];

    /// <param name="table">A shape a line: its name, an equals sign, its keys.</param>
    public AppShapes(string table)
    {
        foreach (var line in Lines(table))
        {
            var (name, keys) = (line[..line.IndexOf('=', StringComparison.Ordinal)].Trim(), line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            _shapes.Add(name, [.. keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Key.Of)]);
        }
    }

    /// <summary>Each line of a table that is more than white space.</summary>
    public static IEnumerable<string> Lines(string table) => table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What is wrong with a value, each by where it stands.</summary>
    public IEnumerable<string> Faults(JsonElement value, string kind, string at = "")
    {
        if (kind is ['[', .. var inner, ']'])
            return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany((item, i) => Faults(item, inner, string.Create(CultureInfo.InvariantCulture, $"{at}[{i}]"))) : [Wrong(value, kind, at)];
        if (_shapes.TryGetValue(kind, out var keys))
            return value.ValueKind == JsonValueKind.Object ? keys.SelectMany(key => Faults(value, key, at)) : [Wrong(value, kind, at)];
        return Fits(value, kind) ? [] : [Wrong(value, kind, at)];
    }

    private IEnumerable<string> Faults(JsonElement of, Key key, string at)
    {
        if (of.TryGetProperty(key.Name, out var value) && value.ValueKind != JsonValueKind.Null) return Faults(value, key.Kind, $"{at}.{key.Name}");
        return key.Optional ? [] : [$"{at}.{key.Name} is missing"];
    }

    private static bool Fits(JsonElement value, string kind) => kind switch
    {
        "any" => true,
        "text" => value.ValueKind == JsonValueKind.String,
        "bool" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "int" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        "long" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "object" => value.ValueKind == JsonValueKind.Object,
        // Apps sort by length and then by letters, or read a number.
        "id" => value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } id && id.All(char.IsAsciiDigit),
        // Of these, the strictest reader takes only milliseconds and Z.
        "date" => value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParseExact(value.GetString(), "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        "url" => value.ValueKind == JsonValueKind.String && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "ws" or "wss",
        _ when kind.Contains('|', StringComparison.Ordinal) => value.ValueKind == JsonValueKind.String && kind.Split('|').Contains(value.GetString()),
        _ => throw new ArgumentException($"There is no kind {kind}.", nameof(kind)),
    };

    private static string Wrong(JsonElement value, string kind, string at) => $"{(at.Length == 0 ? "it" : at)} is no {kind} but {Cut(value.GetRawText())}";

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private sealed record Key(string Name, string Kind, bool Optional)
    {
        public static Key Of(string text)
        {
            // Preferences have colons in their names: the last one counts.
            var colon = text.LastIndexOf(':');
            var (name, optional) = (text[..colon], text[colon - 1] == '?');
            return new(optional ? name[..^1] : name, text[(colon + 1)..], optional);
        }
    }
}
