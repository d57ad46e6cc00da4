namespace Atrium.Bench.Tasks;

/// <summary>What is read of a project of thousands: a page of 50 with a filter, and a board with the first fifty cards of each column.</summary>
/// <param name="what">Below the project's address in the API.</param>
/// <param name="floorPath">Before the project's id at the floor.</param>
internal sealed class ReadScenario(string name, string what, string floorPath) : IScenario
{
    public static IReadOnlyList<IScenario> All { get; } =
        [new ReadScenario("tasks-list", $"tasks?limit=50&filter={Uri.EscapeDataString("priority<=4")}", "/list"), new ReadScenario("tasks-board", "board", "/board")];

    public string Name => name;

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var (reader, project) = (stage.Sample.Reader, stage.Sample.Project);
        var path = $"/api/tasks/projects/{project}/{what}";
        var statements = (await reader.GetAsync(path)).Ok().Statements;
        var ours = await Driver.RunAsync(stage.Time, stage.Connections, async (_, token) => await reader.Http.GetByteArrayAsync(path, token), ct);
        var floor = await Driver.RunAsync(stage.Time, stage.Connections, async (_, token) => await stage.Floor.Http.GetByteArrayAsync($"{floorPath}/{project}", token), ct);
        Figures.Compare(Name, ours, floor, $"{statements} statements");
    }
}
