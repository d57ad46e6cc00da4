using System.Text;
using Atrium.Testing;

namespace Atrium.Tasks.Tests;

/// <summary>Imports through the API: stored, worked through as an operation, reported.</summary>
public sealed class ImportTests(QuietHouse house)
{
    [Fact]
    public async Task The_same_file_twice_at_once_makes_each_task_once()
    {
        var ada = await house.PersonAsync("twice");
        var json = new TrelloBoard(450).Json();
        var title = Imports.Unique("Twice");
        var requested = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Imports.PostAsync(ada, json, "board.json", "trello", title, false)));
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => house.DrainAsync()));
        await house.DrainAsync();
        var reports = new List<Answer>();
        foreach (var request in requested) reports.Add((await ada.GetAsync(request["report"])).Ok());
        var made = reports.Sum(r => r.Json.GetProperty("made").GetInt32());
        var export = await house.ExportAsync(ada, reports[0]);
        Assert.Equal(made, System.Text.Json.JsonDocument.Parse(export).RootElement.GetProperty("tasks").GetArrayLength());
        Assert.Equal(reports[0]["href"], reports[1]["href"]);
    }

    [Fact]
    public async Task A_dry_run_tells_all_and_writes_nothing()
    {
        var ada = await house.PersonAsync("dry");
        var report = await house.ImportAsync(ada, Encoding.UTF8.GetBytes("Title,Due\nBread,2026-12-24\nSalt,\n"), "shopping.csv", "csv", Imports.Unique("Dry"), dryRun: true);
        Assert.Equal(2, report.Json.GetProperty("made").GetInt32());
        Assert.True(report.Json.GetProperty("dry_run").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, report.Json.GetProperty("href").ValueKind);
    }

    [Fact]
    public async Task A_changed_row_updates_its_task_but_not_what_was_changed_here()
    {
        var ada = await house.PersonAsync("again");
        var title = Imports.Unique("Again");
        await house.ImportAsync(ada, Encoding.UTF8.GetBytes("Id,Title,Priority\n1,Bread,1\n2,Salt,2\n"), "list.csv", "csv", title);
        var second = await house.ImportAsync(ada, Encoding.UTF8.GetBytes("Id,Title,Priority\n1,Rye bread,1\n2,Salt,2\n"), "list.csv", "csv", title);
        Assert.Equal(1, second.Json.GetProperty("updated").GetInt32());
        Assert.Equal(1, second.Json.GetProperty("skipped").GetInt32());
        Assert.Contains("Rye bread", await house.ExportAsync(ada, second));
    }

    [Fact]
    public async Task Our_own_export_into_an_empty_project_exports_the_same_again()
    {
        var ada = await house.PersonAsync("round");
        var first = await house.ImportAsync(ada, new TrelloBoard(60).Json(), "board.json", "trello", Imports.Unique("Round"));
        var exported = await house.ExportAsync(ada, first);
        var second = await house.ImportAsync(ada, Encoding.UTF8.GetBytes(exported), "export.json", "json", Imports.Unique("Copy"));
        var (one, two) = (TasksDocument.Read(Encoding.UTF8.GetBytes(exported)), TasksDocument.Read(Encoding.UTF8.GetBytes(await house.ExportAsync(ada, second))));
        Assert.Equal(one.Columns.Select(c => (c.Name, c.Category, c.WipLimit)), two.Columns.Select(c => (c.Name, c.Category, c.WipLimit)));
        Assert.Equal(one.Tasks.Select(Shape), two.Tasks.Select(Shape));

        static string Shape(TasksDocument.TaskPart t) =>
            $"{t.Title}|{t.Description}|{t.Uid}|{t.Due}|{t.Start}|{t.Priority}|{t.Percent}|{t.Labels.Count}|{string.Join(';', t.Checklist)}|{string.Join(';', t.Reminders)}|{t.CompletedAt is not null}|{t.Recurrence?.Rrule}";
    }

    [Fact]
    public async Task A_file_that_is_no_board_fails_with_words()
    {
        var ada = await house.PersonAsync("wrong");
        var requested = await Imports.PostAsync(ada, "hello"u8.ToArray(), "board.json", "trello", Imports.Unique("Wrong"), false);
        await house.DrainAsync();
        var operation = await ada.GetAsync(requested["href"]);
        Assert.Equal("failed", operation["state"]);
        Assert.Contains("no Trello board", operation["message"]);
    }

    [Fact]
    public async Task A_preview_shows_what_each_column_becomes()
    {
        var ada = await house.PersonAsync("preview");
        using var form = new MultipartFormDataContent { { new ByteArrayContent("Was;Frist;Wer\nBrot;24.12.2026;ben\n"u8.ToArray()), "file", "liste.csv" }, { new StringContent("{\"columns\":{\"title\":\"Was\",\"due\":1,\"assignees\":2}}"), "mapping" } };
        var preview = (await ada.PostAsync("/api/tasks/imports/preview", form)).Ok();
        Assert.Equal(";", preview["delimiter"]);
        Assert.Equal("2026-12-24", preview.Json.GetProperty("first")[0].GetProperty("due").GetString());
    }
}
