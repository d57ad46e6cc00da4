using Atrium.Kernel;
using Atrium.Kernel.Http;

namespace Atrium.Tasks;

/// <summary>A column with all that its settings show.</summary>
internal sealed record ProjectColumnView(Id<Column> Id, string Name, Category Category, int? WipLimit, bool IsDefault, int Tasks);

/// <summary>A person or group of a project.</summary>
/// <param name="Principal"><c>member:1</c> or <c>group:2</c>.</param>
internal sealed record ProjectMemberView(string Principal, string Name, string Handle, string? AvatarUrl, ProjectRole Role);

/// <summary>A project in a list.</summary>
internal record ProjectItemView : IRevisedView
{
    public required Id<Project> Id { get; init; }

    public string? Key { get; init; }

    public required string Title { get; init; }

    public required string Color { get; init; }

    public Id<Project>? Parent { get; init; }

    public Visibility Visibility { get; init; }

    /// <summary>The caller's own list.</summary>
    public bool Personal { get; init; }

    public DateTimeOffset? ArchivedAt { get; init; }

    public ProjectRole Role { get; init; }

    public int Open { get; init; }

    public int Done { get; init; }

    public long Seq { get; init; }

    public long Revision { get; init; }

    /// <summary>Its page.</summary>
    public string Href => Personal ? "/tasks/mine" : $"/tasks/p/{Key ?? Id.ToString()}";
}

/// <summary>A project with columns, labels and people.</summary>
internal sealed record ProjectView : ProjectItemView
{
    public required string Description { get; init; }

    public string DescriptionHtml { get; init; } = "";

    public required IReadOnlyList<ProjectColumnView> Columns { get; init; }

    public required IReadOnlyList<LabelView> Labels { get; init; }

    public required IReadOnlyList<ProjectMemberView> Members { get; init; }

    public WatchLevel? Watch { get; init; }

    /// <summary>The last segment of its address in the caller's CalDAV home.</summary>
    public required string CalendarName { get; init; }
}
