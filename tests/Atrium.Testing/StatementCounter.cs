using System.Data.Common;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Atrium.Testing;

/// <summary>Counts the SQL statements of one request.</summary>
internal sealed class StatementCounter : DbCommandInterceptor
{
    private static readonly AsyncLocal<Count?> Current = new();

    public static Count Begin() => Current.Value = new();

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Add(command);
        return new(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Add(command);
        return new(result);
    }

    public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Add(command);
        return new(result);
    }

    private static void Add(DbCommand command)
    {
        if (!command.CommandText.StartsWith($"-- {HouseSettings.ReadNowAndThen}", StringComparison.Ordinal)) Current.Value?.Add();
    }

    internal sealed class Count
    {
        private int _value;

        public int Value => Volatile.Read(ref _value);

        public void Add() => Interlocked.Increment(ref _value);
    }
}
