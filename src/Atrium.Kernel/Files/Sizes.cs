using System.Globalization;

namespace Atrium.Kernel.Files;

/// <summary>Sizes in words: “25 MB”.</summary>
public static class Sizes
{
    public const long KiB = 1024;
    public const long MiB = 1024 * KiB;
    public const long GiB = 1024 * MiB;

    public static string Words(long bytes) => bytes switch
    {
        < KiB => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < MiB => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)KiB:0.#} KB"),
        < GiB => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)MiB:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)GiB:0.##} GB"),
    };
}
