using System.Globalization;
using Atrium.Kernel;
using Atrium.Web;

namespace Atrium.Tasks;

/// <summary>What the pages of Tasks call things.</summary>
internal static class Words
{
    public static string Of(Category category) => category switch
    {
        Category.Todo => "To do",
        Category.Doing => "Doing",
        Category.Done => "Done",
        _ => "Cancelled",
    };

    public static string Of(ProjectRole role) => role switch
    {
        ProjectRole.Reader => "May read",
        ProjectRole.Commenter => "May comment",
        ProjectRole.Writer => "May change tasks",
        _ => "Admin",
    };

    public static string Priority(int priority) => priority switch
    {
        <= 0 => "None",
        <= 4 => "High",
        5 => "Medium",
        _ => "Low",
    };

    /// <summary>A day and, if it has one, a time, in the reader's words.</summary>
    public static string Of(When when, Reader reader) => when.HasTime ? $"{reader.Day(Day(when, reader))}, {Time(when, reader)!.Value.ToString("t", reader.Culture)}" : reader.Day(Day(when, reader));

    public static DateOnly Day(When when, Reader reader) =>
        when.Kind is WhenKind.Zoned or WhenKind.Utc ? reader.DayOf(when.Sort) : DateOnly.FromDateTime(when.ToLocal().ToDateTimeUnspecified());

    public static TimeOnly? Time(When when, Reader reader) =>
        !when.HasTime ? null : TimeOnly.FromDateTime(when.Kind is WhenKind.Zoned or WhenKind.Utc ? reader.Local(when.Sort).DateTime : when.ToLocal().ToDateTimeUnspecified());

    /// <summary>One of the kit's eight tones, nearest in hue to a colour a person chose; null for a grey.</summary>
    public static int? Tone(string color)
    {
        if (color.Length != 7 || !int.TryParse(color.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb)) return null;
        var hue = System.Drawing.Color.FromArgb(rgb >> 16, (rgb >> 8) & 255, rgb & 255);
        return hue.GetSaturation() < 0.18f ? null : hue.GetHue() switch
        {
            < 8 => 8,
            < 30 => 1,
            < 60 => 2,
            < 150 => 3,
            < 192 => 4,
            < 225 => 5,
            < 285 => 6,
            < 335 => 7,
            _ => 8,
        };
    }

    /// <summary>How a change of a field reads in a history, without the who and the when.</summary>
    public static string Field(string field) => field switch
    {
        Tasks.Field.Created => "made it",
        Tasks.Field.Column => "moved it",
        Tasks.Field.Assignees => "changed who does it",
        Tasks.Field.Completed => "finished it",
        Tasks.Field.Occurrence => "finished this time",
        Tasks.Field.Deleted => "put it in the trash",
        Tasks.Field.Place => "changed a place",
        Tasks.Field.Files => "changed the files",
        _ => $"changed the {field.Replace('_', ' ')}",
    };

    /// <summary>“1 task”, “7 tasks”.</summary>
    public static string Count(long n, string one, string? many = null) => n == 1 ? $"1 {one}" : $"{n} {many ?? one + "s"}";

    public static PersonFace Face(PersonView person) => new(person.Name, person.Id.Value, person.AvatarUrl);

    /// <summary>The address of a project's pages.</summary>
    public static string Href(ProjectRef project) => $"/tasks/p/{project.Key ?? project.Id.ToString()}";

    public static string Href(ProjectItemView project) => $"/tasks/p/{project.Key ?? project.Id.ToString()}";
}
