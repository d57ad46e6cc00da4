namespace Atrium.Kernel.Outbound;

/// <summary>Why something could not be fetched.</summary>
public enum OutboundTrouble
{
    /// <summary>Not an http or https address, or one with a user name in it.</summary>
    Address,

    /// <summary>The name leads to an address that is not on the public internet.</summary>
    Closed,

    /// <summary>The name leads nowhere.</summary>
    NoSuchName,

    /// <summary>Nobody listening, a broken connection or certificate.</summary>
    Unreachable,

    TooSlow,
    TooLarge,
    TooManyRedirects,
}

/// <summary>Thrown by <see cref="OutboundHttp"/>. The message is fit for the person who gave the address.</summary>
public sealed class OutboundFailure(OutboundTrouble trouble, string message, Exception? inner = null) : HttpRequestException(message, inner)
{
    public OutboundTrouble Trouble { get; } = trouble;
}
