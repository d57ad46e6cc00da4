namespace Atrium.Bench.Tasks;

/// <summary>Moves cards to and fro between two columns, each caller its own.</summary>
internal sealed class MoveScenario : IScenario
{
    public string Name => "tasks-move";

    public async Task RunAsync(Stage stage, CancellationToken ct)
    {
        var (reader, columns, tasks) = (stage.Sample.Reader, stage.Sample.Columns, stage.Sample.Tasks);
        var turns = new int[stage.Connections];
        var statements = (await reader.PostAsync($"/api/tasks/tasks/{tasks[^1]}/move", new { column = columns[1] })).Ok().Statements;
        var ours = await Driver.RunAsync(
            stage.Time, stage.Connections,
            async (caller, _) => (await reader.PostAsync($"/api/tasks/tasks/{tasks[caller]}/move", new { column = columns[++turns[caller] % 2] })).Ok(), ct);
        var floor = await Driver.RunAsync(
            stage.Time, stage.Connections,
            async (caller, token) => (await stage.Floor.Http.PostAsync($"/move/{tasks[caller]}/{columns[++turns[caller] % 2]}", null, token)).EnsureSuccessStatusCode(), ct);
        Figures.Compare(Name, ours, floor, $"{statements} statements");
    }
}
