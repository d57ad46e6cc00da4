using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>A task as a phone knows it: its address, and the octets last sent, if any.</summary>
internal sealed class DavResource
{
    public Id<TaskItem> TaskId { get; init; }

    public Id<Project> ProjectId { get; set; }

    /// <summary>The last segment of its address, percent-decoded.</summary>
    public required string Name { get; set; }

    /// <summary>What a client has PUT; null while none has.</summary>
    public byte[]? Raw { get; set; }

    /// <summary>The task's revision that <see cref="Raw"/> led to.</summary>
    public long RawRevision { get; set; }
}

/// <summary>An event or journal entry in a list made over CalDAV: stored whole.</summary>
internal sealed class CalendarObject
{
    public Id<CalendarObject> Id { get; init; } = Id<CalendarObject>.New();

    public Id<Project> ProjectId { get; init; }

    public required string Name { get; set; }

    public required string Uid { get; init; }

    /// <summary><c>VEVENT</c>, <c>VJOURNAL</c>.</summary>
    public required string Component { get; init; }

    public required byte[] Raw { get; set; }

    public DateTimeOffset StartSort { get; set; }

    /// <summary>The greatest instant where it never ends.</summary>
    public DateTimeOffset EndSort { get; set; }

    public long Seq { get; set; }

    public long Revision { get; set; }
}

/// <summary>A property of a list that we only keep for the client that set it.</summary>
internal sealed class DeadProperty
{
    public Id<Project> ProjectId { get; init; }

    /// <summary><c>{namespace}name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its XML.</summary>
    public required string Value { get; set; }
}
