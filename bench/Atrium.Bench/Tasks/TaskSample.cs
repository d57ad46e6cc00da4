using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Bench.Tasks;

/// <summary>
/// The data the figures of Tasks are for: 100 projects, one of them large, 200 members who may see it, 30 lines of history for
/// each of its tasks. A few rows are made through the API, and multiplied in the database.
/// </summary>
internal sealed record TaskSample(Person Reader, string Project, IReadOnlyList<string> Columns, IReadOnlyList<string> Tasks)
{
    private const int Members = 200;
    private const int Projects = 100;
    private const int LinesEach = 30;
    private const string Row = "ROW_NUMBER() OVER (ORDER BY n.n, t.id)";

    public static async Task<TaskSample> FillAsync(BenchHouse house, int tasks, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var ada = await house.PersonAsync("ada");
        for (var i = 1; i < Projects; i++) (await ada.PostAsync("/api/tasks/projects", new { title = $"Project {i}" })).Ok();
        var project = (await ada.PostAsync("/api/tasks/projects", new { title = "The large one" })).Ok();
        var id = project["id"];
        for (var i = 1; i < Members; i++)
        {
            var member = await house.PersonAsync("member");
            (await ada.PutAsync($"/api/tasks/projects/{id}/members/member:{member.Id}", new { role = "writer" })).Ok();
        }

        var columns = (await ada.GetAsync($"/api/tasks/projects/{id}/columns")).Ok().Json;
        List<string> columnIds = [.. (columns.ValueKind == JsonValueKind.Array ? columns : columns.GetProperty("items")).EnumerateArray().Select(c => c.GetProperty("id").ToString())];
        for (var i = 0; i < columnIds.Count; i++)
            (await ada.PostAsync($"/api/tasks/projects/{id}/tasks", new { title = "Template", column = columnIds[i], priority = i + 1, assignees = new[] { ada.Id.ToString() } })).Ok();
        await house.DrainAsync();
        await MultiplyAsync(house, id, tasks, ct);

        List<string> moved = [];
        for (var i = 0; i < 64; i++) moved.Add((await ada.PostAsync($"/api/tasks/projects/{id}/tasks", new { title = $"Moved {i}", column = columnIds[0] })).Ok()["id"]);
        await house.DrainAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Sample: {Projects} projects, {Members} members, {tasks} tasks, {tasks * LinesEach} lines of history in {watch.Elapsed.TotalSeconds:0.0} s"));
        return new(ada, id, columnIds, moved);
    }

    // Ids are made from the number alone; they only have to differ, and to be older than those the house makes now.
    private static async Task MultiplyAsync(BenchHouse house, string project, int tasks, CancellationToken ct)
    {
        await Rows.CopyAsync(house, "tasks_task_item", $"t.project_id = {project}", tasks, new()
        {
            ["id"] = $"1000000 + {Row}", ["number"] = $"1000 + {Row}", ["uid"] = $"'bench-' || {Row}",
            ["rank"] = $"'b' || substr(CAST(100000000 + {Row} AS text), 2) || '5'", ["title"] = $"'Task ' || {Row} || ' of the large project'",
        }, ct);
        await AssignAsync(house, $"t.project_id = {project}", ct);
        await Rows.CopyAsync(house, "tasks_activity", $"t.project_id = {project}", tasks * LinesEach, new() { ["id"] = $"1000000 + {Row}" }, ct);
    }

    private static async Task AssignAsync(BenchHouse house, string which, CancellationToken ct)
    {
        var columns = await Rows.ColumnsAsync(house, "tasks_task_assignee", ct);
        await house.ExecuteAsync(
            $"""
             INSERT INTO tasks_task_assignee ({string.Join(", ", columns)})
             SELECT {string.Join(", ", columns.Select(c => c == "task_id" ? "t.id" : $"a.{c}"))} FROM tasks_task_item t, (SELECT x.* FROM tasks_task_assignee x JOIN tasks_task_item y ON y.id = x.task_id WHERE y.{which[2..]} LIMIT 1) a
             WHERE {which} AND t.uid LIKE 'bench-%' AND t.number % 2 = 0
             """,
            ct);
    }
}
