using Atrium.Bench.Social;
using Atrium.Bench.Tasks;

namespace Atrium.Bench;

/// <summary>Where a scenario plays: the house, the floor beside it, and how long and how wide to measure. Data is made when first asked for.</summary>
internal sealed class Stage(BenchHouse house, Floor floor, TimeSpan time, int connections, TaskSample? sample)
{
    private SocialSample? _social;

    public BenchHouse House { get; } = house;

    public Floor Floor { get; } = floor;

    public TimeSpan Time { get; } = time;

    public int Connections { get; } = connections;

    /// <summary>The data of the Tasks scenarios.</summary>
    public TaskSample Sample => sample ?? throw new InvalidOperationException("There are no tasks on this stage.");

    /// <summary>The data of the Social scenarios.</summary>
    public async Task<SocialSample> SocialAsync(CancellationToken ct) => _social ??= await SocialSample.FillAsync(House, ct);
}

/// <summary>One thing that is measured.</summary>
internal interface IScenario
{
    /// <summary>As the specification of its system calls it: <c>tasks-list</c>.</summary>
    string Name { get; }

    Task RunAsync(Stage stage, CancellationToken ct);
}
