using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atrium.Kernel;

/// <summary>A reference to any object of any module, written <c>task:7391…</c>.</summary>
/// <param name="Kind">What it is, as its module registered it: <c>task</c>, <c>project</c>, <c>member</c>.</param>
/// <param name="Key">Its id within the kind.</param>
[JsonConverter(typeof(ThingJsonConverter))]
public readonly record struct Thing(string Kind, long Key) : IParsable<Thing>
{
    public static Thing Of<T>(string kind, Id<T> id) => new(kind, id.Value);

    public Id<T> As<T>() => new(Key);

    public override string ToString() => $"{Kind}:{Key.ToString(CultureInfo.InvariantCulture)}";

    public static Thing Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var thing) ? thing : throw new FormatException("A thing is written kind:number.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Thing result)
    {
        result = default;
        var colon = s?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon <= 0 || !long.TryParse(s.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var key)) return false;
        result = new(s![..colon], key);
        return true;
    }
}

internal sealed class ThingJsonConverter : JsonConverter<Thing>
{
    public override Thing Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Thing.TryParse(reader.GetString(), null, out var thing) ? thing : throw new JsonException("A thing is written kind:number.");

    public override void Write(Utf8JsonWriter writer, Thing value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
