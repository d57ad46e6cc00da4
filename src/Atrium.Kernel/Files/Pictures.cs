using System.Globalization;
using NetVips;

namespace Atrium.Kernel.Files;

/// <summary>A picture made clean: upright, in sRGB, without EXIF, GPS or any other metadata.</summary>
/// <param name="Width">Pixels, as shown.</param>
public sealed record CleanPicture(byte[] Content, string ContentType, int Width, int Height, string Blurhash, bool Animated);

/// <summary>
/// Decodes, cleans and scales pictures (libvips). Only the loaders of the common formats are ever used, and nothing is decoded before its
/// header promised a size that fits.
/// </summary>
public sealed class Pictures : IDisposable
{
    /// <summary>Widths that are made; a request gets the smallest that is not smaller.</summary>
    public static readonly IReadOnlyList<int> Widths = [64, 320, 960, 1920];

    /// <summary>The most pixels one frame may have.</summary>
    public const long MostPixels = 100_000_000;

    /// <summary>The most pixels an animation may have in all; beyond it the first frame is kept.</summary>
    public const long MostAnimatedPixels = 120_000_000;

    private const int Largest = 4096;
    private static readonly Lock Setup = new();
    private static bool _ready;

    // Decoding is memory and processor: two at a time, whatever the number of uploads.
    private readonly SemaphoreSlim _turn = new(2);

    public Pictures()
    {
        lock (Setup)
        {
            if (_ready) return;
            NetVips.NetVips.BlockUntrusted = true;
            NetVips.NetVips.Concurrency = 2;
            Cache.Max = 0;
            _ready = true;
        }
    }

    /// <summary>Re-encodes an upload; at most 4096 pixels on a side are kept. JPEG stays JPEG, PNG stays PNG, moving GIF and WebP keep moving, the rest becomes WebP.</summary>
    /// <param name="most">The most pixels, where that is fewer than everywhere.</param>
    /// <exception cref="Refusal">It is no picture, is broken, or has too many pixels.</exception>
    public Task<CleanPicture> CleanAsync(byte[] content, long most = MostPixels, CancellationToken ct = default) => InTurnAsync(() => Clean(content, most), ct);

    /// <summary>A smaller form, as WebP; the first frame of what moves. Never larger than the picture itself.</summary>
    public Task<byte[]> VariantAsync(byte[] content, int width, CancellationToken ct = default) => InTurnAsync(
        () =>
        {
            Measure(content);
            using var small = Image.ThumbnailBuffer(content, width, height: 10 * width, size: Enums.Size.Down, outputProfile: "srgb", failOn: Enums.FailOn.Error);
            return small.WebpsaveBuffer(q: 80, keep: Enums.ForeignKeep.None);
        },
        ct);

    /// <summary>Cuts a square out of a picture as it is shown, upright: where <paramref name="cut"/> says, as far as that lies in it, else from its middle.</summary>
    /// <param name="most">The most pixels of a side that are kept.</param>
    /// <exception cref="Refusal">It is no picture, is broken, or has too many pixels.</exception>
    public Task<byte[]> SquareAsync(byte[] content, SquareCut? cut, int most, CancellationToken ct = default) => InTurnAsync(
        () =>
        {
            Measure(content);
            using var whole = Image.NewFromBuffer(content, access: Enums.Access.Random, failOn: Enums.FailOn.Error);
            using var upright = whole.Autorot();
            var (left, top, side) = (cut ?? SquareCut.Middle(upright.Width, upright.Height)).Within(upright.Width, upright.Height);
            using var square = upright.ExtractArea(left, top, side, side);
            using var small = square.ThumbnailImage(most, height: most, size: Enums.Size.Down);
            return small.PngsaveBuffer(compression: 3);
        },
        ct);

    /// <summary>The width to serve for a wish.</summary>
    public static int WidthFor(int wished) => Widths.FirstOrDefault(w => w >= wished, Widths[^1]);

    public void Dispose() => _turn.Dispose();

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return await Task.Run(work, ct);
        }
        catch (VipsException e)
        {
            throw Refusal.Invalid("file", "This picture cannot be read: it is damaged or of a kind the house does not know.", "unreadable_picture").With("detail", e.Message.Split('\n')[0]);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static CleanPicture Clean(byte[] content, long most)
    {
        var (loader, pages, animatedPixels) = Measure(content, most);
        if (pages > 1 && animatedPixels <= MostAnimatedPixels && loader is "gif" or "webp") return Animation(content, loader);

        // Opened first and scaled after: thumbnails straight from a buffer pass over a file that was cut short.
        using var whole = Image.NewFromBuffer(content, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
        using var upright = whole.ThumbnailImage(Largest, height: Largest, size: Enums.Size.Down, outputProfile: "srgb");
        // One pass over the pixels feeds both the file and the hash.
        using var image = upright.CopyMemory();
        var (bytes, type) = loader switch
        {
            "jpeg" => (image.JpegsaveBuffer(q: 88, optimizeCoding: true, interlace: true, keep: Enums.ForeignKeep.None), "image/jpeg"),
            "png" => (image.PngsaveBuffer(compression: 6, keep: Enums.ForeignKeep.None), "image/png"),
            _ => (image.WebpsaveBuffer(q: 86, keep: Enums.ForeignKeep.None), "image/webp"),
        };
        return new(bytes, type, image.Width, image.Height, Hash(image), Animated: false);
    }

    private static CleanPicture Animation(byte[] content, string loader)
    {
        using var all = Image.NewFromBuffer(content, "n=-1", failOn: Enums.FailOn.Error);
        var bytes = loader == "gif" ? all.GifsaveBuffer(keep: Enums.ForeignKeep.None) : all.WebpsaveBuffer(q: 80, keep: Enums.ForeignKeep.None);
        using var first = Image.ThumbnailBuffer(content, Largest, height: Largest, size: Enums.Size.Down, outputProfile: "srgb");
        using var image = first.CopyMemory();
        return new(bytes, "image/" + loader, image.Width, image.Height, Hash(image), Animated: true);
    }

    /// <summary>Reads the header alone and refuses what would fill the memory when decoded.</summary>
    private static (string Loader, int Pages, long AnimatedPixels) Measure(byte[] content, long most = MostPixels)
    {
        using var header = Image.NewFromBuffer(content, access: Enums.Access.Sequential);
        var loader = ((string)header.Get("vips-loader")).Replace("load_buffer", "", StringComparison.Ordinal).Replace("load", "", StringComparison.Ordinal);
        if (loader is not ("jpeg" or "png" or "webp" or "gif" or "heif"))
            throw Refusal.Invalid("file", "Pictures are JPEG, PNG, GIF, WebP or AVIF.", "unknown_picture");
        var pixels = (long)header.Width * header.Height;
        if (pixels > most)
            throw Refusal.Invalid("file", string.Create(CultureInfo.InvariantCulture, $"This picture has {pixels / 1_000_000.0:#,0.#} megapixels; up to {most / 1_000_000.0:#,0.#} are taken."), "too_many_pixels");
        var pages = header.Contains("n-pages") ? Math.Max(1, (int)header.Get("n-pages")) : 1;
        return (loader, pages, pixels * pages);
    }

    private static string Hash(Image image)
    {
        using var small = image.ThumbnailImage(32, height: 32, size: Enums.Size.Down);
        using var opaque = small.HasAlpha() ? small.Flatten(background: [255, 255, 255]) : small.Copy();
        using var colour = opaque.Colourspace(Enums.Interpretation.Srgb);
        using var rgb = colour.Bands > 3 ? colour.ExtractBand(0, 3) : colour.Copy();
        using var bytes = rgb.Cast(Enums.BandFormat.Uchar);
        return Blurhash.Encode(bytes.WriteToMemory<byte>(), bytes.Width, bytes.Height);
    }
}
