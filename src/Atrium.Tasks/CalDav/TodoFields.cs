using System.Globalization;
using System.Text;
using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>
/// What a VTODO means for a task: each property brought to what a task can hold. A part that makes no sense is left out and named in
/// <see cref="Problems"/>; its octets are kept all the same. Reading the same octets gives the same meaning, so a rendering can compare.
/// </summary>
internal sealed record TodoFields
{
    public const string NoTitle = "Untitled";

    public string Title { get; private init; } = NoTitle;

    public string Description { get; private init; } = "";

    public Category Category { get; private init; }

    public DateTimeOffset? Completed { get; private init; }

    /// <summary>Null when it is not said.</summary>
    public int? Percent { get; private init; }

    public int Priority { get; private init; }

    public When? Start { get; private init; }

    public When? Due { get; private init; }

    public string? Duration { get; private init; }

    /// <summary>As labels can be called; in order.</summary>
    public IReadOnlyList<string> Labels { get; private init; } = [];

    public string? ParentUid { get; private init; }

    /// <summary>RELATED-TO that is a relation: its RELTYPE and UID.</summary>
    public IReadOnlyList<(string Type, string Uid)> Relations { get; private init; } = [];

    /// <summary>As <see cref="Rrule.ToString"/> writes it; null when the to-do does not repeat, or not by a rule we understand.</summary>
    public string? Rrule { get; private init; }

    public IReadOnlyList<When> Rdates { get; private init; } = [];

    public IReadOnlyList<When> Exdates { get; private init; } = [];

    public IReadOnlyList<TodoAlarm> Alarms { get; private init; } = [];

    public int Sequence { get; private init; }

    public IReadOnlyList<string> Problems { get; private init; } = [];

    public When? Anchor => Due ?? Start;

    public bool IsOpen => Category <= Category.Doing;

    public bool Repeats => Rrule is not null || Rdates.Count > 0;

    /// <param name="categories">Those the project has columns of; one it has not becomes the nearest.</param>
    public static TodoFields Read(IcalComponent todo, IcalZoneBook zones, IReadOnlySet<Category> categories)
    {
        var problems = new List<string>();
        var category = Nearest(CategoryOf(todo), categories);
        var (start, due, duration) = Dates(todo, zones, problems);
        var (rule, rdates, exdates) = Series(todo, zones, due ?? start, problems);
        var related = todo.LinesOf("RELATED-TO").Select(l => (Type: l.Parameter("RELTYPE")?.ToUpperInvariant() ?? "PARENT", Uid: l.Text.Trim())).Where(r => r.Uid.Length > 0).ToList();
        return new()
        {
            Title = TitleOf(todo.Line("SUMMARY")?.Text),
            Description = Clip((todo.Line("DESCRIPTION")?.Text ?? "").ReplaceLineEndings("\n"), problems),
            Category = category,
            Completed = category == Category.Done ? TodoTimes.Instant(todo.Line("COMPLETED"), zones) : null,
            Percent = Number(todo, "PERCENT-COMPLETE") is { } percent ? Math.Clamp(percent, 0, 100) : null,
            Priority = Math.Clamp(Number(todo, "PRIORITY") ?? 0, 0, 9),
            Start = start,
            Due = due,
            Duration = duration,
            Labels = LabelsOf(todo),
            ParentUid = related.Find(r => r.Type == "PARENT").Uid,
            Relations = [.. related.Where(r => r.Type != "PARENT").Distinct()],
            Rrule = rule,
            Rdates = rdates,
            Exdates = exdates,
            Alarms = TodoAlarm.AllOf(todo, zones),
            Sequence = Math.Clamp(Number(todo, "SEQUENCE") ?? 0, 0, 1_000_000_000),
            Problems = problems,
        };
    }

    /// <summary>All names in the CATEGORIES lines, as they were written.</summary>
    public static IEnumerable<string> CategoriesOf(IcalComponent todo) => todo.LinesOf("CATEGORIES").SelectMany(l => l.Texts).Where(c => c.Trim().Length > 0);

    /// <summary>A category as a label is called.</summary>
    public static string LabelOf(string category)
    {
        var name = string.Join(' ', category.Replace(',', ' ').Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)).Trim();
        return name.Length <= 60 ? name : name[..60].Trim();
    }

    /// <summary>Where the project has no column for a category, what stands for it.</summary>
    public static Category Nearest(Category category, IReadOnlySet<Category> categories) => category switch
    {
        Category.Doing when !categories.Contains(Category.Doing) => Category.Todo,
        Category.Cancelled when !categories.Contains(Category.Cancelled) => Category.Done,
        _ => category,
    };

    public static bool IsCancelled(IcalComponent todo) => CategoryOf(todo) == Category.Cancelled;

    private static Category CategoryOf(IcalComponent todo) => todo.ValueOf("STATUS")?.Trim().ToUpperInvariant() switch
    {
        "COMPLETED" => Category.Done,
        "CANCELLED" => Category.Cancelled,
        "IN-PROCESS" => Category.Doing,
        "NEEDS-ACTION" => Category.Todo,
        _ => todo.Line("COMPLETED") is null ? Category.Todo : Category.Done,
    };

    private static string TitleOf(string? summary)
    {
        var line = string.Join(' ', (summary ?? "").Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)).Trim();
        if (line.Length == 0) return NoTitle;
        if (line.Length <= Limits.Title) return line;
        var cut = char.IsHighSurrogate(line[Limits.Title - 1]) ? Limits.Title - 1 : Limits.Title;
        return line[..cut].Trim();
    }

    private static string Clip(string text, List<string> problems)
    {
        if (Encoding.UTF8.GetByteCount(text) <= Limits.DescriptionBytes) return text;
        problems.Add("Its description is longer than can be shown here.");
        var clipped = new StringBuilder();
        var left = Limits.DescriptionBytes;
        foreach (var rune in text.EnumerateRunes())
        {
            if ((left -= rune.Utf8SequenceLength) < 0) break;
            clipped.Append(rune.ToString());
        }

        return clipped.ToString();
    }

    private static List<string> LabelsOf(IcalComponent todo) =>
        [.. CategoriesOf(todo).Select(LabelOf).Where(n => n.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(Limits.LabelsOfTask)];

    private static (When? Start, When? Due, string? Duration) Dates(IcalComponent todo, IcalZoneBook zones, List<string> problems)
    {
        var start = TodoTimes.Read(todo.Line("DTSTART"), zones);
        var due = TodoTimes.Read(todo.Line("DUE"), zones);
        if (todo.Line("DTSTART") is not null && start is null) problems.Add("Its start cannot be read.");
        if (todo.Line("DUE") is not null && due is null) problems.Add("Its due cannot be read.");
        if (start is not null && due is not null && (start.HasTime != due.HasTime || due.Sort < start.Sort))
        {
            problems.Add(due.Sort < start.Sort ? "It starts after it is due." : "Its start and due are not both days, or both times.");
            start = null;
        }

        var duration = todo.ValueOf("DURATION")?.Trim();
        if (duration is null) return (start, due, null);
        if (due is null && start is not null && TaskItem.IsDuration(duration)) return (start, due, duration);
        problems.Add("Its duration makes no sense beside its dates.");
        return (start, due, null);
    }

    private static (string? Rule, IReadOnlyList<When> Rdates, IReadOnlyList<When> Exdates) Series(IcalComponent todo, IcalZoneBook zones, When? anchor, List<string> problems)
    {
        var text = todo.ValueOf("RRULE");
        var rdates = DatesOf("RDATE");
        if (text is null && rdates.Count == 0) return (null, [], []);
        var (rule, wrong) = text is null ? (null, []) : Kernel.Ical.Rrule.Read(text);
        problems.AddRange(wrong);
        try
        {
            var series = Recurrence.From(default, anchor, rule, RecurrenceMode.FromDue, rdates, DatesOf("EXDATE"));
            return (rule?.ToString(), [.. series.Rdates.Select(d => When.Parse(d))], [.. series.Exdates.Select(d => When.Parse(d))]);
        }
        catch (Refusal refusal)
        {
            problems.Add(refusal.Message);
            return (null, [], []);
        }

        List<When> DatesOf(string name) => [.. todo.LinesOf(name).SelectMany(IcalTime.AllOf).Select(t => TodoTimes.Read(t, zones)).Take(Limits.ExtraDates)];
    }

    private static int? Number(IcalComponent todo, string name) =>
        int.TryParse(todo.ValueOf(name)?.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null;
}
