using System.IO.Compression;
using System.Text;
using Atrium.Kernel.Files;
using NetVips;

namespace Atrium.Kernel.Tests.Files;

public sealed class PicturesTests : IDisposable
{
    private readonly Pictures _pictures = new();

    [Fact]
    public async Task A_photograph_comes_out_upright_and_without_its_story()
    {
        using var photo = Gradient(400, 200).Mutate(m =>
        {
            m.Set(GValue.GStrType, "exif-ifd0-ImageDescription", "my house (my house, ASCII, 9 components, 9 bytes)");
            m.Set(GValue.GStrType, "exif-ifd3-GPSLatitude", "52/1 30/1 0/1 (52, Rational, 3 components, 24 bytes)");
            m.Set(GValue.GIntType, "orientation", 6);
        });
        var original = photo.JpegsaveBuffer(q: 95);
        Assert.Contains("Exif", Encoding.Latin1.GetString(original), StringComparison.Ordinal);

        var clean = await _pictures.CleanAsync(original);
        Assert.Equal(("image/jpeg", 200, 400), (clean.ContentType, clean.Width, clean.Height));
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(clean.Content), StringComparison.Ordinal);
        Assert.DoesNotContain("ICC_PROFILE", Encoding.Latin1.GetString(clean.Content), StringComparison.Ordinal);
        using var read = Image.NewFromBuffer(clean.Content);
        Assert.DoesNotContain(read.GetFields(), f => f.StartsWith("exif", StringComparison.Ordinal) || f == "orientation");
        Assert.Equal(28, clean.Blurhash.Length);
    }

    [Fact]
    public async Task Variants_are_webp_no_wider_than_asked_and_never_enlarged()
    {
        var original = Gradient(1000, 500).PngsaveBuffer();
        foreach (var (asked, width) in new[] { (64, 64), (320, 320), (1920, 1000) })
        {
            var variant = await _pictures.VariantAsync(original, asked);
            Assert.Equal("image/webp", FileKind.Sniff(variant));
            using var image = Image.NewFromBuffer(variant);
            Assert.Equal(width, image.Width);
        }
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(65, 320)]
    [InlineData(961, 1920)]
    [InlineData(9999, 1920)]
    public void A_wish_gets_the_next_width(int wished, int width) => Assert.Equal(width, Pictures.WidthFor(wished));

    [Fact]
    public async Task What_moves_keeps_moving_and_its_variants_stand_still()
    {
        using var first = Gradient(60, 40);
        using var second = first.Invert();
        using var strip = first.Join(second, Enums.Direction.Vertical).Mutate(m =>
        {
            m.Set(GValue.GIntType, "page-height", 40);
            m.Set(GValue.ArrayIntType, "delay", new[] { 100, 100 });
        });
        var gif = strip.GifsaveBuffer();
        var clean = await _pictures.CleanAsync(gif);
        Assert.Equal(("image/gif", 60, 40, true), (clean.ContentType, clean.Width, clean.Height, clean.Animated));
        using var kept = Image.NewFromBuffer(clean.Content, "n=-1");
        Assert.Equal(80, kept.Height);
        using var still = Image.NewFromBuffer(await _pictures.VariantAsync(gif, 64), "n=-1");
        Assert.Equal(40, still.Height);
    }

    [Fact]
    public async Task Transparency_stays() 
    {
        using var alpha = Gradient(50, 50).Bandjoin(128);
        using var read = Image.NewFromBuffer((await _pictures.CleanAsync(alpha.PngsaveBuffer())).Content);
        Assert.True(read.HasAlpha());
    }

    [Fact]
    public async Task A_bomb_is_refused_by_its_header_in_no_time()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => _pictures.CleanAsync(Bomb(60_000, 60_000)));
        Assert.Equal("too_many_pixels", refusal.Code);
        Assert.Contains("3,600 megapixels", refusal.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><image href='file:///etc/passwd'/></svg>")]
    [InlineData("%PDF-1.4 nothing")]
    [InlineData("P6 1 1 255 abc")]
    [InlineData("no picture")]
    [InlineData("")]
    public async Task What_is_no_picture_of_ours_is_refused(string content) =>
        Assert.Equal(RefusalKind.Invalid, (await Assert.ThrowsAsync<Refusal>(() => _pictures.CleanAsync(Encoding.UTF8.GetBytes(content)))).Kind);

    [Fact]
    public async Task Half_a_picture_is_refused()
    {
        var whole = Gradient(500, 500).PngsaveBuffer();
        Assert.Equal("unreadable_picture", (await Assert.ThrowsAsync<Refusal>(() => _pictures.CleanAsync(whole[..(whole.Length / 2)]))).Code);
    }

    public void Dispose() => _pictures.Dispose();

    private static Image Gradient(int width, int height)
    {
        using var xy = Image.Xyz(width, height);
        using var red = xy.ExtractBand(0) * (255.0 / width);
        using var green = xy.ExtractBand(1) * (255.0 / height);
        using var joined = red.Bandjoin(green, red);
        return joined.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
    }

    /// <summary>A PNG whose header promises far more than it holds.</summary>
    private static byte[] Bomb(int width, int height)
    {
        var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] size = [(byte)(width >> 24), (byte)(width >> 16), (byte)(width >> 8), (byte)width, (byte)(height >> 24), (byte)(height >> 16), (byte)(height >> 8), (byte)height];
        Chunk(png, "IHDR", [.. size, 8, 2, 0, 0, 0]);
        var zeros = new MemoryStream();
        using (var zlib = new ZLibStream(zeros, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(new byte[1 << 20]);
        Chunk(png, "IDAT", zeros.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(Stream png, string name, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        var length = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        png.Write(length);
        png.Write(body);
        var crc = 0xFFFFFFFFu;
        foreach (var b in body)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(length, ~crc);
        png.Write(length);
    }
}
