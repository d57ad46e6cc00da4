using System.Globalization;

namespace Atrium.Web;

/// <summary>Numbers as SVG writes them, and scales that end on round ones.</summary>
internal static class Figures
{
    public static string N(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    public static string Write(Reader? reader, double value) =>
        value == Math.Truncate(value) ? reader?.Number((long)value) ?? N(value) : reader?.Number(value, 1) ?? N(value);

    /// <summary>Steps of 1, 2 or 5 times a power of ten, at most five, that reach <paramref name="most"/>.</summary>
    public static IReadOnlyList<double> Steps(double most)
    {
        if (most <= 0) return [0, 1];
        var rough = most / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1d, 2, 5, 10 }.Select(f => f * power).First(s => s >= rough);
        return [.. Enumerable.Range(0, (int)Math.Ceiling(most / step) + 1).Select(i => i * step)];
    }
}
