namespace Atrium.Tasks;

/// <summary>What the settings of a project show.</summary>
public sealed class SettingsModel
{
    internal SettingsModel(ProjectView project, IReadOnlyList<(string Principal, string Title)> people, string? sent = null) => (Project, People, Sent) = (project, people, sent);

    internal ProjectView Project { get; }

    /// <summary>Groups that may be added; members are added by their handle.</summary>
    internal IReadOnlyList<(string Principal, string Title)> People { get; }

    /// <summary>Which form came back.</summary>
    internal string? Sent { get; }
}
