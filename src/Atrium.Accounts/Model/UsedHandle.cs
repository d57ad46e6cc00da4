namespace Atrium.Accounts.Model;

/// <summary>A member's handle, kept for ever so that it is never given to another.</summary>
internal sealed class UsedHandle
{
    public required string Handle { get; init; }
}
