using System.Buffers.Binary;

namespace Atrium.Social;

/// <summary>
/// Ogg (RFC 3533) with Vorbis, Opus, FLAC or Theora: tells length and size, and blanks the comments of every stream. A comment header keeps its
/// length, as one long empty vendor name, and the checksums of its pages are made anew.
/// </summary>
internal sealed class OggFile(InPlace file)
{
    private const int MostPages = 2_000_000;
    private static readonly uint[] Table = Crc();

    private readonly Dictionary<uint, Logical> _streams = [];

    public static MediaFacts Clean(InPlace file) => new OggFile(file).Clean();

    private MediaFacts Clean()
    {
        var (at, pages) = (0L, 0);
        while (at + 27 <= file.Length)
        {
            if (++pages > MostPages) throw new BadMedia("The file has too many parts.");
            at = Page(at);
        }

        if (_streams.Count == 0) throw new BadMedia("The file is damaged.");
        foreach (var stream in _streams.Values) BlankComments(stream);
        var video = _streams.Values.FirstOrDefault(s => s.Kind == "theora");
        var audio = _streams.Values.FirstOrDefault(s => s.Kind is "vorbis" or "opus" or "flac");
        if (video is null && audio is null) throw new BadMedia("The file holds neither picture nor sound.");
        return new(video is not null, audio is not null, video?.Width, video?.Height, audio?.Seconds, null);
    }

    private long Page(long at)
    {
        var head = file.Read(at, 27);
        if (!head.AsSpan(0, 4).SequenceEqual("OggS"u8)) throw new BadMedia("The file is damaged.");
        var (granule, serial, lacing) = (BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(6)), BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(14)), file.Read(at + 27, head[26]));
        var body = at + 27 + lacing.Length;
        var end = body + lacing.Sum(l => (int)l);
        if (end > file.Length) throw new BadMedia("The file was cut short.");
        if (!_streams.TryGetValue(serial, out var stream)) _streams[serial] = stream = new();
        if (granule >= 0) stream.Granule = Math.Max(stream.Granule, granule);

        var part = body;
        var length = 0;
        foreach (var lace in lacing)
        {
            length += lace;
            if (lace == 255) continue;
            Take(stream, at, part, length, ends: true);
            (part, length) = (part + length, 0);
        }

        if (length > 0) Take(stream, at, part, length, ends: false);
        return end;
    }

    // The first packet says what the stream is, the second holds the comments.
    private void Take(Logical stream, long page, long at, int length, bool ends)
    {
        if (stream.Packet == 0 && stream.Kind.Length == 0) Identify(stream, file.Read(at, Math.Min(length, 64)));
        if (stream.Packet == 1) stream.Comment.Add((page, at, length));
        if (ends) stream.Packet++;
    }

    private static void Identify(Logical stream, byte[] head)
    {
        if (Is(head, "\u0001vorbis"u8) && head.Length >= 16) (stream.Kind, stream.Rate) = ("vorbis", BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(12)));
        else if (Is(head, "OpusHead"u8) && head.Length >= 12) (stream.Kind, stream.Rate, stream.Skip) = ("opus", 48_000, BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(10)));
        else if (Is(head, "\u007fFLAC"u8) && head.Length >= 30) (stream.Kind, stream.Rate) = ("flac", (uint)((head[27] << 12) | (head[28] << 4) | (head[29] >> 4)));
        else if (head.Length >= 20 && head[0] == 0x80 && Is(head[1..], "theora"u8))
            (stream.Kind, stream.Width, stream.Height) = ("theora", (head[14] << 16) | (head[15] << 8) | head[16], (head[17] << 16) | (head[18] << 8) | head[19]);
        else stream.Kind = "other";
    }

    private void BlankComments(Logical stream)
    {
        var total = stream.Comment.Sum(c => c.Length);
        var (head, framing) = stream.Kind switch { "vorbis" => (7, 1), "opus" => (8, 0), "theora" => (7, 0), "flac" => (4, 0), _ => (-1, 0) };
        if (head < 0) return;
        if (total < head + 8 + framing) throw new BadMedia("The file is damaged.");
        var packet = stream.Comment.SelectMany(c => file.Read(c.At, c.Length)).ToArray();
        var vendor = total - head - 8 - framing;
        packet.AsSpan(head).Clear();
        BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(head), vendor);
        packet.AsSpan(head + 4, vendor).Fill((byte)' ');
        if (framing == 1) packet[^1] = 1;

        var written = 0;
        foreach (var (_, at, length) in stream.Comment)
        {
            file.Write(at, packet.AsSpan(written, length));
            written += length;
        }

        foreach (var page in stream.Comment.Select(c => c.Page).Distinct()) Check(page);
    }

    private void Check(long page)
    {
        var lacing = file.Read(page + 27, file.Read(page + 26, 1)[0]);
        file.Blank(page + 22, 4);
        var sum = 0u;
        foreach (var b in file.Read(page, 27 + lacing.Length + lacing.Sum(l => (int)l))) sum = (sum << 8) ^ Table[(sum >> 24) ^ b];
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, sum);
        file.Write(page + 22, bytes);
    }

    private static bool Is(byte[] bytes, ReadOnlySpan<byte> sign) => bytes.AsSpan().StartsWith(sign);

    private static uint[] Crc()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i << 24;
            for (var bit = 0; bit < 8; bit++) value = (value & 0x8000_0000) != 0 ? (value << 1) ^ 0x04C1_1DB7 : value << 1;
            table[i] = value;
        }

        return table;
    }

    private sealed class Logical
    {
        public string Kind { get; set; } = "";
        public uint Rate { get; set; }
        public int Skip { get; set; }
        public int Width { get; set; }
        public int Height { get; set; }
        public long Granule { get; set; }
        public int Packet { get; set; }
        public List<(long Page, long At, int Length)> Comment { get; } = [];
        public double? Seconds => Rate == 0 || Granule <= Skip ? null : (double)(Granule - Skip) / Rate;
    }
}
