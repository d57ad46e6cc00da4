using System.Buffers.Binary;
using System.Globalization;

namespace Atrium.Social;

/// <summary>
/// WebM (RFC 9559): tells size and length, and blanks tags, attachments, chapters, titles, names, the day of making and what the recorder was
/// called. Segments and clusters of unknown size, as browsers record them, are read too.
/// </summary>
internal sealed class WebmFile(InPlace file)
{
    private const uint Segment = 0x18538067, Info = 0x1549A966, Tracks = 0x1654AE6B, Entry = 0xAE, Video = 0xE0, Cluster = 0x1F43B675;
    private const int MostElements = 2_000_000;

    private static readonly HashSet<uint> Gone = [0x1254C367, 0x1941A469, 0x1043A770, 0x4461, 0x7BA9, 0x7384, 0x3C83AB, 0x3E83BB, 0x536E, 0x73A4];
    private static readonly HashSet<uint> Makers = [0x4D80, 0x5741];

    private bool _video, _audio;
    private int? _width, _height;
    private double _scale = 1_000_000;
    private double? _duration;
    private double _lastCluster;
    private ulong _frame;
    private int _elements;

    public static MediaFacts Clean(InPlace file) => new WebmFile(file).Clean();

    private MediaFacts Clean()
    {
        Walk(0, file.Length);
        if (!_video && !_audio) throw new BadMedia("The file holds neither picture nor sound.");
        var ticks = _duration ?? (_lastCluster > 0 ? _lastCluster : null);
        var rate = _frame == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{Math.Round(1e9 / _frame * 1000)}/1000");
        return new(_video, _audio, _width, _height, ticks * _scale / 1e9, rate);
    }

    private void Walk(long at, long end)
    {
        while (at + 2 <= end)
        {
            if (++_elements > MostElements) throw new BadMedia("The file has too many parts.");
            var (id, idLength) = Id(at);
            var (size, sizeLength) = Size(at + idLength);
            var body = at + idLength + sizeLength;
            var next = size is { } known ? body + known : end;
            if (next > end) throw new BadMedia("The file is damaged, or was cut short.");
            // Of unknown size: what is inside follows on the same level.
            if (size is null)
            {
                if (id is not (Segment or Cluster)) throw new BadMedia("The file is damaged.");
                at = body;
                continue;
            }

            if (Gone.Contains(id)) Void(at, next - at);
            else if (Makers.Contains(id)) file.Write(body, Enumerable.Repeat((byte)' ', (int)Math.Min(next - body, 4096)).ToArray());
            else if (id == Cluster) ClusterTime(body, next);
            else if (id is Segment or Info or Tracks or Entry or Video) Walk(body, next);
            else Look(id, body, next - body);
            at = next;
        }
    }

    private void Look(uint id, long at, long length)
    {
        switch (id)
        {
            case 0x2AD7B1: _scale = Math.Max(1, Number(at, length)); break;
            case 0x4489: _duration = length == 4 ? BinaryPrimitives.ReadSingleBigEndian(file.Read(at, 4)) : length == 8 ? BinaryPrimitives.ReadDoubleBigEndian(file.Read(at, 8)) : null; break;
            case 0x83: Kind(Number(at, length)); break;
            case 0xB0: _width ??= (int)Math.Min(Number(at, length), 100_000); break;
            case 0xBA: _height ??= (int)Math.Min(Number(at, length), 100_000); break;
            case 0x23E383 when _frame == 0: _frame = Number(at, length); break;
            case 0xE7: _lastCluster = Math.Max(_lastCluster, Number(at, length)); break;
            default: break;
        }
    }

    private void Kind(ulong type) => (_video, _audio) = (_video || type == 1, _audio || type == 2);

    // Its time is its first element; its blocks say nothing of interest.
    private void ClusterTime(long at, long end)
    {
        var (id, idLength) = Id(at);
        var (size, sizeLength) = Size(at + idLength);
        if (id == 0xE7 && size is { } length && at + idLength + sizeLength + length <= end) Look(id, at + idLength + sizeLength, length);
    }

    private (uint Id, int Length) Id(long at)
    {
        var first = file.Read(at, 1)[0];
        var length = first switch { >= 0x80 => 1, >= 0x40 => 2, >= 0x20 => 3, >= 0x10 => 4, _ => throw new BadMedia("The file is damaged.") };
        return ((uint)file.Read(at, length).Aggregate(0UL, (sum, b) => (sum << 8) | b), length);
    }

    private (long? Size, int Length) Size(long at)
    {
        var first = file.Read(at, 1)[0];
        if (first == 0) throw new BadMedia("The file is damaged.");
        var length = System.Numerics.BitOperations.LeadingZeroCount((uint)first) - 23;
        var value = file.Read(at, length).Aggregate(0UL, (sum, b) => (sum << 8) | b) & ((1UL << (7 * length)) - 1);
        return value == (1UL << (7 * length)) - 1 ? (null, length) : ((long)value, length);
    }

    private ulong Number(long at, long length) => length is < 0 or > 8 ? throw new BadMedia("The file is damaged.") : file.Read(at, (int)length).Aggregate(0UL, (sum, b) => (sum << 8) | b);

    // An element that means nothing, of the same size.
    private void Void(long at, long total)
    {
        if (total >= 9)
        {
            var size = BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(0x0100_0000_0000_0000UL | (ulong)(total - 9)));
            file.Write(at, [0xEC, .. size]);
            file.Blank(at + 9, total - 9);
        }
        else
        {
            file.Write(at, [0xEC, (byte)(0x80 | (total - 2))]);
            file.Blank(at + 2, total - 2);
        }
    }
}
