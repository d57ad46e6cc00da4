namespace Atrium.Bench.Tasks;

/// <summary>A page of 50 tasks with a filter, of a project of thousands.</summary>
internal sealed class ListScenario : IScenario
{
    public string Name => "tasks-list";

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var (reader, project) = (stage.Sample.Reader, stage.Sample.Project);
        var path = $"/api/tasks/projects/{project}/tasks?limit=50&filter={Uri.EscapeDataString("priority<=4")}";
        var statements = (await reader.GetAsync(path)).Ok().Statements;
        var ours = await Driver.RunAsync(stage.Time, stage.Connections, async (_, token) => await reader.Http.GetByteArrayAsync(path, token), ct);
        var floor = await Driver.RunAsync(stage.Time, stage.Connections, async (_, token) => await stage.Floor.Http.GetByteArrayAsync($"/list/{project}", token), ct);
        Figures.Compare(Name, ours, floor, $"{statements} statements");
    }
}
