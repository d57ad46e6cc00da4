using System.Text.Json;
using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>Reads the fields of a merge patch, or refuses by their name.</summary>
internal static class JsonFields
{
    public static int TryNumber(this JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var n) ? n : throw Refusal.Invalid(field, "Write a whole number.");

    public static string? TextOrNull(this JsonElement value, string field) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => throw Refusal.Invalid(field, "Write text."),
    };

    public static Id<T>? IdOrNull<T>(this JsonElement value, string field) => value.TextOrNull(field) is not { } text
        ? null
        : Id<T>.TryParse(text, null, out var id) ? id : throw Refusal.Invalid(field, "Write an id.");

    public static IReadOnlyList<string> TextList(this JsonElement value, string field) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array => [.. value.EnumerateArray().Select(v => v.TextOrNull(field) ?? throw Refusal.Invalid(field, "Write a list of texts."))],
        _ => throw Refusal.Invalid(field, "Write a list."),
    };
}
