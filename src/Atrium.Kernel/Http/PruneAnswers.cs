using Atrium.Kernel.Data;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Http;

/// <summary>Forgets what idempotency keys were answered after their 24 hours.</summary>
internal sealed class PruneAnswers(KernelDb db) : IRecurringWork
{
    public Task RunAsync(CancellationToken ct)
    {
        var old = db.Now.AddHours(-24);
        return db.IdempotentAnswers.Where(a => a.CreatedAt < old).ExecuteDeleteAsync(ct);
    }
}
