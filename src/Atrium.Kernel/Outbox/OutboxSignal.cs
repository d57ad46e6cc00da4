namespace Atrium.Kernel.Outbox;

/// <summary>Rung by a commit that published; wakes the workers at once instead of at the next poll.</summary>
public sealed class OutboxSignal
{
    private volatile TaskCompletionSource _next = New();

    public void Wake() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    /// <summary>Completes at the first ring after it was taken. Take it before looking at the table, then wait.</summary>
    public Task Next => _next.Task;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
