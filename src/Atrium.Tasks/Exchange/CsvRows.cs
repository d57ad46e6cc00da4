using System.Globalization;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Rows of a mapped CSV file become tasks.</summary>
internal sealed class CsvRows(PlanBuilder plan, CsvShape shape, CsvMapping mapping, DateTimeZone zone)
{
    public void Read(IEnumerable<string[]> rows)
    {
        var all = rows.ToList();

        // A parent may be named by id or by title.
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var titles = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < all.Count; i++)
        {
            ids.Add(IdOf(all[i], i));
            titles.TryAdd(Cell(all[i], CsvTarget.Title), IdOf(all[i], i));
        }

        for (var i = 0; i < all.Count; i++) Add(all[i], IdOf(all[i], i), ids, titles);
    }

    private void Add(string[] row, string id, HashSet<string> ids, Dictionary<string, string> titles)
    {
        var title = Cell(row, CsvTarget.Title);
        if (title.Length == 0)
        {
            plan.Report.Skipped(id, "", "The row has no title.");
            return;
        }

        var completed = Cell(row, CsvTarget.Completed);
        var column = Column(Cell(row, CsvTarget.Status), IsYes(completed) || When(id, completed, Field.Completed, quiet: true) is not null);
        var done = plan.CategoryOf(column) == Category.Done;
        var parent = Cell(row, CsvTarget.Parent);
        plan.Task(new(id, title, column)
        {
            Description = Cell(row, CsvTarget.Description),
            Start = When(id, Cell(row, CsvTarget.Start), Field.Start),
            Due = When(id, Cell(row, CsvTarget.Due), Field.Due),
            CompletedAt = done ? When(id, completed, Field.Completed, quiet: true)?.BeginsIn(zone).ToDateTimeOffset() : null,
            CreatedAt = When(id, Cell(row, CsvTarget.Created), Field.Created, quiet: true)?.BeginsIn(zone).ToDateTimeOffset(),
            Priority = Priority(id, Cell(row, CsvTarget.Priority)),
            Percent = Percent(id, Cell(row, CsvTarget.Percent)),
            LabelIds = Many(Cell(row, CsvTarget.Labels), Label),
            AssigneeIds = Many(Cell(row, CsvTarget.Assignees), Person),
            ParentId = parent.Length == 0 ? null : ids.Contains(parent) ? parent : titles.GetValueOrDefault(parent) ?? parent,
        });
    }

    private string IdOf(string[] row, int index)
    {
        var id = Cell(row, CsvTarget.Id);
        return id.Length > 0 ? id : $"row:{index + 1}";
    }

    private string Column(string status, bool isDone)
    {
        if (status.Length == 0) return plan.ColumnOf(isDone ? Category.Done : Category.Todo);
        var id = status.ToLowerInvariant();
        if (!plan.HasColumn(id)) plan.Column(id, status, StatusWords.CategoryOf(status));
        return isDone && plan.CategoryOf(id) != Category.Done ? plan.ColumnOf(Category.Done) : id;
    }

    private When? When(string id, string cell, string field, bool quiet = false)
    {
        if (cell.Length == 0) return null;
        var when = shape.Read(cell, zone);
        if (when is null && !quiet) plan.Report.Lost(id, field, $"“{cell}” is no date we understand.");
        return when;
    }

    private int Priority(string id, string cell)
    {
        if (StatusWords.PriorityOf(cell) is { } priority) return priority;
        plan.Report.Lost(id, Field.Priority, $"“{cell}” is no priority we know.");
        return 0;
    }

    private int? Percent(string id, string cell)
    {
        if (cell.Length == 0) return null;
        if (double.TryParse(cell.TrimEnd('%', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && n is >= 0 and <= 100) return (int)(n is > 0 and < 1 ? n * 100 : n);
        plan.Report.Lost(id, Field.Percent, $"“{cell}” is no percentage.");
        return null;
    }

    private string Label(string name)
    {
        var id = name.ToLowerInvariant();
        plan.Label(id, name, null);
        return id;
    }

    private string Person(string name)
    {
        var id = name.ToLowerInvariant();
        plan.Person(new(id, name, name.StartsWith('@') ? name[1..] : null, name.Contains('@', StringComparison.Ordinal) && !name.StartsWith('@') ? name : null));
        return id;
    }

    private string Cell(string[] row, CsvTarget target) => mapping.Columns.TryGetValue(target, out var at) && at < row.Length ? Unprefixed(row[at].Trim()) : "";

    /// <summary>Takes off the apostrophe that exports (ours too) put before what a spreadsheet would run.</summary>
    private static string Unprefixed(string cell) => cell.Length > 1 && cell[0] == '\'' && cell[1] is '=' or '+' or '-' or '@' or '\t' && cell[0] == '\'' ? cell[1..] : cell;

    private static IReadOnlyList<string> Many(string cell, Func<string, string> make) =>
        [.. cell.Split((char[])[',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(make)];

    private static bool IsYes(string cell) => cell.ToLowerInvariant() is "yes" or "y" or "true" or "1" or "x" or "done" or "✓";
}
