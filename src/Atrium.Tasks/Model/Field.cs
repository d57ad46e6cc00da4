namespace Atrium.Tasks;

/// <summary>The fields of a task as requests, histories and conflicts name them.</summary>
internal static class Field
{
    public const string Created = "created";
    public const string Title = "title";
    public const string Description = "description";
    public const string Column = "column";
    public const string Project = "project";
    public const string Priority = "priority";
    public const string Percent = "percent";
    public const string Start = "start";
    public const string Due = "due";
    public const string Duration = "duration";
    public const string Assignees = "assignees";
    public const string Labels = "labels";
    public const string Parent = "parent";
    public const string Checklist = "checklist";
    public const string Reminders = "reminders";
    public const string Recurrence = "recurrence";
    public const string Rotation = "rotation";
    public const string Occurrence = "occurrence";
    public const string Places = "places";
    public const string Place = "place";
    public const string Relations = "relations";
    public const string Links = "links";
    public const string Files = "attachments";
    public const string Cover = "cover";
    public const string Completed = "completed";
    public const string Deleted = "deleted";
}
