using System.Buffers.Binary;

namespace Atrium.Social;

/// <summary>Sound without much of a container: MP3, FLAC, WAV. Tells how long it is; blanks tags (ID3, APE, Vorbis comments, pictures, INFO).</summary>
internal static class SoundFile
{
    private static readonly int[] RatesOfOne = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] RatesOfTwo = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Hertz = [44_100, 48_000, 32_000];

    /// <summary>MPEG-1 and -2, layer III.</summary>
    public static MediaFacts Mp3(InPlace file)
    {
        var at = 0L;
        while (at + 10 <= file.Length && file.Read(at, 3).AsSpan().SequenceEqual("ID3"u8))
        {
            var head = file.Read(at, 10);
            var size = ((head[6] & 127) << 21) | ((head[7] & 127) << 14) | ((head[8] & 127) << 7) | (head[9] & 127);
            // Padding, as far as it goes: no frame, no flags.
            file.Blank(at + 5, 1);
            file.Blank(at + 10, Math.Min(size, file.Length - at - 10));
            at += 10 + size;
        }

        var end = Tail(file);
        var first = Frame(file, at, end) ?? throw new BadMedia("No sound was found in the file.");
        return new(false, true, null, null, first, null);
    }

    // Blanks what stands behind the sound, and answers where that ends.
    private static long Tail(InPlace file)
    {
        var end = file.Length;
        if (end >= 128 && file.Read(end - 128, 3).AsSpan().SequenceEqual("TAG"u8)) file.Blank(end -= 128, 128);
        if (end >= 32 && file.Read(end - 32, 8).AsSpan().SequenceEqual("APETAGEX"u8))
        {
            var tag = file.Read(end - 32, 32);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(tag.AsSpan(12)) + ((BinaryPrimitives.ReadUInt32LittleEndian(tag.AsSpan(20)) & 0x8000_0000) != 0 ? 32L : 0);
            if (size > end) throw new BadMedia("The file is damaged.");
            file.Blank(end -= size, size);
        }

        return end;
    }

    // How long the sound is, by its first frame, and by the Xing header where the rate changes.
    private static double? Frame(InPlace file, long from, long end)
    {
        for (var at = from; at + 4 <= end && at < from + (64 * 1024); at++)
        {
            var head = file.Read(at, 4);
            if (head[0] != 0xFF || (head[1] & 0xE0) != 0xE0 || (head[1] & 0x06) != 0x02) continue;
            var (version, rate, hertz) = ((head[1] >> 3) & 3, head[2] >> 4, (head[2] >> 2) & 3);
            if (version == 1 || rate is 0 or 15 || hertz == 3) continue;
            var one = version == 3;
            var frequency = Hertz[hertz] / (one ? 1 : version == 2 ? 2 : 4);
            var bits = (one ? RatesOfOne : RatesOfTwo)[rate] * 1000;
            var samples = one ? 1152 : 576;
            var length = (samples / 8 * bits / frequency) + ((head[2] >> 1) & 1);
            // One that only looks like a frame is followed by none.
            if (at + length + 2 <= end && (file.Read(at + length, 2) is not [0xFF, var next] || (next & 0xE0) != 0xE0)) continue;
            var side = one ? (head[3] >> 6 == 3 ? 17 : 32) : head[3] >> 6 == 3 ? 9 : 17;
            if (at + 4 + side + 12 <= end && file.Read(at + 4 + side, 4) is var mark && (mark.AsSpan().SequenceEqual("Xing"u8) || mark.AsSpan().SequenceEqual("Info"u8)) && (file.U32(at + 8 + side) & 1) != 0)
                return (double)file.U32(at + 12 + side) * samples / frequency;
            return (end - at) * 8.0 / bits;
        }

        return null;
    }

    /// <summary>RFC 9639.</summary>
    public static MediaFacts Flac(InPlace file)
    {
        double? seconds = null;
        var at = 4L;
        for (var last = false; !last; )
        {
            var head = file.Read(at, 4);
            last = (head[0] & 0x80) != 0;
            var (type, size) = (head[0] & 0x7F, (head[1] << 16) | (head[2] << 8) | head[3]);
            if (type == 0)
            {
                var info = file.Read(at + 4, 18);
                var rate = (info[10] << 12) | (info[11] << 4) | (info[12] >> 4);
                var samples = ((long)(info[13] & 15) << 32) | BinaryPrimitives.ReadUInt32BigEndian(info.AsSpan(14));
                seconds = rate > 0 && samples > 0 ? (double)samples / rate : null;
            }
            else if (type is 2 or 4 or 5 or 6 or > 6)
            {
                // Padding in its place.
                file.Write(at, [(byte)((head[0] & 0x80) | 1)]);
                file.Blank(at + 4, size);
            }

            at += 4 + size;
        }

        return new(false, true, null, null, seconds, null);
    }

    public static MediaFacts Wav(InPlace file)
    {
        uint bytesPerSecond = 0;
        double? seconds = null;
        for (var at = 12L; at + 8 <= file.Length;)
        {
            var head = file.Read(at, 8);
            long size = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            var name = System.Text.Encoding.Latin1.GetString(head, 0, 4);
            var held = Math.Min(size, file.Length - at - 8);
            if (name == "fmt " && held >= 16) bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(file.Read(at + 16, 4));
            else if (name == "data") seconds = bytesPerSecond > 0 ? (double)held / bytesPerSecond : null;
            else if (name is not ("fmt " or "fact"))
            {
                file.Write(at, "JUNK"u8);
                file.Blank(at + 8, held);
            }

            at += 8 + size + (size & 1);
        }

        return seconds is null ? throw new BadMedia("No sound was found in the file.") : new(false, true, null, null, seconds, null);
    }
}
