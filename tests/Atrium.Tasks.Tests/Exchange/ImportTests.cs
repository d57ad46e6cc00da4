using System.Diagnostics;
using System.Text;
using Atrium.Testing;

namespace Atrium.Tasks.Tests;

/// <summary>Imports through the API: stored, worked through as an operation, reported.</summary>
public sealed class ImportTests(TasksHouse house)
{
    [Fact]
    public async Task A_board_of_a_thousand_cards_imports_within_ten_seconds_and_a_second_run_changes_nothing()
    {
        var ada = await house.PersonAsync("importer");
        var board = new TrelloBoard(1000);
        var json = board.Json();
        var title = Unique("Board");

        var clock = Stopwatch.StartNew();
        var first = await ImportAsync(ada, json, "board.json", "trello", title);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"It took {clock.Elapsed}.");
        Assert.Equal(1000, first.Json.GetProperty("made").GetInt32() + first.Json.GetProperty("skipped").GetInt32());
        Assert.True(first.Json.GetProperty("made").GetInt32() > 800, first.Body[..200]);
        Assert.Contains("not in the file", first.Body);
        var before = await ExportAsync(ada, first);

        var second = await ImportAsync(ada, json, "board.json", "trello", title);
        Assert.Equal(0, second.Json.GetProperty("made").GetInt32());
        Assert.Equal(0, second.Json.GetProperty("updated").GetInt32());
        Assert.Equal(before, await ExportAsync(ada, second));
    }

    [Fact]
    public async Task The_same_file_twice_at_once_makes_each_task_once()
    {
        var ada = await house.PersonAsync("twice");
        var json = new TrelloBoard(450).Json();
        var title = Unique("Twice");
        var requested = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => PostAsync(ada, json, "board.json", "trello", title, false)));
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => house.DrainAsync()));
        await house.DrainAsync();
        var reports = new List<Answer>();
        foreach (var request in requested) reports.Add((await ada.GetAsync(request["report"])).Ok());
        var made = reports.Sum(r => r.Json.GetProperty("made").GetInt32());
        var export = await ExportAsync(ada, reports[0]);
        Assert.Equal(made, System.Text.Json.JsonDocument.Parse(export).RootElement.GetProperty("tasks").GetArrayLength());
        Assert.Equal(reports[0]["href"], reports[1]["href"]);
    }

    [Fact]
    public async Task A_dry_run_tells_all_and_writes_nothing()
    {
        var ada = await house.PersonAsync("dry");
        var report = await ImportAsync(ada, Encoding.UTF8.GetBytes("Title,Due\nBread,2026-12-24\nSalt,\n"), "shopping.csv", "csv", Unique("Dry"), dryRun: true);
        Assert.Equal(2, report.Json.GetProperty("made").GetInt32());
        Assert.True(report.Json.GetProperty("dry_run").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, report.Json.GetProperty("href").ValueKind);
    }

    [Fact]
    public async Task A_changed_row_updates_its_task_but_not_what_was_changed_here()
    {
        var ada = await house.PersonAsync("again");
        var title = Unique("Again");
        await ImportAsync(ada, Encoding.UTF8.GetBytes("Id,Title,Priority\n1,Bread,1\n2,Salt,2\n"), "list.csv", "csv", title);
        var second = await ImportAsync(ada, Encoding.UTF8.GetBytes("Id,Title,Priority\n1,Rye bread,1\n2,Salt,2\n"), "list.csv", "csv", title);
        Assert.Equal(1, second.Json.GetProperty("updated").GetInt32());
        Assert.Equal(1, second.Json.GetProperty("skipped").GetInt32());
        Assert.Contains("Rye bread", await ExportAsync(ada, second));
    }

    [Fact]
    public async Task Our_own_export_into_an_empty_project_exports_the_same_again()
    {
        var ada = await house.PersonAsync("round");
        var first = await ImportAsync(ada, new TrelloBoard(60).Json(), "board.json", "trello", Unique("Round"));
        var exported = await ExportAsync(ada, first);
        var second = await ImportAsync(ada, Encoding.UTF8.GetBytes(exported), "export.json", "json", Unique("Copy"));
        var (one, two) = (TasksDocument.Read(Encoding.UTF8.GetBytes(exported)), TasksDocument.Read(Encoding.UTF8.GetBytes(await ExportAsync(ada, second))));
        Assert.Equal(one.Columns.Select(c => (c.Name, c.Category, c.WipLimit)), two.Columns.Select(c => (c.Name, c.Category, c.WipLimit)));
        Assert.Equal(one.Tasks.Select(Shape), two.Tasks.Select(Shape));

        static string Shape(TasksDocument.TaskPart t) =>
            $"{t.Title}|{t.Description}|{t.Uid}|{t.Due}|{t.Start}|{t.Priority}|{t.Percent}|{t.Labels.Count}|{string.Join(';', t.Checklist)}|{string.Join(';', t.Reminders)}|{t.CompletedAt is not null}|{t.Recurrence?.Rrule}";
    }

    [Fact]
    public async Task A_file_that_is_no_board_fails_with_words()
    {
        var ada = await house.PersonAsync("wrong");
        var requested = await PostAsync(ada, "hello"u8.ToArray(), "board.json", "trello", Unique("Wrong"), false);
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

    private async Task<Answer> ImportAsync(Person person, byte[] file, string name, string format, string project, bool dryRun = false)
    {
        var requested = await PostAsync(person, file, name, format, project, dryRun);
        await house.DrainAsync();
        return (await person.GetAsync(requested["report"])).Ok();
    }

    private static async Task<Answer> PostAsync(Person person, byte[] file, string name, string format, string project, bool dryRun)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(file), "file", name }, { new StringContent(format), "format" }, { new StringContent(project), "project" }, { new StringContent(dryRun ? "true" : "false"), "dry_run" },
        };
        return (await person.PostAsync("/api/tasks/imports", form)).Is(System.Net.HttpStatusCode.Accepted);
    }

    private async Task<string> ExportAsync(Person person, Answer report)
    {
        var project = await house.ProjectAsync(report["href"]);
        return (await person.GetAsync($"/api/tasks/projects/{project}/export?format=json")).Ok().Body;
    }

    private static string Unique(string name) => $"{name} {Kernel.RandomKey.New(16)}";
}
