using System.Globalization;
using System.Text;
using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>
/// What a VTODO means for a task: each property brought to what a task can hold. A part that makes no sense is left out and named in
/// <see cref="Unread"/>; its octets are kept all the same. Reading the same octets gives the same meaning, so a rendering can compare.
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

    public IReadOnlyList<UnreadPart> Unread { get; private init; } = [];

    public When? Anchor => Due ?? Start;

    public bool IsOpen => Category <= Category.Doing;

    public bool Repeats => Rrule is not null || Rdates.Count > 0;

    /// <param name="categories">Those the project has columns of; one it has not becomes the nearest.</param>
    public static TodoFields Read(IcalComponent todo, IcalZoneBook zones, IReadOnlySet<Category> categories)
    {
        var unread = new List<UnreadPart>();
        var category = Nearest(CategoryOf(todo), categories);
        var (start, due, duration) = Dates(todo, zones, unread);
        var (rule, rdates, exdates) = Series(todo, zones, due ?? start, unread);
        var alarms = TodoAlarm.AllOf(todo, zones);
        Odd(todo, alarms.Count, unread);
        var related = todo.LinesOf("RELATED-TO").Select(l => (Type: l.Parameter("RELTYPE")?.ToUpperInvariant() ?? "PARENT", Uid: l.Text.Trim())).Where(r => r.Uid.Length > 0).ToList();
        return new()
        {
            Title = TitleOf(todo.Line("SUMMARY")?.Text),
            Description = Clip((todo.Line("DESCRIPTION")?.Text ?? "").ReplaceLineEndings("\n"), todo, unread),
            Category = category,
            Completed = category == Category.Done ? TodoTimes.Instant(todo.Line("COMPLETED"), zones) : null,
            Percent = Number(todo, "PERCENT-COMPLETE", 100, unread),
            Priority = Number(todo, "PRIORITY", 9, unread) ?? 0,
            Start = start,
            Due = due,
            Duration = duration,
            Labels = LabelsOf(todo),
            ParentUid = related.Find(r => r.Type == "PARENT").Uid,
            Relations = [.. related.Where(r => r.Type != "PARENT").Distinct()],
            Rrule = rule,
            Rdates = rdates,
            Exdates = exdates,
            Alarms = alarms,
            Sequence = Math.Clamp(Number(todo, "SEQUENCE") ?? 0, 0, 1_000_000_000),
            Unread = unread,
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

    private static string Clip(string text, IcalComponent todo, List<UnreadPart> unread)
    {
        if (Encoding.UTF8.GetByteCount(text) <= Limits.DescriptionBytes) return text;
        unread.Add(UnreadPart.Of(todo.Line("DESCRIPTION")!, "It is longer than can be shown here."));
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

    private static (When? Start, When? Due, string? Duration) Dates(IcalComponent todo, IcalZoneBook zones, List<UnreadPart> unread)
    {
        var start = TodoTimes.Read(todo.Line("DTSTART"), zones);
        var due = TodoTimes.Read(todo.Line("DUE"), zones);
        if (todo.Line("DTSTART") is { } begins && start is null) unread.Add(UnreadPart.Of(begins, "It is no date."));
        if (todo.Line("DUE") is { } ends && due is null) unread.Add(UnreadPart.Of(ends, "It is no date."));
        if (start is not null && due is not null && (start.HasTime != due.HasTime || due.Sort < start.Sort))
        {
            unread.Add(UnreadPart.Of(todo.Line("DTSTART")!, due.Sort < start.Sort ? "It is after the due." : "It and the due are not both days, or both times."));
            start = null;
        }

        var duration = todo.ValueOf("DURATION")?.Trim();
        if (duration is null) return (start, due, null);
        if (due is null && start is not null && TaskItem.IsDuration(duration)) return (start, due, duration);
        unread.Add(UnreadPart.Of(todo.Line("DURATION")!, "It makes no sense beside the dates."));
        return (start, due, null);
    }

    private static (string? Rule, IReadOnlyList<When> Rdates, IReadOnlyList<When> Exdates) Series(IcalComponent todo, IcalZoneBook zones, When? anchor, List<UnreadPart> unread)
    {
        var text = todo.ValueOf("RRULE");
        var rdates = DatesOf("RDATE");
        if (text is null && rdates.Count == 0) return (null, [], []);
        var (rule, wrong) = text is null ? (null, []) : Kernel.Ical.Rrule.Read(text);
        unread.AddRange(wrong.Select(w => UnreadPart.Of(todo.Line("RRULE")!, w)));
        try
        {
            var series = Recurrence.From(default, anchor, rule, RecurrenceMode.FromDue, rdates, DatesOf("EXDATE"));
            return (rule?.ToString(), [.. series.Rdates.Select(d => When.Parse(d))], [.. series.Exdates.Select(d => When.Parse(d))]);
        }
        catch (Refusal refusal)
        {
            unread.Add(UnreadPart.Of((todo.Line("RRULE") ?? todo.Line("RDATE"))!, refusal.Message));
            return (null, [], []);
        }

        List<When> DatesOf(string name) => [.. todo.LinesOf(name).SelectMany(IcalTime.AllOf).Select(t => TodoTimes.Read(t, zones)).Take(Limits.ExtraDates)];
    }

    /// <summary>What stands in no field of ours, or in more lines than we take.</summary>
    private static void Odd(IcalComponent todo, int alarms, List<UnreadPart> unread)
    {
        if (todo.ValueOf("STATUS")?.Trim().ToUpperInvariant() is { } status && status is not ("COMPLETED" or "CANCELLED" or "IN-PROCESS" or "NEEDS-ACTION"))
            unread.Add(UnreadPart.Of(todo.Line("STATUS")!, "It is no status of a task."));
        unread.AddRange(todo.Lines.Where(l => l.Name.Length == 0 && l.Value.Trim().Length > 0).Select(l => UnreadPart.Of(l, "It is no line of a calendar.")));
        var left = todo.ComponentsOf("VALARM").Count() - alarms;
        if (left > 0) unread.Add(new("VALARM", Words.Count(left, "alarm"), "It is no reminder that can be set here."));
    }

    /// <summary>A number within its bounds; what is none, or beyond, is a problem.</summary>
    private static int? Number(IcalComponent todo, string name, int most, List<UnreadPart> unread)
    {
        if (todo.Line(name) is not { } line) return null;
        var number = Number(todo, name);
        if (number is null || number < 0 || number > most) unread.Add(UnreadPart.Of(line, $"It is no number from 0 to {most}."));
        return number is null ? null : Math.Clamp(number.Value, 0, most);
    }

    private static int? Number(IcalComponent todo, string name) =>
        int.TryParse(todo.ValueOf(name)?.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null;
}
