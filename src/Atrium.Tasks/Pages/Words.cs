using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Ical;
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

    /// <summary>How a change of a field reads in a history, without the who and the when; what it was and is follows.</summary>
    /// <param name="field">One of <see cref="Tasks.Field"/>.</param>
    /// <param name="added">Something new stands where nothing stood.</param>
    /// <param name="removed">Nothing stands where something stood.</param>
    public static string Field(string field, bool added, bool removed) => field switch
    {
        Tasks.Field.Created => "made it",
        Tasks.Field.Title => "renamed it",
        Tasks.Field.Description => "wrote the description",
        Tasks.Field.Column => "moved it",
        Tasks.Field.Project => "moved it to another project",
        Tasks.Field.Assignees => removed ? "took it from" : "gave it to",
        Tasks.Field.Labels => removed ? "took off the label" : "added the label",
        Tasks.Field.Completed => "finished it",
        Tasks.Field.Occurrence => "finished this time",
        Tasks.Field.Deleted => removed ? "brought it back" : "put it in the trash",
        Tasks.Field.Place => removed ? "gave a place back:" : "changed a place:",
        Tasks.Field.Files => removed ? "took off a file" : "added a file",
        Tasks.Field.Links => removed ? "took off a link" : "added a link",
        Tasks.Field.Due => removed ? "took off the due date" : added ? "made it due" : "changed the due date",
        Tasks.Field.Start => removed ? "took off the start" : added ? "made it start" : "changed the start",
        Tasks.Field.Parent => removed ? "took it out of" : added ? "put it under" : "moved it under another task",
        Tasks.Field.Percent => "changed how far it is",
        Tasks.Field.Recurrence => removed ? "stopped it from repeating" : "changed how it repeats",
        Tasks.Field.Rotation => "changed whose turn it is",
        Tasks.Field.Relations => removed ? "took off a relation" : "added a relation",
        Tasks.Field.Reminders => removed ? "took off a reminder" : "changed a reminder",
        _ => $"changed the {field}",
    };

    /// <summary>One side of a change as people say it.</summary>
    public static string? Said(string field, string? text, Reader reader)
    {
        switch (field)
        {
            case Tasks.Field.Created or Tasks.Field.Description or Tasks.Field.Completed or Tasks.Field.Deleted:
                return null;
            case Tasks.Field.Priority when int.TryParse(text, CultureInfo.InvariantCulture, out var priority):
                return Priority(priority);
            case Tasks.Field.Percent when text is not null:
                return text + " %";
            case Tasks.Field.Recurrence when text is not null && Rrule.Read(text.Split(' ')[0]).Rule is { } rule:
                return RruleWords.Brief(rule, text.Contains(" from completion", StringComparison.Ordinal));
            case Tasks.Field.Due or Tasks.Field.Start or Tasks.Field.Occurrence when text is { Length: > 0 } && char.IsAsciiDigit(text[0]):
                return Of(When.Parse(text, field), reader);
            default:
                return text;
        }
    }

    /// <summary>“1 task”, “7 tasks”.</summary>
    public static string Count(long n, string one, string? many = null) => n == 1 ? $"1 {one}" : $"{n} {many ?? one + "s"}";

    public static PersonFace Face(PersonView person) => new(person.Name, person.Id.Value, person.AvatarUrl);

    /// <summary>The address of a project's pages.</summary>
    public static string Href(ProjectRef project) => $"/tasks/p/{project.Key ?? project.Id.ToString()}";

    public static string Href(ProjectItemView project) => $"/tasks/p/{project.Key ?? project.Id.ToString()}";
}
