using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Operations;

/// <summary>Where long work says how far it is. Written at most four times a second.</summary>
public sealed class OperationProgress(Id<Operation> id, IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private long? _last;

    /// <summary>Reports; throws when the owner asked to stop.</summary>
    public async Task ReportAsync(long done, long? total, string? message, CancellationToken ct)
    {
        if (_last is { } last && clock.GetElapsedTime(last) < Interval && done != total) return;
        _last = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var written = await db.Operations.Where(o => o.Id == id && !o.CancelRequested).ExecuteUpdateAsync(
            set => set.SetProperty(o => o.Done, done).SetProperty(o => o.Total, total).SetProperty(o => o.Message, message), ct);
        if (written == 0) throw new OperationCanceledException("The owner asked to stop.");
        db.House.Live.Publish(new($"operation:{id}", done, "change"));
    }
}
