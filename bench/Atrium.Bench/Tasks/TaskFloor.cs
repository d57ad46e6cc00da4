using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Atrium.Bench.Tasks;

/// <summary>The floor of Tasks: a page of a list, a board, and a move, as one statement each.</summary>
internal static class TaskFloor
{
    private const string Fields =
        """
        t.id, t.number, t.title, t.due, t.priority, t.percent, t.column_id, t.rank, t.created_at, t.updated_at, t.revision, c.name AS column_name, p.key, p.title AS project_title,
        (SELECT COUNT(*) FROM tasks_checklist_item i WHERE i.task_id = t.id) AS checklist,
        (SELECT MIN(a.member_id) FROM tasks_task_assignee a WHERE a.task_id = t.id) AS assignee
        FROM tasks_task_item t JOIN tasks_column c ON c.id = t.column_id JOIN tasks_project p ON p.id = t.project_id
        """;

    public static void Map(WebApplication app, BenchHouse house)
    {
        app.MapGet("/list/{project:long}", (long project, HttpResponse response, CancellationToken ct) => RowsAsync(
            $"SELECT {Fields} WHERE t.project_id = @project AND t.deleted_at IS NULL AND t.priority <= 4 ORDER BY t.rank LIMIT 50", project, response, ct));
        app.MapGet("/board/{project:long}", (long project, HttpResponse response, CancellationToken ct) => RowsAsync(
            $"""
             SELECT {Fields} JOIN (SELECT w.id, ROW_NUMBER() OVER (PARTITION BY w.column_id ORDER BY w.rank) AS place FROM tasks_task_item w WHERE w.project_id = @project AND w.deleted_at IS NULL) o
             ON o.id = t.id WHERE o.place <= 50 ORDER BY t.rank
             """,
            project, response, ct));
        app.MapPost("/move/{task:long}/{column:long}", MoveAsync);

        async Task RowsAsync(string sql, long project, HttpResponse response, CancellationToken ct)
        {
            await using var connection = await house.ConnectAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            Add(command, "project", project);
            await Floor.WriteRowsAsync(response, command, ct);
        }

        async Task MoveAsync(long task, long column, CancellationToken ct)
        {
            await using var connection = await house.ConnectAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE tasks_task_item SET column_id = @column, revision = revision + 1 WHERE id = @task";
            Add(command, "task", task);
            Add(command, "column", column);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static void Add(System.Data.Common.DbCommand command, string name, long value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
