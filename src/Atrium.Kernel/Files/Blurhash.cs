using System.Globalization;
using System.Text;

namespace Atrium.Kernel.Files;

/// <summary>
/// A picture in about thirty characters: the first terms of its cosine transform, in base 83 (blurha.sh). Shown until the picture is there.
/// </summary>
public static class Blurhash
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

    /// <summary>Encodes 8-bit sRGB pixels, three bytes each, row by row.</summary>
    /// <param name="across">Components from left to right, 1 to 9.</param>
    /// <param name="down">Components from top to bottom, 1 to 9.</param>
    public static string Encode(ReadOnlySpan<byte> rgb, int width, int height, int across = 4, int down = 3)
    {
        if (rgb.Length != width * height * 3) throw new ArgumentException("Three bytes for each pixel.", nameof(rgb));
        var factors = new (double R, double G, double B)[across * down];
        for (var j = 0; j < down; j++)
            for (var i = 0; i < across; i++)
                factors[(j * across) + i] = Factor(rgb, width, height, i, j);

        var hash = new StringBuilder(4 + (2 * factors.Length));
        Append(hash, across - 1 + ((down - 1) * 9), 1);
        var largest = factors.Skip(1).SelectMany(f => new[] { f.R, f.G, f.B }).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var quantised = factors.Length > 1 ? Math.Clamp((int)Math.Floor((largest * 166) - 0.5), 0, 82) : 0;
        var scale = factors.Length > 1 ? (quantised + 1) / 166.0 : 1;
        Append(hash, quantised, 1);
        var (r, g, b) = factors[0];
        Append(hash, (ToSrgb(r) << 16) + (ToSrgb(g) << 8) + ToSrgb(b), 4);
        foreach (var f in factors.Skip(1)) Append(hash, (Quantise(f.R / scale) * 19 * 19) + (Quantise(f.G / scale) * 19) + Quantise(f.B / scale), 2);
        return hash.ToString();
    }

    /// <summary>The average colour, <c>#rrggbb</c>: what to paint before anything else. Null where the hash is none.</summary>
    public static string? AverageColour(string? hash)
    {
        if (hash is not { Length: >= 6 }) return null;
        var colour = 0;
        foreach (var c in hash.AsSpan(2, 4))
        {
            var digit = Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0) return null;
            colour = (colour * 83) + digit;
        }

        return colour <= 0xFFFFFF ? "#" + colour.ToString("x6", CultureInfo.InvariantCulture) : null;
    }

    private static (double R, double G, double B) Factor(ReadOnlySpan<byte> rgb, int width, int height, int i, int j)
    {
        double r = 0, g = 0, b = 0;
        for (var y = 0; y < height; y++)
        {
            var vertical = Math.Cos(Math.PI * j * y / height);
            for (var x = 0; x < width; x++)
            {
                var basis = vertical * Math.Cos(Math.PI * i * x / width);
                var at = 3 * ((y * width) + x);
                r += basis * ToLinear(rgb[at]);
                g += basis * ToLinear(rgb[at + 1]);
                b += basis * ToLinear(rgb[at + 2]);
            }
        }

        var scale = (i == 0 && j == 0 ? 1.0 : 2.0) / (width * height);
        return (r * scale, g * scale, b * scale);
    }

    private static double ToLinear(byte value)
    {
        var v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
    }

    private static int ToSrgb(double value)
    {
        var v = Math.Clamp(value, 0, 1);
        return (int)((v <= 0.0031308 ? v * 12.92 * 255 : ((1.055 * Math.Pow(v, 1 / 2.4)) - 0.055) * 255) + 0.5);
    }

    private static int Quantise(double value) =>
        Math.Clamp((int)Math.Floor((Math.CopySign(Math.Sqrt(Math.Abs(value)), value) * 9) + 9.5), 0, 18);

    private static void Append(StringBuilder hash, int value, int length)
    {
        for (var power = (int)Math.Pow(83, length - 1); power > 0; power /= 83) hash.Append(Digits[value / power % 83]);
    }
}
