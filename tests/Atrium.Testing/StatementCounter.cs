using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Atrium.Testing;

/// <summary>Counts the SQL statements of one request.</summary>
internal sealed class StatementCounter : DbCommandInterceptor
{
    private static readonly AsyncLocal<Count?> Current = new();

    public static Count Begin() => Current.Value = new();

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Current.Value?.Add();
        return new(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Current.Value?.Add();
        return new(result);
    }

    public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Current.Value?.Add();
        return new(result);
    }

    internal sealed class Count
    {
        private int _value;

        public int Value => Volatile.Read(ref _value);

        public void Add() => Interlocked.Increment(ref _value);
    }
}
