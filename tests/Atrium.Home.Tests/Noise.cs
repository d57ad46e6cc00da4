namespace Atrium.Home.Tests;

/// <summary>So many bytes that cannot be packed, made while they are read.</summary>
internal sealed class Noise(long length) : Stream
{
    private readonly Random _random = new(3);
    private long _left = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; } = length;

    public override long Position { get => Length - _left; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = (int)Math.Min(count, _left);
        _random.NextBytes(buffer.AsSpan(offset, read));
        _left -= read;
        return read;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
