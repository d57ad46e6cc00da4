using System.Text.Json;
using System.Text.Json.Serialization;
using Atrium.Kernel;
using NodaTime.Text;

namespace Atrium.Tasks;

/// <summary>Writes <c>{kind, local, tzid, at}</c>; reads that, or the short text form. <c>at</c> is only told, never read.</summary>
internal sealed class WhenJsonConverter : JsonConverter<When>
{
    public override When? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return Guard(reader.GetString()!, static text => When.Parse(text));
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A time is an object {kind, local, tzid} or its short text.");

        string? kind = null, local = null, tzid = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            if (name is not ("kind" or "local" or "tzid"))
            {
                reader.Skip();
                continue;
            }

            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null)) throw new JsonException($"{name} is text.");
            var value = reader.GetString();
            if (name == "kind") kind = value;
            else if (name == "local") local = value;
            else tzid = value;
        }

        if (local is null || !Enum.TryParse<WhenKind>(kind, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            throw new JsonException("A time has a kind (date, floating, zoned, utc) and a local value.");
        return Guard((parsed, local, tzid), static parts => When.Of(parts.parsed, parts.local, parts.tzid));
    }

    public override void Write(Utf8JsonWriter writer, When value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", value.Kind switch { WhenKind.Date => "date", WhenKind.Floating => "floating", WhenKind.Zoned => "zoned", _ => "utc" });
        writer.WriteString("local", value.Local);
        writer.WriteString("tzid", value.TzId);
        if (value.Fixed() is { } at) writer.WriteString("at", InstantPattern.General.Format(at));
        else writer.WriteNull("at");
        writer.WriteEndObject();
    }

    private static When Guard<T>(T input, Func<T, When> read)
    {
        try
        {
            return read(input);
        }
        catch (Refusal refusal)
        {
            throw new JsonException(refusal.Message, refusal);
        }
    }
}
