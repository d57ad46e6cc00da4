using System.Globalization;

namespace Atrium.Kernel.Data;

/// <summary>
/// A set of numbers as one parameter of hand-written SQL. Written into the text, or as a parameter each, every set would be a
/// statement of its own, to be translated and planned anew.
/// </summary>
public static class Numbers
{
    /// <summary>The condition that <paramref name="column"/> is one of the numbers in <paramref name="parameter"/>: <c>"{0}"</c>.</summary>
    public static string Among(this ModuleDb db, string column, string parameter) =>
        db.House.IsSqlite ? $"{column} IN (SELECT value FROM json_each({parameter}))" : $"{column} = ANY(CAST({parameter} AS bigint[]))";

    /// <summary>The parameter's value.</summary>
    public static string SetOf(this ModuleDb db, IEnumerable<long> numbers)
    {
        var listed = string.Join(',', numbers.Distinct().Select(n => n.ToString(CultureInfo.InvariantCulture)));
        return db.House.IsSqlite ? $"[{listed}]" : $"{{{listed}}}";
    }
}
