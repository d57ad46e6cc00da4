using NodaTime;

namespace Atrium.Tasks;

/// <summary>
/// Todoist's CSV: rows of kind <c>section</c>, <c>task</c> and <c>note</c>; a note belongs to the task above it; INDENT makes subtasks;
/// PRIORITY 1 is the highest and 4 is none; labels stand as @words in the title.
/// </summary>
internal sealed class TodoistRows(PlanBuilder plan, CsvShape shape, DateTimeZone zone, Instant now)
{
    private readonly Dictionary<string, int> _columns = Enumerable.Range(0, shape.Columns.Count).ToDictionary(i => shape.Columns[i].ToUpperInvariant(), i => i);
    private readonly string?[] _parents = new string?[Limits.Depth + 1];
    private string? _section;
    private PlannedTask? _open;

    public void Read(IEnumerable<string[]> rows)
    {
        var (number, notes) = (0, 0);
        foreach (var row in rows)
        {
            number++;
            switch (Cell(row, "TYPE").ToLowerInvariant())
            {
                case "section":
                    Close();
                    _section = Cell(row, "CONTENT");
                    if (_section.Length > 0) plan.Column(_section.ToLowerInvariant(), _section, StatusWords.CategoryOf(_section));
                    break;
                case "task":
                    Close();
                    Open(row, $"row:{number}");
                    break;
                case "note" when _open is not null:
                    var text = Cell(row, "CONTENT");
                    _open = _open with { Comments = [.. _open.Comments, new($"note:{number}", null, NameOf(Cell(row, "AUTHOR")), NoteTime(row), text)] };
                    notes++;
                    break;
                case "note":
                    plan.Report.Note("comments", "A note of the whole project: " + Cell(row, "CONTENT"));
                    break;
            }
        }

        Close();
        if (notes > 0 && !_columns.ContainsKey("POSTED_AT")) plan.Report.Note("comments", $"{notes} comments carry no date in Todoist’s file; they get that of the import.");
    }

    private void Open(string[] row, string id)
    {
        var (title, labels) = SplitLabels(Cell(row, "CONTENT"));
        var indent = EnglishDates.Number(Cell(row, "INDENT")) is > 0 and var n ? Math.Min(n, Limits.Depth) : 1;
        var parent = indent > 1 ? _parents[..indent].LastOrDefault(p => p is not null) : null;
        Array.Fill(_parents, null, indent, _parents.Length - indent);
        _parents[indent] = id;
        var responsible = NameOf(Cell(row, "RESPONSIBLE"));
        if (responsible.Length > 0) plan.Person(new(responsible.ToLowerInvariant(), responsible, responsible));
        var (due, rule, mode) = Date(id, Cell(row, "DATE"));
        _open = new(id, title, _section is { Length: > 0 } section ? section.ToLowerInvariant() : plan.ColumnOf(Category.Todo))
        {
            Description = Cell(row, "DESCRIPTION"),
            Priority = Cell(row, "PRIORITY") switch { "1" => 1, "2" => 5, "3" => 9, _ => 0 },
            ParentId = parent,
            LabelIds = labels,
            AssigneeIds = responsible.Length > 0 ? [responsible.ToLowerInvariant()] : [],
            Due = due,
            Rrule = rule,
            Mode = mode,
        };
        if (Cell(row, "DURATION") is { Length: > 0 } duration && duration != "None") plan.Report.Lost(id, Field.Duration, $"A duration of {duration} {Cell(row, "DURATION_UNIT")}.");
        if (Cell(row, "DEADLINE") is { Length: > 0 } deadline) plan.Report.Lost(id, "deadline", $"A deadline of {deadline} beside the date.");
    }

    private void Close()
    {
        if (_open is not null) plan.Task(_open);
        _open = null;
    }

    /// <summary>Todoist writes dates as people say them.</summary>
    private (When? Due, string? Rule, RecurrenceMode Mode) Date(string id, string text)
    {
        if (text.Length == 0) return default;
        if (shape.Read(text, zone) is { } written) return (written, null, default);
        var quick = QuickLine.Parse("x " + (text.StartsWith("every", StringComparison.OrdinalIgnoreCase) ? text : "^" + text), now, zone);
        if (quick.Title == "x" && quick.Due is not null) return (quick.Due, quick.Rule?.ToString(), quick.Mode);
        plan.Report.Lost(id, Field.Due, $"“{text}” is no date we understand.");
        return default;
    }

    private DateTimeOffset NoteTime(string[] row) =>
        shape.Read(Cell(row, "POSTED_AT"), zone)?.BeginsIn(zone).ToDateTimeOffset() ?? now.ToDateTimeOffset();

    private (string Title, IReadOnlyList<string> Labels) SplitLabels(string content)
    {
        var words = content.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var labels = words.Where(IsLabel).Select(w => w[1..]).ToList();
        foreach (var label in labels) plan.Label(label.ToLowerInvariant(), label, null);
        return (string.Join(' ', words.Where(w => !IsLabel(w))), [.. labels.Select(l => l.ToLowerInvariant())]);

        static bool IsLabel(string word) => word.Length > 1 && word[0] == '@' && char.IsLetter(word[1]);
    }

    /// <summary><c>Evan (14781400)</c> is Evan.</summary>
    private static string NameOf(string cell) => cell.IndexOf(" (", StringComparison.Ordinal) is > 0 and var at ? cell[..at] : cell;

    private string Cell(string[] row, string name) => _columns.TryGetValue(name, out var at) && at < row.Length ? row[at].Trim() : "";
}
