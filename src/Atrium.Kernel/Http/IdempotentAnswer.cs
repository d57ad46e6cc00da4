namespace Atrium.Kernel.Http;

/// <summary>What a POST with an Idempotency-Key was answered, kept for 24 hours.</summary>
public sealed class IdempotentAnswer
{
    /// <summary>Hash of caller, path and key.</summary>
    public required string Key { get; init; }

    /// <summary>Hash of the body.</summary>
    public required string RequestHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Set in the request's own transaction: what it asked for is done, even if no answer was kept.</summary>
    public bool CarriedOut { get; set; }

    /// <summary>Null while the first request is still under way.</summary>
    public int? Status { get; set; }

    public string? ContentType { get; set; }

    public string? Location { get; set; }

    public string? ETag { get; set; }

    public byte[]? Body { get; set; }
}
