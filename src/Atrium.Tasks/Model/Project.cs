using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>Who may see a project beside its members.</summary>
internal enum Visibility
{
    Private,

    /// <summary>Every member of the house may read.</summary>
    Members,

    /// <summary>Everyone may read.</summary>
    Public,
}

/// <summary>A list of tasks with its columns, labels and people. Every change of anything in it takes the next <see cref="Seq"/>.</summary>
internal sealed partial class Project
{
    private Project() { }

    public Project(string title, string? key, Id<Member> by, DateTimeOffset at)
    {
        Id = Id<Project>.New();
        Rename(title);
        SetKey(key);
        CreatedBy = by;
        CreatedAt = at;
        Members.Add(new(Id, Principal.Of(by), ProjectRole.Admin));
        AddColumn("To do", Category.Todo);
        AddColumn("Doing", Category.Doing);
        AddColumn("Done", Category.Done);
        Revision = 1;
    }

    /// <summary>The private list every member has.</summary>
    public static Project PersonalFor(Id<Member> member, DateTimeOffset at) =>
        new("My tasks", null, member, at) { PersonalOf = member, AudienceRef = Audience.Only(member).Ref, CalendarName = "personal" };

    public Id<Project> Id { get; private set; }

    /// <summary>Two to ten letters and digits before the number of a task, such as CLUB; null for a personal list.</summary>
    public string? Key { get; private set; }

    public Id<Project>? ParentId { get; private set; }

    public Id<Member>? PersonalOf { get; private set; }

    public string Title { get; private set; } = "";

    public string Color { get; private set; } = "#4f46e5";

    public string Description { get; private set; } = "";

    public Visibility Visibility { get; private set; }

    /// <summary>The one audience set of the project, which every task, comment and file of it refers to.</summary>
    public long AudienceRef { get; private set; }

    public long NextNumber { get; private set; } = 1;

    /// <summary>Counts the changes of the project and all in it: sync token, live cursor, <c>since</c>.</summary>
    public long Seq { get; private set; }

    /// <summary>Deletions up to this seq are forgotten: who asks for what happened since an earlier one starts anew.</summary>
    public long Horizon { get; private set; }

    /// <summary>iCalendar components a list made over CalDAV may hold, comma-separated.</summary>
    public string Components { get; set; } = "VTODO";

    /// <summary>Last segment of its CalDAV address.</summary>
    public string CalendarName { get; set; } = "";

    public string Rank { get; set; } = "";

    public Id<Member> CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? ArchivedAt { get; private set; }

    public Id<Deletion>? DeletionId { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Since when moderators hide it from all who are not of it.</summary>
    public DateTimeOffset? HiddenAt { get; private set; }

    /// <summary>The ETag.</summary>
    public long Revision { get; private set; }

    public List<ProjectMember> Members { get; private set; } = [];

    public List<Column> Columns { get; private set; } = [];

    public List<Label> Labels { get; private set; } = [];

    public Audience Audience => new(AudienceRef);

    /// <summary>Who may see it beside its members, as things stand.</summary>
    public Visibility OpenTo => HiddenAt is null ? Visibility : Visibility.Private;

    public bool IsPersonal => PersonalOf is not null;

    public void Rename(string title)
    {
        Title = Limits.Line(title, Limits.Name, "title");
        Revision++;
    }

    public void Describe(string? markdown)
    {
        Description = Limits.Markdown(markdown);
        Revision++;
    }

    public void Paint(string color)
    {
        Color = Limits.Color(color);
        Revision++;
    }

    /// <summary>Whether the key is taken is the index's to say (<c>key_taken</c>).</summary>
    public void SetKey(string? key)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            Key = null;
            return;
        }

        var upper = key.Trim().ToUpperInvariant();
        if (upper.Length is < 2 or > 10 || !char.IsAsciiLetterUpper(upper[0]) || !upper.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)))
            throw Refusal.Invalid("key", "A key is a letter and one to nine more letters or digits, such as CLUB.", "bad_key");
        Key = upper;
        Revision++;
    }

    /// <param name="parent">The new parent; null for the top.</param>
    /// <param name="ancestors">The parent and all above it, nearest first.</param>
    /// <param name="height">Levels below this project, 0 when it has no sub-projects.</param>
    public void Nest(Id<Project>? parent, IReadOnlyList<Id<Project>> ancestors, int height)
    {
        if (parent is not null)
        {
            if (IsPersonal) throw Refusal.Invalid("parent", "A personal list stays on its own.");
            Tree.Demand(Id, ancestors, height, "parent", "project");
        }

        ParentId = parent;
        Revision++;
    }

    public void Archive(DateTimeOffset at)
    {
        if (IsPersonal) throw Refusal.Invalid("archived", "A personal list cannot be archived.");
        ArchivedAt ??= at;
        Revision++;
    }

    public void Unarchive()
    {
        ArchivedAt = null;
        Revision++;
    }

    public void Trash(Id<Deletion> deletion, DateTimeOffset at)
    {
        if (IsPersonal) throw Refusal.Invalid("id", "A personal list cannot be deleted.");
        (DeletionId, DeletedAt) = (deletion, at);
        Revision++;
    }

    public void Restore(Id<Deletion> deletion)
    {
        if (DeletionId != deletion) throw Refusal.Conflict("not_deleted", "It was not deleted, or restored meanwhile.");
        (DeletionId, DeletedAt) = (null, null);
        Revision++;
    }

    /// <summary>By moderators: only its members see it, or it is shown again.</summary>
    public void Hide(DateTimeOffset? at)
    {
        HiddenAt = at is null ? null : HiddenAt ?? at;
        Revision++;
    }

    /// <summary>Takes over what the database counted: <c>UPDATE … RETURNING</c> is the only writer of both.</summary>
    public void Counted(long seq, long? nextNumber = null)
    {
        Seq = seq;
        if (nextNumber is { } n) NextNumber = n;
    }
}

/// <summary>Names one act of deleting in ids: all it took comes back together.</summary>
internal sealed class Deletion
{
    private Deletion() { }
}
