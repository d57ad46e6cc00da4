namespace Atrium.Kernel.Http;

/// <summary>
/// The Idempotency-Key of the request under way. Its first transaction marks the key as carried out, so that a crash between the
/// change and the kept answer cannot make a retry do it again.
/// </summary>
internal sealed record KeyedRequest(string Key)
{
    /// <summary>Whether a transaction that marked it has been committed.</summary>
    public bool Marked { get; set; }
}
