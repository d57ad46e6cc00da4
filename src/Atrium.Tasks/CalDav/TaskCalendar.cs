using Atrium.Kernel;
using Atrium.Kernel.Dav;

namespace Atrium.Tasks;

/// <summary>A project as a list of CalDAV.</summary>
internal sealed record TaskCalendar : DavCollection
{
    public required Id<Project> Project { get; init; }

    public required ProjectRole Role { get; init; }

    public bool IsPersonal { get; init; }

    /// <summary>Whether the reader sees what moderators took out of sight.</summary>
    public required bool ShowsHidden { get; init; }

    /// <summary>Those the project has columns of.</summary>
    public required IReadOnlySet<Category> Categories { get; init; }

    /// <summary>Whether it may hold more than to-dos.</summary>
    public bool IsMixed => Components.Any(c => c != "VTODO");

    /// <summary>
    /// The last segment of a project's address in somebody's home: the name it was made under for who made it, its id for everybody else,
    /// whose own lists may be called the same.
    /// </summary>
    public static string SegmentOf(Project project, Actor actor) => actor.Is(project.CreatedBy) ? project.CalendarName : project.Id.ToString();
}
