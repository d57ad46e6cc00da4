using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Atrium.Kernel;

/// <summary>
/// The identity of a <typeparamref name="T"/>: 64 bits, ordered by the time it was made, unique within the house.
/// Not a secret: what must not be guessed is a <see cref="RandomKey"/>. In JSON it is always a decimal string.
/// </summary>
/// <typeparam name="T">What is identified: an entity, or a marker such as <see cref="Member"/>.</typeparam>
[JsonConverter(typeof(IdJsonConverterFactory))]
[TypeConverter(typeof(IdTypeConverter))]
public readonly record struct Id<T>(long Value) : IId, IComparable<Id<T>>, ISpanParsable<Id<T>>
{
    /// <summary>A new id, later than every id this process has made.</summary>
    public static Id<T> New() => new(IdClock.Next());

    /// <summary>When it was made, to the millisecond, UTC.</summary>
    public DateTimeOffset MadeAt => DateTimeOffset.FromUnixTimeMilliseconds(Value >> IdClock.TimeShift);

    public int CompareTo(Id<T> other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    public static Id<T> Parse(string s, IFormatProvider? provider = null) => new(long.Parse(s, NumberStyles.None, CultureInfo.InvariantCulture));

    public static Id<T> Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => new(long.Parse(s, NumberStyles.None, CultureInfo.InvariantCulture));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Id<T> result) =>
        TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Id<T> result)
    {
        var ok = long.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        result = new(value);
        return ok;
    }

    public static bool operator <(Id<T> left, Id<T> right) => left.Value < right.Value;
    public static bool operator >(Id<T> left, Id<T> right) => left.Value > right.Value;
    public static bool operator <=(Id<T> left, Id<T> right) => left.Value <= right.Value;
    public static bool operator >=(Id<T> left, Id<T> right) => left.Value >= right.Value;
}

/// <summary>Any <see cref="Id{T}"/>, where the type it names does not matter.</summary>
public interface IId
{
    /// <summary>The 64 bits.</summary>
    long Value { get; }
}
