using Atrium.Kernel.Data;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Operations;

[EventName("operation.requested")]
internal sealed record OperationRequested(Id<Operation> Id);

/// <summary>Runs a requested operation to its end. A crash leaves the message, and the operation starts again.</summary>
internal sealed class RunOperation(IServiceScopeFactory scopes, TimeProvider clock) : IEffect<OperationRequested>
{
    public async Task HandleAsync(OperationRequested happened, Delivery delivery, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var operation = await db.Operations.AsTracking().FirstOrDefaultAsync(o => o.Id == happened.Id, ct);
        if (operation is null || operation.IsOver) return;
        if (operation.CancelRequested)
        {
            await EndAsync(db, operation, OperationState.Cancelled, operation.Message, null, ct);
            return;
        }

        var handler = scope.ServiceProvider.GetServices<IOperationHandler>().Single(h => h.Kind == operation.Kind);
        operation.State = OperationState.Running;
        operation.StartedAt ??= db.Now;
        await db.SaveChangesAsync(ct);
        try
        {
            var result = await handler.RunAsync(operation, new(operation.Id, scopes, clock), ct);
            await EndAsync(db, operation, OperationState.Finished, null, result, ct);
        }
        catch (Refusal refusal)
        {
            await EndAsync(db, operation, OperationState.Failed, refusal.Message, null, ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            await EndAsync(db, operation, OperationState.Cancelled, "Stopped by its owner.", null, ct);
        }
        catch (Exception) when (delivery.Attempt >= 3)
        {
            await EndAsync(db, operation, OperationState.Failed, "Something went wrong on our side. It was written down.", null, ct);
            throw;
        }
    }

    private static async Task EndAsync(KernelDb db, Operation operation, OperationState state, string? message, string? result, CancellationToken ct)
    {
        var now = db.Now;
        await db.Operations.Where(o => o.Id == operation.Id).ExecuteUpdateAsync(
            set => set.SetProperty(o => o.State, state).SetProperty(o => o.EndedAt, now).SetProperty(o => o.Result, result)
                .SetProperty(o => o.Message, o => message ?? o.Message), ct);
        db.House.Live.Publish(new($"operation:{operation.Id}", long.MaxValue, "change"));
    }
}
