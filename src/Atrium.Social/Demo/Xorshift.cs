namespace Atrium.Social;

/// <summary>A row of numbers that is the same on every machine.</summary>
internal sealed class Xorshift(uint seed)
{
    private uint _state = seed | 1;

    public int Next(int below)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state % (uint)below);
    }
}
