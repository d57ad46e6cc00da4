namespace Atrium.Kernel.Data;

/// <summary>A key that seals cookies and secrets, as Data Protection writes it; kept here where several nodes must share it.</summary>
public sealed class StoredDataKey
{
    public required string Name { get; init; }

    public required string Xml { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
