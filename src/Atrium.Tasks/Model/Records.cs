using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>A file of a task. The bytes are the platform's.</summary>
internal sealed class TaskFile
{
    private TaskFile() { }

    public TaskFile(Id<TaskItem> task, long fileRef, string name, Change by) =>
        (Id, TaskId, FileRef, Name, AddedBy, AddedAt) = (Id<TaskFile>.New(), task, fileRef, Limits.Line(name, 255, "name"), by.Actor, by.At);

    public Id<TaskFile> Id { get; private set; }

    public Id<TaskItem> TaskId { get; private set; }

    /// <summary>The id of the platform's stored file.</summary>
    public long FileRef { get; private set; }

    public string Name { get; private set; } = "";

    public Id<Member>? AddedBy { get; private set; }

    public DateTimeOffset AddedAt { get; private set; }
}

/// <summary>A link from a task to any thing of the house.</summary>
internal sealed class ThingLink
{
    private ThingLink() { }

    public ThingLink(Id<TaskItem> task, Thing thing, bool isSource = false) => (TaskId, Thing, IsSource) = (task, thing.ToString(), isSource);

    public Id<TaskItem> TaskId { get; private set; }

    /// <summary>As <see cref="Kernel.Thing"/> writes itself.</summary>
    public string Thing { get; private set; } = "";

    /// <summary>True for what the task was made from.</summary>
    public bool IsSource { get; private set; }
}

/// <summary>That a task or list was there: what sync tells clients that have it. Kept 180 days.</summary>
internal sealed class Tombstone
{
    public const int Days = 180;

    private Tombstone() { }

    public Tombstone(Id<Project> project, string name, string uid, long seq, string? movedTo, DateTimeOffset at) =>
        (Id, ProjectId, Name, Uid, Seq, MovedTo, At) = (Id<Tombstone>.New(), project, name, uid, seq, movedTo, at);

    public Id<Tombstone> Id { get; private set; }

    public Id<Project> ProjectId { get; private set; }

    public string Name { get; private set; } = "";

    public string Uid { get; private set; } = "";

    public long Seq { get; private set; }

    /// <summary>The task it was, if it was one.</summary>
    public Id<TaskItem>? TaskId { get; init; }

    /// <summary>The address it moved to, when it did.</summary>
    public string? MovedTo { get; private set; }

    public DateTimeOffset At { get; private set; }
}

/// <summary>An old number of a task that moved: it redirects for ever.</summary>
internal sealed class TaskAlias
{
    private TaskAlias() { }

    public TaskAlias(string key, Id<Project> project, long number, Id<TaskItem> task) => (Key, ProjectId, Number, TaskId) = (key, project, number, task);

    public string Key { get; private set; } = "";

    public Id<Project> ProjectId { get; private set; }

    public long Number { get; private set; }

    public Id<TaskItem> TaskId { get; private set; }
}

/// <summary>A filter kept under a name, for oneself or shared with a project.</summary>
internal sealed class SavedFilter
{
    private SavedFilter() { }

    public SavedFilter(Id<Member> owner, string name, string query, Id<Project>? sharedWith)
    {
        (Id, OwnerId) = (Id<SavedFilter>.New(), owner);
        Change(name, query, sharedWith);
    }

    public Id<SavedFilter> Id { get; private set; }

    public Id<Member> OwnerId { get; private set; }

    public Id<Project>? SharedWith { get; private set; }

    public string Name { get; private set; } = "";

    public string Query { get; private set; } = "";

    public long Revision { get; private set; }

    /// <exception cref="Refusal"><c>bad_filter</c>.</exception>
    public void Change(string name, string query, Id<Project>? sharedWith)
    {
        (Name, Query, SharedWith) = (Limits.Line(name, Limits.Name, "name"), FilterText.Print(Filter.Parse(query)), sharedWith);
        Revision++;
    }
}

internal enum WatchLevel
{
    Mute,
    Watch,
}

/// <summary>That someone follows, or mutes, a task or project.</summary>
internal sealed class Watch
{
    private Watch() { }

    public Watch(Id<Member> member, Thing target, WatchLevel level, bool chosen) => (MemberId, Target, Level, Chosen) = (member, target.ToString(), level, chosen);

    public Id<Member> MemberId { get; private set; }

    /// <summary><c>task:1</c> or <c>project:2</c>.</summary>
    public string Target { get; private set; } = "";

    public WatchLevel Level { get; set; }

    /// <summary>False where it came by itself, as author, assignee or mentioned.</summary>
    public bool Chosen { get; set; }
}

/// <summary>A secret address of a calendar feed; only its hash is kept.</summary>
internal sealed class FeedKey
{
    private FeedKey() { }

    public FeedKey(Id<Member> member, Id<SavedFilter>? filter, string keyHash, DateTimeOffset at) =>
        (Id, MemberId, FilterId, KeyHash, CreatedAt) = (Id<FeedKey>.New(), member, filter, keyHash, at);

    public Id<FeedKey> Id { get; private set; }

    public Id<Member> MemberId { get; private set; }

    public Id<SavedFilter>? FilterId { get; private set; }

    public string KeyHash { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>Which task an imported item became; unique, so that the same file twice makes nothing twice.</summary>
internal sealed class ImportRef
{
    private ImportRef() { }

    public ImportRef(Id<Project> project, string source, string sourceId, Id<TaskItem> task) => (ProjectId, Source, SourceId, TaskId) = (project, source, sourceId, task);

    public Id<Project> ProjectId { get; private set; }

    /// <summary><c>trello</c>, <c>csv</c>, <c>ics</c>, <c>atrium</c>.</summary>
    public string Source { get; private set; } = "";

    public string SourceId { get; private set; } = "";

    public Id<TaskItem> TaskId { get; private set; }

    /// <summary>Hash of what was last imported, so that an item that did not change is skipped.</summary>
    public string Fingerprint { get; set; } = "";
}

/// <summary>That someone wants their agenda by mail every day, and when.</summary>
internal sealed class AgendaChoice
{
    public Id<Member> MemberId { get; init; }

    /// <summary>The hour of their own day, 0 to 23.</summary>
    public int Hour { get; set; }
}

/// <summary>How someone read the columns of a CSV file: the next file with the same columns is read so.</summary>
internal sealed class CsvChoice
{
    public Id<Member> MemberId { get; init; }

    /// <summary>Hash of the names of the columns.</summary>
    public required string Header { get; init; }

    /// <summary>A <see cref="MappingOption"/> as JSON.</summary>
    public required string Mapping { get; set; }
}

/// <summary>That someone's agenda mail of a day was sent.</summary>
internal sealed class DigestSent
{
    private DigestSent() { }

    public DigestSent(Id<Member> member, string localDate) => (MemberId, LocalDate) = (member, localDate);

    public Id<Member> MemberId { get; private set; }

    /// <summary>The member's own date, as 2026-11-23.</summary>
    public string LocalDate { get; private set; } = "";
}
