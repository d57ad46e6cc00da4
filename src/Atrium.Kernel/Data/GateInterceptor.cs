using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Atrium.Kernel.Data;

/// <summary>
/// Takes the context through the <see cref="WriteGate"/> wherever a transaction begins or a lone writing command runs, so that
/// no writer of the SQLite file, ours or a library's, can pass it by.
/// </summary>
internal sealed class GateInterceptor(WriteGate gate) : DbCommandInterceptor, IDbTransactionInterceptor, IDbConnectionInterceptor
{
    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is ModuleDb db) db.GatePass ??= await gate.EnterAsync(cancellationToken);
        return result;
    }

    public InterceptionResult<DbTransaction> TransactionStarting(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result) =>
        throw new NotSupportedException("Begin transactions asynchronously: the write gate is waited for.");

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Leave(eventData.Context);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        LeaveAsync(eventData.Context);

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Leave(eventData.Context);

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        LeaveAsync(eventData.Context);

    // A transaction that was neither committed nor rolled back ends with its connection.
    public void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => Leave(eventData.Context);

    public Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData) => LeaveAsync(eventData.Context);

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is ModuleDb { GatePass: null } db && command.Transaction is null && eventData.CommandSource != CommandSource.Migrations)
            db.GatePass = await gate.EnterAsync(cancellationToken);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        LeaveLone(command, eventData.Context);
        return new(result);
    }

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        LeaveLone(command, eventData.Context);
        return Task.CompletedTask;
    }

    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        LeaveLone(command, eventData.Context);
        return Task.CompletedTask;
    }

    private static void LeaveLone(DbCommand command, DbContext? context)
    {
        if (command.Transaction is null) Leave(context);
    }

    private static Task LeaveAsync(DbContext? context)
    {
        Leave(context);
        return Task.CompletedTask;
    }

    private static void Leave(DbContext? context)
    {
        if (context is not ModuleDb { GatePass: { } pass } db) return;
        db.GatePass = null;
        pass.Dispose();
    }
}
