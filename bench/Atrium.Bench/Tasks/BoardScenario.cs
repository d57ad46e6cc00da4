namespace Atrium.Bench.Tasks;

/// <summary>A board: every column with its first fifty cards.</summary>
internal sealed class BoardScenario : IScenario
{
    public string Name => "tasks-board";

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var (reader, project) = (stage.Sample.Reader, stage.Sample.Project);
        var path = $"/api/tasks/projects/{project}/board";
        var statements = (await reader.GetAsync(path)).Ok().Statements;
        var ours = await Driver.RunAsync(stage.Time, stage.Connections, async (_, token) => await reader.Http.GetByteArrayAsync(path, token), ct);
        var floor = await Driver.RunAsync(stage.Time, stage.Connections, async (_, token) => await stage.Floor.Http.GetByteArrayAsync($"/board/{project}", token), ct);
        Figures.Compare(Name, ours, floor, $"{statements} statements");
    }
}
