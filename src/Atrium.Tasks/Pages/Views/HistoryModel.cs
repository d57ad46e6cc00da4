using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>What happened in a project.</summary>
public sealed class HistoryModel
{
    internal HistoryModel(ProjectView project, Slice<ActivityView> lines) => (Project, Lines) = (project, lines);

    internal ProjectView Project { get; }

    internal Slice<ActivityView> Lines { get; }
}
