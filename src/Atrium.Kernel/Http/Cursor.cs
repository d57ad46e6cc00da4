using System.Buffers.Text;
using System.Text.Json;

namespace Atrium.Kernel;

/// <summary>Opaque cursors of keyset pages.</summary>
public static class Cursor
{
    /// <summary>A cursor that is an id, or null at the beginning.</summary>
    public static Id<T>? Id<T>(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return null;
        return Kernel.Id<T>.TryParse(cursor, null, out var id) ? id : throw Unreadable();
    }

    /// <summary>Packs the sort keys of the last row into a cursor.</summary>
    public static string Of<TKeys>(TKeys keys) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(keys));

    /// <summary>The sort keys a cursor holds, or null at the beginning.</summary>
    public static TKeys? Read<TKeys>(string? cursor) where TKeys : class
    {
        if (string.IsNullOrEmpty(cursor)) return null;
        try
        {
            return JsonSerializer.Deserialize<TKeys>(Base64Url.DecodeFromChars(cursor)) ?? throw Unreadable();
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw Unreadable();
        }
    }

    private static Refusal Unreadable() => Refusal.Invalid("cursor", "That cursor is not one of ours.");
}
