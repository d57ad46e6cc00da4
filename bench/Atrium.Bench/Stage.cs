using Atrium.Bench.Tasks;

namespace Atrium.Bench;

/// <summary>Where a scenario plays: the house, the floor beside it, the data, and how long and how wide to measure.</summary>
internal sealed record Stage(BenchHouse House, Floor Floor, TaskSample Sample, TimeSpan Time, int Connections);

/// <summary>One thing that is measured.</summary>
internal interface IScenario
{
    /// <summary>As the specification of its system calls it: <c>tasks-list</c>.</summary>
    string Name { get; }

    Task RunAsync(Stage stage, CancellationToken ct);
}
