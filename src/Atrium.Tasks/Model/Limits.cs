using System.Text;
using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>How much of everything there may be.</summary>
internal static class Limits
{
    public const int Title = 500;
    public const int DescriptionBytes = 64 * 1024;
    public const int Name = 100;
    public const int Depth = 20;
    public const int Reminders = 50;
    public const int LabelsOfTask = 20;
    public const int Assignees = 100;
    public const int Checklist = 200;
    public const int Relations = 100;
    public const int Files = 500;
    public const long FileBytes = 100L * 1024 * 1024;
    public const int Places = 500;
    public const int Rotation = 50;
    public const int ExtraDates = 500;
    public const int LabelsOfProject = 200;
    public const int Columns = 30;
    public const int TasksOfProject = 100_000;
    public const int ProjectsOfMember = 200;
    public const int SavedFilters = 100;
    public const int Feeds = 10;
    public const int Bulk = 500;
    public const int ImportBytes = 20 * 1024 * 1024;
    public const int ImportRows = 50_000;

    /// <summary>Refuses when <paramref name="count"/> things are more than <paramref name="most"/>.</summary>
    public static void Demand(int count, int most, string field, string things)
    {
        if (count > most) throw Refusal.Invalid(field, $"At most {most} {things}.", "too_many_items");
    }

    /// <summary>One line of text, trimmed; refuses an empty or too long one.</summary>
    public static string Line(string? text, int most, string field)
    {
        var line = string.Join(' ', (text ?? "").Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)).Trim();
        if (line.Length == 0) throw Refusal.Invalid(field, "Write something here.", "required");
        return line.Length <= most ? line : throw Refusal.Invalid(field, $"At most {most} characters; this has {line.Length}.", "too_long");
    }

    public static string Markdown(string? text)
    {
        var clean = (text ?? "").ReplaceLineEndings("\n");
        return Encoding.UTF8.GetByteCount(clean) <= DescriptionBytes
            ? clean
            : throw Refusal.Invalid(Field.Description, "A description holds at most 64 KiB.", "too_long");
    }

    /// <summary>A colour as <c>#rrggbb</c>, lower case.</summary>
    public static string Color(string? text)
    {
        var color = (text ?? "").Trim().ToLowerInvariant();
        if (color.Length == 9 && color[0] == '#') color = color[..7];
        return color.Length == 7 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigitLower)
            ? color
            : throw Refusal.Invalid("color", "Write a colour as #rrggbb.", "bad_color");
    }
}
