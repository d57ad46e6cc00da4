using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Atrium.Kernel.Data;

/// <summary>A uniqueness that an index guards was violated: somebody was there first. Features turn it into their own refusal.</summary>
public sealed class UniqueViolation : Exception
{
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;

    private UniqueViolation(string index, Exception inner) : base($"Not unique: {index}", inner) => Index = index;

    /// <summary>The index's name on PostgreSQL, <c>table.column</c> names on SQLite: test it with <see cref="Concerns"/>.</summary>
    public string Index { get; }

    /// <summary>True when the violated index covers <paramref name="column"/> (snake_case).</summary>
    public bool Concerns(string column) => Index.Contains(column, StringComparison.Ordinal);

    /// <summary>The violation behind a failed save or command of either provider, or null.</summary>
    public static UniqueViolation? In(Exception e) => (e as DbUpdateException)?.InnerException is { } inner ? In(inner) : e switch
    {
        UniqueViolation already => already,
        SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey } lite => new(lite.Message, lite),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } pg => new(pg.ConstraintName ?? pg.TableName ?? "", pg),
        _ => null,
    };
}
