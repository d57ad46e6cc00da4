using System.Buffers.Binary;
using System.Text;

namespace Atrium.Social.Tests;

/// <summary>Small films and sounds made by hand, each with a secret where its kind keeps what names people and places.</summary>
internal static class SampleMedia
{
    private static readonly byte[] Sound = Encoding.ASCII.GetBytes("THESOUND");

    /// <summary>2.5 s of 320 × 240 at 25 frames a second, with sound, and a track that says where the camera was.</summary>
    public static byte[] Mp4(string secret) => Iso("isom", secret, video: true);

    public static byte[] M4a(string secret) => Iso("M4A ", secret, video: false);

    /// <summary>3 s of 64 × 36.</summary>
    public static byte[] Webm(string secret)
    {
        var info = Element(0x1549A966, Element(0x2AD7B1, Number(1_000_000)), Element(0x4489, Float(3000)), Element(0x7BA9, Text(secret)), Element(0x4D80, Text("recorder")), Element(0x5741, Text("recorder")));
        return
        [
            .. Head(), .. Element(0x18538067, info, Tracks(secret), Element(0x1F43B675, Element(0xE7, Number(0)), Element(0xA3, [0x81, 0, 0, 0x80, .. Sound])), Element(0x1254C367, Element(0x7373, Element(0x67C8, Text(secret))))),
        ];
    }

    /// <summary>As browsers record: sizes unknown, no length said.</summary>
    public static byte[] LiveWebm(string secret)
    {
        var info = Element(0x1549A966, Element(0x2AD7B1, Number(1_000_000)), Element(0x7BA9, Text(secret)));
        byte[] cluster(int at) => [0x1F, 0x43, 0xB6, 0x75, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. Element(0xE7, Number(at)), .. Element(0xA3, [0x81, 0, 0, 0x80, .. Sound])];
        return [.. Head(), 0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. info, .. Tracks(secret), .. cluster(0), .. cluster(1000), .. cluster(2000)];
    }

    /// <summary>2 s of Vorbis at 44,100, or 1 s of Opus.</summary>
    public static byte[] Ogg(string secret, bool opus)
    {
        byte[] first = opus ? [.. "OpusHead"u8, 1, 2, .. U16(312), .. U32(48_000), 0, 0, 0] : [.. "\u0001vorbis"u8, .. U32(0), 2, .. U32(44_100), .. new byte[12], 0xB8, 1];
        // Longer than one page's lacing of a segment, so that it spans several.
        var comment = Encoding.Latin1.GetBytes("COMMENT=" + secret + new string('x', 600));
        byte[] second = [.. opus ? "OpusTags"u8 : "\u0003vorbis"u8, .. U32(4), .. "maker"u8[..4], .. U32(1), .. U32(comment.Length), .. comment, .. opus ? Array.Empty<byte>() : [1]];
        return [.. Page(2, 0, 0, first), .. Page(0, 0, 1, second), .. Page(4, opus ? 48_312 : 88_200, 2, Sound)];
    }

    /// <summary>64 × 48, each frame of another grey for a tenth of a second.</summary>
    public static byte[] Gif(int frames)
    {
        byte[] head = [.. "GIF89a"u8, 64, 0, 48, 0, 0x91, 0, 0, 0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255, 0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0];
        return [.. head, .. Enumerable.Range(0, frames).SelectMany(f => Frame(f % 4)), 0x3B];
    }

    // A code for each pixel and a clear code before every second, so that no code grows: LZW without its table.
    private static byte[] Frame(int shade)
    {
        List<byte> bits = [];
        var (held, count) = (0, 0);
        void Put(int code)
        {
            held |= code << count;
            for (count += 3; count >= 8; count -= 8, held >>= 8) bits.Add((byte)held);
        }

        for (var pixel = 0; pixel < 64 * 48; pixel++)
        {
            if (pixel % 2 == 0) Put(4);
            Put(shade);
        }

        Put(5);
        bits.Add((byte)held);
        return [0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 64, 0, 48, 0, 0, 2, .. bits.Chunk(255).SelectMany(block => block.Prepend((byte)block.Length)), 0];
    }

    public static byte[] Mp3(string secret)
    {
        var text = Encoding.Latin1.GetBytes(secret);
        byte[] frame = [.. "TIT2"u8, .. Big(text.Length + 1), 0, 0, 0, .. text];
        byte[] tag = [.. "ID3"u8, 3, 0, 0, 0, 0, (byte)(frame.Length >> 7), (byte)(frame.Length & 127), .. frame];
        // MPEG-1 layer III, 128 kbit/s, 44,100: 417 bytes a frame.
        byte[] one = [0xFF, 0xFB, 0x90, 0x00, .. new byte[100], .. Sound, .. new byte[417 - 112]];
        var last = new byte[128];
        "TAG"u8.CopyTo(last);
        text.CopyTo(last, 3);
        return [.. tag, .. Enumerable.Repeat(one, 20).SelectMany(f => f), .. last];
    }

    public static byte[] Flac(string secret)
    {
        var info = new byte[34];
        // 44,100 Hz, 88,200 samples.
        (info[10], info[11], info[12], info[13]) = (0x0A, 0xC4, 0x42, 0xF0);
        BinaryPrimitives.WriteUInt32BigEndian(info.AsSpan(14), 88_200);
        var comment = Encoding.Latin1.GetBytes("ARTIST=" + secret);
        byte[] tags = [.. U32(0), .. U32(1), .. U32(comment.Length), .. comment];
        return [.. "fLaC"u8, 0, 0, 0, 34, .. info, 0x84, 0, (byte)(tags.Length >> 8), (byte)tags.Length, .. tags, 0xFF, 0xF8, .. Sound];
    }

    public static byte[] Wav(string secret)
    {
        var text = Encoding.Latin1.GetBytes(secret);
        byte[] data = [.. Sound, .. new byte[4000 - 8]];
        byte[] chunks =
        [
            .. "WAVEfmt "u8, .. U32(16), .. U16(1), .. U16(1), .. U32(8000), .. U32(8000), .. U16(1), .. U16(8), .. "LIST"u8, .. U32(12 + text.Length + (text.Length & 1)), .. "INFOIART"u8, .. U32(text.Length), .. text,
            .. new byte[text.Length & 1], .. "data"u8, .. U32(data.Length), .. data,
        ];
        return [.. "RIFF"u8, .. U32(chunks.Length), .. chunks];
    }

    private static byte[] Iso(string brand, string secret, bool video)
    {
        byte[] ftyp = Box("ftyp", [.. Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0, .. "isom"u8]);
        byte[] media = [.. "PICTURES"u8, .. Sound, .. "GPSDATA!"u8];
        var mdat = Box("mdat", media);
        var at = ftyp.Length + 8;
        var udta = Box("udta", Box("\u00A9xyz", Encoding.Latin1.GetBytes(secret)));
        byte[] mvhd = Box("mvhd", [0, 0, 0, 0, .. Big(3_000_000), .. Big(3_000_000), .. Big(1000), .. Big(2500), .. new byte[80]]);
        List<byte[]> tracks = [Track("soun", 0, 0, 1000, 100, at + 8, 8)];
        if (video)
        {
            tracks.Insert(0, Track("vide", 320, 240, 25_000, 1000, at, 8));
            tracks.Add(Track("mdta", 0, 0, 1000, 100, at + 16, 8));
        }

        return [.. ftyp, .. mdat, .. Box("moov", [.. mvhd, .. tracks.SelectMany(t => t), .. udta])];
    }

    private static byte[] Track(string handler, int width, int height, int scale, int delta, int at, int size)
    {
        byte[] matrix = [.. Big(0x10000), .. new byte[12], .. Big(0x10000), .. new byte[12], .. Big(0x40000000)];
        byte[] tkhd = Box("tkhd", [0, 0, 0, 7, .. Big(3_000_000), .. Big(3_000_000), .. Big(1), .. new byte[4], .. Big(2500), .. new byte[16], .. matrix, .. Big(width << 16), .. Big(height << 16)]);
        byte[] mdhd = Box("mdhd", [0, 0, 0, 0, .. Big(3_000_000), .. Big(3_000_000), .. Big(scale), .. Big(scale * 5 / 2), .. new byte[4]]);
        byte[] hdlr = Box("hdlr", [.. new byte[8], .. Encoding.ASCII.GetBytes(handler), .. new byte[12], .. "Handler by Ada\0"u8]);
        byte[] stbl = Box(
            "stbl",
            [
                .. Box("stts", [.. new byte[4], .. Big(1), .. Big(1), .. Big(delta)]), .. Box("stsc", [.. new byte[4], .. Big(1), .. Big(1), .. Big(1), .. Big(1)]),
                .. Box("stsz", [.. new byte[4], .. Big(0), .. Big(1), .. Big(size)]), .. Box("stco", [.. new byte[4], .. Big(1), .. Big(at)]),
            ]);
        return Box("trak", [.. tkhd, .. Box("mdia", [.. mdhd, .. hdlr, .. Box("minf", stbl)])]);
    }

    private static byte[] Box(string type, byte[] body) => [.. Big(body.Length + 8), .. Encoding.Latin1.GetBytes(type), .. body];

    private static byte[] Head() => Element(0x1A45DFA3, Element(0x4282, Text("webm")));

    private static byte[] Tracks(string secret) => Element(0x1654AE6B, Element(0xAE, Element(0x83, [1]), Element(0x536E, Text(secret)), Element(0x23E383, Number(40_000_000)), Element(0xE0, Element(0xB0, Number(64)), Element(0xBA, Number(36)))));

    private static byte[] Element(uint id, params byte[][] bodies)
    {
        byte[] body = [.. bodies.SelectMany(b => b)];
        var name = Big((int)id).SkipWhile(b => b == 0).ToArray();
        return [.. name, 0x10, .. Big(body.Length)[1..], .. body];
    }

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Number(int value) => Big(value);

    private static byte[] Float(double value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Page(byte flags, long granule, int sequence, byte[] packet)
    {
        byte[] lacing = [.. Enumerable.Repeat((byte)255, packet.Length / 255), (byte)(packet.Length % 255)];
        var head = new byte[27];
        "OggS"u8.CopyTo(head);
        head[5] = flags;
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(6), granule);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(14), 77);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(18), sequence);
        head[26] = (byte)lacing.Length;
        return [.. head, .. lacing, .. packet];
    }

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] U32(int value) => BitConverter.GetBytes(value);

    private static byte[] U16(int value) => BitConverter.GetBytes((short)value);
}
