using Atrium.Kernel.Files;
using CsCheck;

namespace Atrium.Kernel.Tests.Files;

public sealed class BlurhashTests
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

    [Fact]
    public void One_colour_makes_the_published_hashes()
    {
        Assert.Equal("L00000fQfQfQfQfQfQfQfQfQfQfQ", Blurhash.Encode(new byte[32 * 32 * 3], 32, 32));
        Assert.Equal("00TSUA", Blurhash.Encode([.. Enumerable.Repeat((byte)255, 8 * 8 * 3)], 8, 8, 1, 1));
    }

    [Theory]
    [InlineData("LEHV6nWB2yk8pyo0adR*.7kCMdnj", "#979695")]
    [InlineData("LFE.@D9F01_2%L%MIVD*9Goe-;WB", "#817e72")]
    public void The_average_colour_is_that_of_the_published_hash(string hash, string colour)
    {
        var value = hash[2..6].Aggregate(0, (sum, c) => (sum * 83) + Digits.IndexOf(c, StringComparison.Ordinal));
        Assert.Equal($"#{value:x6}", Blurhash.AverageColour(hash));
        Assert.Equal(colour, Blurhash.AverageColour(hash));
    }

    [Fact]
    public void What_a_decoder_written_from_the_description_paints_encodes_to_what_looks_the_same() =>
        // Low contrast, so that nothing is clipped at the edges of the range.
        Gen.Byte[100, 130].Array[3 * 6 * 6].Sample(pixels =>
        {
            var hash = Blurhash.Encode(pixels, 6, 6);
            var painted = Decode(hash, 64, 48);
            var again = Blurhash.Encode(painted, 64, 48);
            Assert.Equal(hash[0], again[0]);
            // In levels of 256, on average: rounding to 19 steps twice.
            Assert.InRange(painted.Zip(Decode(again, 64, 48), (a, b) => Math.Abs(a - b)).Average(), 0, 6);
        }, iter: 100);

    [Fact]
    public void Any_picture_has_a_hash_of_the_right_length_in_the_right_letters() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12], Gen.Int[1, 9], Gen.Int[1, 9]).SelectMany(s => Gen.Byte.Array[s.Item1 * s.Item2 * 3].Select(p => (s, p))).Sample((size, pixels) =>
        {
            var (width, height, across, down) = size;
            var hash = Blurhash.Encode(pixels, width, height, across, down);
            Assert.Equal(4 + (2 * across * down), hash.Length);
            Assert.All(hash, c => Assert.Contains(c, Digits));
            Assert.NotNull(Blurhash.AverageColour(hash));
        });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("LEHV6")]
    [InlineData("LE\"\"\"\"")]
    [InlineData("LE~~~~")]
    public void No_hash_no_colour(string? hash) => Assert.Null(Blurhash.AverageColour(hash));

    private static int[] Steps(ReadOnlySpan<char> pair)
    {
        var value = (Digits.IndexOf(pair[0], StringComparison.Ordinal) * 83) + Digits.IndexOf(pair[1], StringComparison.Ordinal);
        return [value / 361, value / 19 % 19, value % 19];
    }

    /// <summary>The other direction, from the description of the format.</summary>
    private static byte[] Decode(string hash, int width, int height)
    {
        var size = Digits.IndexOf(hash[0], StringComparison.Ordinal);
        var (across, down) = ((size % 9) + 1, (size / 9) + 1);
        var largest = (Digits.IndexOf(hash[1], StringComparison.Ordinal) + 1) / 166.0;
        var dc = hash[2..6].Aggregate(0, (sum, c) => (sum * 83) + Digits.IndexOf(c, StringComparison.Ordinal));
        var factors = new double[across * down][];
        factors[0] = [Linear(dc >> 16), Linear((dc >> 8) & 255), Linear(dc & 255)];
        for (var i = 1; i < factors.Length; i++)
            factors[i] = [.. Steps(hash.AsSpan(4 + (2 * i), 2)).Select(s => Math.Sign(s - 9) * Math.Pow((s - 9) / 9.0, 2) * largest)];

        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var channel = 0; channel < 3; channel++)
                {
                    var light = 0.0;
                    for (var j = 0; j < down; j++)
                        for (var i = 0; i < across; i++)
                            light += factors[(j * across) + i][channel] * Math.Cos(Math.PI * x * i / width) * Math.Cos(Math.PI * y * j / height);
                    pixels[(3 * ((y * width) + x)) + channel] = Srgb(light);
                }

        return pixels;
    }

    private static double Linear(int v) => v / 255.0 <= 0.04045 ? v / 255.0 / 12.92 : Math.Pow(((v / 255.0) + 0.055) / 1.055, 2.4);

    private static byte Srgb(double light)
    {
        var v = Math.Clamp(light, 0, 1);
        return (byte)Math.Round((v <= 0.0031308 ? v * 12.92 : (1.055 * Math.Pow(v, 1 / 2.4)) - 0.055) * 255);
    }
}
