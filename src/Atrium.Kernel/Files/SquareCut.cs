using System.Globalization;

namespace Atrium.Kernel.Files;

/// <summary>A square of a picture, in pixels of it as it is shown.</summary>
public readonly record struct SquareCut(int Left, int Top, int Side)
{
    /// <summary>Reads <c>left,top,side</c>; null when it says nothing of the kind.</summary>
    public static SquareCut? Parse(string? text)
    {
        if (text?.Split(',') is not { Length: 3 } parts) return null;
        var numbers = new int[3];
        for (var i = 0; i < 3; i++)
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return null;
        return numbers[2] == 0 ? null : new(numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>The largest square in the middle.</summary>
    public static SquareCut Middle(int width, int height)
    {
        var side = Math.Min(width, height);
        return new((width - side) / 2, (height - side) / 2, side);
    }

    /// <summary>The same, moved and made smaller until it lies in the picture.</summary>
    public SquareCut Within(int width, int height)
    {
        var side = Math.Clamp(Side, 1, Math.Min(width, height));
        return new(Math.Clamp(Left, 0, width - side), Math.Clamp(Top, 0, height - side), side);
    }
}
