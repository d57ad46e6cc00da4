using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Atrium.Social;

/// <summary>
/// MP4 and M4A (ISO/IEC 14496-12): tells size, length and frame rate, and blanks what names a person or a place: user data, tags, XMP, times of
/// making, and tracks that are neither picture, sound nor words (where a camera was, second by second) together with their samples.
/// </summary>
internal sealed class Mp4File(InPlace file)
{
    private const int Deepest = 8;
    private const int MostBoxes = 20_000;
    private const int MostSamples = 20_000_000;

    private static readonly HashSet<string> Inside = ["moov", "trak", "mdia", "minf", "stbl"];
    private static readonly HashSet<string> Told = ["udta", "meta", "uuid", "XMP_", "skip", "free", "wide"];
    private static readonly HashSet<string> KeptTracks = ["vide", "soun", "subt", "sbtl", "text", "clcp", "tmcd"];

    private readonly List<Track> _tracks = [];
    private double? _seconds;
    private int _boxes;

    public static MediaFacts Clean(InPlace file) => new Mp4File(file).Clean();

    private MediaFacts Clean()
    {
        Walk(0, file.Length, null, 0);
        foreach (var track in _tracks.Where(t => !KeptTracks.Contains(t.Handler))) Remove(track);
        var video = _tracks.Find(t => t.Handler == "vide" && t.Width > 0);
        var audio = _tracks.Exists(t => t.Handler == "soun");
        if (video is null && !audio) throw new BadMedia("The file holds neither picture nor sound.");
        return new(video is not null, audio, video?.Width, video?.Height, _seconds, video?.Rate);
    }

    private void Walk(long at, long end, Track? track, int depth)
    {
        if (depth > Deepest) throw new BadMedia("The file is nested too deep.");
        while (at + 8 <= end)
        {
            if (++_boxes > MostBoxes) throw new BadMedia("The file has too many parts.");
            var (size, type, head) = Header(at, end);
            if (type == "trak") _tracks.Add(track = new(at, size));
            if (Told.Contains(type)) Free(at, size, head);
            else if (Inside.Contains(type)) Walk(at + head, at + size, track, depth + 1);
            else Look(type, at + head, size - head, track);
            at += size;
        }
    }

    private (long Size, string Type, int Head) Header(long at, long end)
    {
        long size = file.U32(at);
        var type = Encoding.Latin1.GetString(file.Read(at + 4, 4));
        var head = 8;
        if (size == 1)
        {
            var wide = file.U64(at + 8);
            size = wide > (ulong)file.Length ? -1 : (long)wide;
            head = 16;
        }
        else if (size == 0) size = end - at;

        return size < head || at + size > end ? throw new BadMedia("The file is damaged, or was cut short.") : (size, type, head);
    }

    private void Look(string type, long at, long length, Track? track)
    {
        switch (type)
        {
            case "mvhd": _seconds = Times(at, length, out _); break;
            case "tkhd" when track is not null: Size(track, at, length); break;
            case "mdhd" when track is not null:
                Times(at, length, out var scale);
                track.Scale = scale;
                break;
            case "hdlr" when track is not null && track.Handler.Length == 0: track.Handler = Encoding.Latin1.GetString(file.Read(at + 8, 4)); Name(at, length); break;
            case "stts" when track is not null: track.Rate = Rate(track, at, length); break;
            case "stsz" or "stsc" or "stco" or "co64" when track is not null: track.Tables[type] = (at, length); break;
            default: break;
        }
    }

    // Blanks when it was made, and reads how long it is.
    private double? Times(long at, long length, out uint scale)
    {
        var wide = file.Read(at, 1)[0] == 1;
        if (length < (wide ? 32 : 20)) throw new BadMedia("The file is damaged.");
        file.Blank(at + 4, wide ? 16 : 8);
        scale = file.U32(at + (wide ? 20 : 12));
        double duration = wide ? file.U64(at + 24) : file.U32(at + 16);
        return scale == 0 || duration == 0 || duration >= (wide ? ulong.MaxValue : uint.MaxValue) ? null : duration / scale;
    }

    private void Size(Track track, long at, long length)
    {
        var wide = file.Read(at, 1)[0] == 1;
        file.Blank(at + 4, wide ? 16 : 8);
        if (length < 84) throw new BadMedia("The file is damaged.");
        var end = at + length;
        var (width, height) = ((int)(file.U32(end - 8) >> 16), (int)(file.U32(end - 4) >> 16));
        // Turned by a quarter when the matrix has nothing on its diagonal.
        var turned = file.U32(end - 44) == 0 && file.U32(end - 28) == 0;
        (track.Width, track.Height) = turned ? (height, width) : (width, height);
    }

    // A handler's name is the maker's: “Core Media Video”.
    private void Name(long at, long length)
    {
        if (length > 24) file.Blank(at + 24, length - 24);
    }

    private string? Rate(Track track, long at, long length)
    {
        var count = (int)Math.Min(file.U32(at + 4), (uint)((length - 8) / 8));
        if (track.Scale == 0 || count is 0 or > 1_000_000) return null;
        var table = file.Read(at + 8, count * 8).AsSpan();
        long samples = 0, ticks = 0;
        for (var i = 0; i < count; i++)
        {
            long many = BinaryPrimitives.ReadUInt32BigEndian(table[(i * 8)..]), each = BinaryPrimitives.ReadUInt32BigEndian(table[((i * 8) + 4)..]);
            (samples, ticks) = (samples + many, ticks + (many * each));
        }

        if (ticks <= 0 || samples <= 0) return null;
        var (over, under) = (samples * track.Scale, ticks);
        var common = Greatest(over, under);
        return string.Create(CultureInfo.InvariantCulture, $"{over / common}/{under / common}");
    }

    private static long Greatest(long a, long b) => b == 0 ? Math.Max(1, a) : Greatest(b, a % b);

    private void Free(long at, long size, int head)
    {
        file.Write(at + 4, "free"u8);
        file.Blank(at + head, size - head);
    }

    private void Remove(Track track)
    {
        if (track.Tables.TryGetValue("stsz", out var sizes) && track.Tables.TryGetValue("stsc", out var runs)) BlankSamples(track, sizes, runs);
        Free(track.At, track.Size, 8);
    }

    private void BlankSamples(Track track, (long At, long Length) sizes, (long At, long Length) runs)
    {
        var wide = track.Tables.TryGetValue("co64", out var chunks);
        if (!wide && !track.Tables.TryGetValue("stco", out chunks)) return;
        var (same, count, many, entries) = (file.U32(sizes.At + 4), file.U32(sizes.At + 8), file.U32(chunks.At + 4), file.U32(runs.At + 4));
        if (count > MostSamples || (same == 0 && 12 + (count * 4L) > sizes.Length) || 8 + (many * (wide ? 8L : 4L)) > chunks.Length || 8 + (entries * 12L) > runs.Length) throw new BadMedia("The file is damaged.");
        long sample = 0;
        for (uint chunk = 0, entry = 0; chunk < many && sample < count; chunk++)
        {
            while (entry + 1 < entries && file.U32(runs.At + 8 + ((entry + 1) * 12)) <= chunk + 1) entry++;
            var offset = wide ? (long)Math.Min(file.U64(chunks.At + 8 + (chunk * 8)), long.MaxValue) : file.U32(chunks.At + 8 + (chunk * 4));
            for (var left = file.U32(runs.At + 8 + (entry * 12) + 4); left > 0 && sample < count; left--, sample++)
            {
                var size = same != 0 ? same : file.U32(sizes.At + 12 + (sample * 4));
                file.Blank(offset, size);
                offset += size;
            }
        }
    }

    private sealed class Track(long at, long size)
    {
        public long At { get; } = at;
        public long Size { get; } = size;
        public string Handler { get; set; } = "";
        public int Width { get; set; }
        public int Height { get; set; }
        public uint Scale { get; set; }
        public string? Rate { get; set; }
        public Dictionary<string, (long At, long Length)> Tables { get; } = [];
    }
}
