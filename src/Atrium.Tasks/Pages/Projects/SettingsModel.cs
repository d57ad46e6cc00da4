namespace Atrium.Tasks;

/// <summary>What the settings of a project show.</summary>
public sealed class SettingsModel
{
    internal SettingsModel(ProjectView project, IReadOnlyList<(string Principal, string Title)> groups, IReadOnlyList<ProjectItemView> parents, Uri calendar, string? sent = null) =>
        (Project, Groups, Parents, Calendar, Sent) = (project, groups, parents, calendar, sent);

    internal ProjectView Project { get; }

    /// <summary>Groups that may be added; members are added by their handle.</summary>
    internal IReadOnlyList<(string Principal, string Title)> Groups { get; }

    /// <summary>Projects it may be part of.</summary>
    internal IReadOnlyList<ProjectItemView> Parents { get; }

    /// <summary>The project's own CalDAV address.</summary>
    internal Uri Calendar { get; }

    /// <summary>Which form came back.</summary>
    internal string? Sent { get; }
}
