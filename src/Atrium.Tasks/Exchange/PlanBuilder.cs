using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>Collects a plan, keeps it within the house's limits, and reports what had to give way.</summary>
internal sealed class PlanBuilder(string source, string title)
{
    private readonly Dictionary<string, PlannedColumn> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlannedLabel> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlannedPerson> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlannedTask> _tasks = new(StringComparer.Ordinal);
    private readonly List<PlannedRelation> _relations = [];

    public ImportReport Report { get; } = new();

    public int Count => _tasks.Count;

    public static void DemandSize(long bytes)
    {
        if (bytes > Limits.ImportBytes) throw Refusal.TooLarge("An import file holds at most 20 MiB.");
    }

    public static Refusal Unreadable(string message) => Refusal.Invalid("file", message, "import_format");

    public void Column(string id, string name, Category category, int? wip = null)
    {
        if (!_columns.ContainsKey(id)) _columns.Add(id, new(id, Cut(name, Limits.Name), category, wip is >= 1 and <= 999 ? wip : null));
    }

    public bool HasColumn(string id) => _columns.ContainsKey(id);

    /// <summary>The column for a category, made if the source has none.</summary>
    public string ColumnOf(Category category)
    {
        foreach (var column in _columns.Values)
            if (column.Category == category)
                return column.SourceId;
        var id = $"atrium:{category.ToString().ToLowerInvariant()}";
        Column(id, category switch { Category.Todo => "To do", Category.Doing => "Doing", Category.Done => "Done", _ => "Cancelled" }, category);
        return id;
    }

    public Category CategoryOf(string columnId) => _columns[columnId].Category;

    public void Label(string id, string name, string? color)
    {
        if (!_labels.ContainsKey(id)) _labels.Add(id, new(id, Cut(name.Trim(), 60), color));
    }

    public void Person(PlannedPerson person) => _people.TryAdd(person.SourceId, person);

    public PlannedPerson? FindPerson(string id) => _people.GetValueOrDefault(id);

    public PlannedLabel? FindLabel(string id) => _labels.GetValueOrDefault(id);

    public void Relate(string from, string to, RelationKind kind) => _relations.Add(new(from, to, kind));

    public void Task(PlannedTask task)
    {
        if (_tasks.Count >= Limits.ImportRows) throw Refusal.Invalid("file", $"An import holds at most {Limits.ImportRows:N0} tasks.", "too_many_items");
        var id = task.SourceId;
        if (_tasks.ContainsKey(id))
        {
            Report.Note("duplicate", $"“{Cut(task.Title, 80)}” is in the file more than once; the first one counts.");
            return;
        }

        var clean = string.Join(' ', task.Title.Split((char[])[' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        if (clean.Length == 0) clean = "Untitled";
        if (clean.Length > Limits.Title)
        {
            task = task with { Description = $"{clean}\n\n{task.Description}" };
            clean = Cut(clean, Limits.Title);
            Report.Lost(id, Field.Title, $"Longer than {Limits.Title} characters; the whole of it begins the description.");
        }

        task = task with { Title = clean, Description = FitDescription(id, task.Description.ReplaceLineEndings("\n").Trim()) };
        task = task with
        {
            LabelIds = Fit(id, [.. task.LabelIds.Where(_labels.ContainsKey).Distinct(StringComparer.Ordinal)], Limits.LabelsOfTask, Field.Labels),
            AssigneeIds = Fit(id, [.. task.AssigneeIds.Distinct(StringComparer.Ordinal)], Limits.Assignees, Field.Assignees),
            Checklist = [.. Fit(id, task.Checklist, Limits.Checklist, Field.Checklist).Select(i => i with { Text = Line(i.Text) })],
            Reminders = Fit(id, task.Reminders, Limits.Reminders, Field.Reminders),
        };
        if (task.Start is { } start && task.Due is { } due && (start.HasTime != due.HasTime || start.Sort > due.Sort))
        {
            Report.Lost(id, Field.Start, start.HasTime != due.HasTime ? "Start and due are of different kinds." : "It starts after it is due.");
            task = task with { Start = null };
        }

        task = task with { Fingerprint = Hash(task) };
        _tasks.Add(id, task);
        Report.Made(id, clean);
    }

    public ImportPlan Build()
    {
        if (_columns.Values.All(c => c.Category != Category.Todo)) ColumnOf(Category.Todo);
        if (_columns.Values.All(c => c.Category != Category.Done)) ColumnOf(Category.Done);
        BreakRings();
        var columns = _columns.Values.ToList();
        if (columns.Count > Limits.Columns) Fold(columns);
        var labels = _labels.Values.GroupBy(l => l.Name, StringComparer.OrdinalIgnoreCase).Select(g => g.First()).ToList();
        if (labels.Count > Limits.LabelsOfProject)
            Report.Note(Field.Labels, $"{labels.Count - Limits.LabelsOfProject} of {labels.Count} labels do not fit; a project has at most {Limits.LabelsOfProject}.");
        var kept = labels.Take(Limits.LabelsOfProject).ToList();
        var byName = kept.ToDictionary(l => l.Name, l => l.SourceId, StringComparer.OrdinalIgnoreCase);
        var tasks = _tasks.Values.Select(t => t with
        {
            LabelIds = [.. t.LabelIds.Select(l => byName.GetValueOrDefault(_labels[l].Name)).OfType<string>().Distinct(StringComparer.Ordinal)],
        }).ToList();
        var relations = _relations.Where(r => r.From != r.To && _tasks.ContainsKey(r.From) && _tasks.ContainsKey(r.To)).Distinct().ToList();
        if (relations.Count < _relations.Count) Report.Note(Field.Relations, $"{_relations.Count - relations.Count} relations point to tasks that are not in the file.");
        return new(source, Cut(title.Trim() is { Length: > 0 } named ? named : "Imported tasks", Limits.Name), columns, kept, [.. _people.Values], tasks, relations, Report);
    }

    /// <summary>Parents that are missing, go round in a ring, or are too deep: the task becomes one of its own.</summary>
    private void BreakRings()
    {
        foreach (var task in _tasks.Values.Where(t => t.ParentId is not null).ToList())
        {
            var reason = !_tasks.ContainsKey(task.ParentId!) ? "The parent is not in the file." : null;
            var (depth, up) = (0, task.ParentId);
            while (reason is null && up is not null)
            {
                depth++;
                if (up == task.SourceId) reason = "Its parents go round in a ring.";
                else if (depth >= Limits.Depth) reason = $"More than {Limits.Depth} levels inside each other.";
                up = _tasks.GetValueOrDefault(up)?.ParentId;
            }

            if (reason is null) continue;
            Report.Lost(task.SourceId, Field.Parent, reason);
            _tasks[task.SourceId] = task with { ParentId = null };
        }
    }

    /// <summary>More columns than a project has: the last ones go into the first of their category.</summary>
    private void Fold(List<PlannedColumn> columns)
    {
        Report.Note("columns", $"{columns.Count - Limits.Columns} of {columns.Count} lists do not fit; their tasks go to the first list of the same kind.");
        var spare = columns.GroupBy(c => c.Category).SelectMany(g => g.Skip(1)).Reverse().Take(columns.Count - Limits.Columns).ToDictionary(c => c.SourceId);
        columns.RemoveAll(c => spare.ContainsKey(c.SourceId));
        foreach (var task in _tasks.Values.Where(t => spare.ContainsKey(t.ColumnId)).ToList())
        {
            Report.Lost(task.SourceId, Field.Column, $"It was in “{spare[task.ColumnId].Name}”.");
            _tasks[task.SourceId] = task with { ColumnId = columns.First(c => c.Category == spare[task.ColumnId].Category).SourceId };
        }
    }

    private string FitDescription(string id, string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= Limits.DescriptionBytes) return text;
        Report.Lost(id, Field.Description, "Longer than 64 KiB; the end is missing.");
        var length = Math.Min(text.Length, Limits.DescriptionBytes);
        while (Encoding.UTF8.GetByteCount(text.AsSpan(0, length)) > Limits.DescriptionBytes) length -= 64;
        return Cut(text, length);
    }

    private IReadOnlyList<T> Fit<T>(string id, IReadOnlyList<T> list, int most, string field)
    {
        if (list.Count <= most) return list;
        Report.Lost(id, field, $"{list.Count - most} of {list.Count} do not fit; a task has at most {most}.");
        return [.. list.Take(most)];
    }

    private static string Line(string text)
    {
        var line = string.Join(' ', text.Split((char[])[' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "Untitled" : Cut(line, Limits.Title);
    }

    private static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }

    private static string Hash(PlannedTask task) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(task)).AsSpan(0, 16));
}
