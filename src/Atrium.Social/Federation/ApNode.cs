using System.Globalization;
using System.Text.Json;

namespace Atrium.Social;

/// <summary>
/// An object of ActivityStreams, read leniently in its compacted form: a value or a list of one is the same, an object may stand for its id.
/// No context is ever fetched.
/// </summary>
internal readonly record struct ApNode(JsonElement Value)
{
    private const int Depth = 20;

    /// <summary>Null when the bytes are no JSON object, nest too deep, or hold text that is none.</summary>
    public static ApNode? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = Depth });
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
            Check(document.RootElement);
            return new(document.RootElement.Clone());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public string? Id => Text("id");

    public string Type => Text("type") ?? "";

    public bool Has(string key) => First(key) is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) };

    /// <summary>Text; of a list the first.</summary>
    public string? Text(string key) => First(key) is { ValueKind: JsonValueKind.String } text ? Clean(text.GetString()!) : null;

    /// <summary>An address: itself, or the id (of a link the href) of the object that stands there.</summary>
    public string? Ref(string key) => Refs(key) is [var first, ..] ? first : null;

    public IReadOnlyList<string> Refs(string key) => [.. All(key).Select(RefOf).OfType<string>()];

    public ApNode? Object(string key) => First(key) is { ValueKind: JsonValueKind.Object } held ? new ApNode(held) : null;

    public IReadOnlyList<ApNode> Objects(string key) => [.. All(key).Where(v => v.ValueKind == JsonValueKind.Object).Select(v => new ApNode(v))];

    /// <summary>Keys and texts of an object that maps, as <c>contentMap</c> does.</summary>
    public IReadOnlyList<(string Key, string Text)> Pairs(string key) =>
        First(key) is { ValueKind: JsonValueKind.Object } map ? [.. map.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).Select(p => (Clean(p.Name), Clean(p.Value.GetString()!)))] : [];

    public bool? Switch(string key) => First(key)?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    public double? Number(string key) => First(key) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && double.IsFinite(value) ? value : null;

    public IReadOnlyList<double> Numbers(string key) => [.. All(key).Select(v => v.ValueKind == JsonValueKind.Number && v.TryGetDouble(out var n) && double.IsFinite(n) ? n : double.NaN)];

    public DateTimeOffset? Instant(string key) =>
        Text(key) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) && at.Year is > 1970 and < 9000 ? at : null;

    private static string? RefOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Clean(value.GetString()!),
        JsonValueKind.Object => new ApNode(value).Text("id") ?? new ApNode(value).Text("href"),
        _ => null,
    };

    private JsonElement? First(string key) => All(key) is [var first, ..] ? first : null;

    private IReadOnlyList<JsonElement> All(string key) =>
        Value.ValueKind != JsonValueKind.Object || !Value.TryGetProperty(key, out var found) ? [] : found.ValueKind == JsonValueKind.Array ? [.. found.EnumerateArray()] : [found];

    // PostgreSQL keeps no NUL.
    private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    // Half a surrogate pair is legal JSON, but no text: reading it throws, here and not later.
    private static void Check(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) _ = value.GetString();
        else if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray()) Check(item);
        else if (value.ValueKind == JsonValueKind.Object)
            foreach (var property in value.EnumerateObject())
            {
                _ = property.Name;
                Check(property.Value);
            }
    }
}
