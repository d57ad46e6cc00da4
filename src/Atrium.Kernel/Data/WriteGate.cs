using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Atrium.Kernel.Data;

/// <summary>
/// Lets one writer of the SQLite file in at a time, in order of arrival. SQLite itself lets writers fight for its lock,
/// sleeping between tries, so that the unlucky wait for seconds. PostgreSQL needs no gate.
/// </summary>
public sealed class WriteGate : IDisposable
{
    /// <summary>After this long at the gate the caller is told to come back later (503).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _queue = new();
    private readonly Meter _meter = new("Atrium.Data");
    private readonly Histogram<double> _waits;
    private bool _held;

    public WriteGate()
    {
        _waits = _meter.CreateHistogram<double>("atrium.write_gate.wait", "ms", "How long writers waited at the gate.");
        _meter.CreateObservableGauge("atrium.write_gate.queue", () => Waiting, "{writer}", "Writers waiting at the gate.");
    }

    /// <summary>How many wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _queue.Count;
        }
    }

    /// <summary>Waits in line, then holds the gate until the pass is disposed.</summary>
    /// <exception cref="Refusal">Unavailable, after <see cref="Patience"/>.</exception>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken ct)
    {
        TaskCompletionSource mine;
        lock (_lock)
        {
            if (!_held)
            {
                _held = true;
                _waits.Record(0);
                return new Pass(this);
            }

            mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _queue.AddLast(mine);
        }

        var arrived = Stopwatch.GetTimestamp();
        try
        {
            await mine.Task.WaitAsync(Patience, ct);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Whoever released may have handed the gate over in this very moment: then it is ours to pass on.
            if (!mine.TrySetCanceled(CancellationToken.None)) Leave();
            if (e is TimeoutException) throw Refusal.Unavailable(TimeSpan.FromSeconds(2));
            throw;
        }

        _waits.Record(Stopwatch.GetElapsedTime(arrived).TotalMilliseconds);
        return new Pass(this);
    }

    public void Dispose() => _meter.Dispose();

    private void Leave()
    {
        lock (_lock)
        {
            while (_queue.First is { } next)
            {
                _queue.RemoveFirst();
                if (next.Value.TrySetResult()) return;
            }

            _held = false;
        }
    }

    private sealed class Pass(WriteGate gate) : IDisposable
    {
        private WriteGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }
}
