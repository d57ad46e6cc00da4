namespace Atrium.Kernel.Outbound;

/// <summary>The limits of what the house fetches. Configuration section <c>Outbound</c>.</summary>
public sealed class OutboundOptions
{
    /// <summary>Lets loopback and private addresses be reached: for development, tests and closed networks.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>From the first look-up to the last byte, redirects included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Kibibytes of response header.</summary>
    public int HeaderKiB { get; set; } = 32;

    /// <summary>Bytes of body, after decompression, unless a call says otherwise.</summary>
    public int BodyCap { get; set; } = 1 << 20;

    public int Redirects { get; set; } = 4;
}
