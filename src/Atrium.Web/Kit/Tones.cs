namespace Atrium.Web;

/// <summary>One of eight tones for what has no colour of its own.</summary>
public static class Tones
{
    /// <summary>1 to 8, always the same for the same key; neighbours in time differ.</summary>
    public static int Of(long key)
    {
        var mixed = (ulong)key * 0x9E3779B97F4A7C15UL;
        return (int)(mixed >> 61) + 1;
    }
}
