using System.Buffers.Binary;

namespace Atrium.Social;

/// <summary>
/// A file whose parts are blanked where they stand: nothing moves, so that all that points into it stays true. Reading past its end is refused.
/// </summary>
internal sealed class InPlace(Stream file)
{
    private static readonly byte[] Zeros = new byte[16 * 1024];

    public long Length => file.Length;

    public byte[] Read(long at, int count)
    {
        if (at < 0 || count < 0 || count > 1 << 26 || at + count > file.Length) throw new BadMedia("The file ends too early.");
        var bytes = new byte[count];
        file.Position = at;
        file.ReadExactly(bytes);
        return bytes;
    }

    public uint U32(long at) => BinaryPrimitives.ReadUInt32BigEndian(Read(at, 4));

    public ulong U64(long at) => BinaryPrimitives.ReadUInt64BigEndian(Read(at, 8));

    public void Write(long at, ReadOnlySpan<byte> bytes)
    {
        if (at < 0 || at + bytes.Length > file.Length) throw new BadMedia("The file ends too early.");
        file.Position = at;
        file.Write(bytes);
    }

    public void Blank(long at, long count)
    {
        if (at < 0 || count < 0 || at + count > file.Length) throw new BadMedia("The file ends too early.");
        file.Position = at;
        for (var left = count; left > 0; left -= Zeros.Length) file.Write(Zeros, 0, (int)Math.Min(left, Zeros.Length));
    }
}
