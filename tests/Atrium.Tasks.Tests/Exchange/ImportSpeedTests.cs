namespace Atrium.Tasks.Tests;

/// <summary>A big board comes in fast. Measured in processor time, so that a busy machine does not count.</summary>
[Collection(Alone.Name)]
public sealed class ImportSpeedTests(QuietHouse house)
{
    [Fact]
    public async Task A_board_of_a_thousand_cards_imports_within_ten_seconds_and_a_second_run_changes_nothing()
    {
        var ada = await house.PersonAsync("importer");
        var board = new TrelloBoard(1000);
        var json = board.Json();
        var title = Imports.Unique("Board");

        var before = Environment.CpuUsage.TotalTime;
        var first = await house.ImportAsync(ada, json, "board.json", "trello", title);
        var took = Environment.CpuUsage.TotalTime - before;
        Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took} of one processor.");
        Assert.Equal(1000, first.Json.GetProperty("made").GetInt32() + first.Json.GetProperty("skipped").GetInt32());
        Assert.True(first.Json.GetProperty("made").GetInt32() > 800, first.Body[..200]);
        Assert.Contains("not in the file", first.Body);
        var exported = await house.ExportAsync(ada, first);

        var second = await house.ImportAsync(ada, json, "board.json", "trello", title);
        Assert.Equal(0, second.Json.GetProperty("made").GetInt32());
        Assert.Equal(0, second.Json.GetProperty("updated").GetInt32());
        Assert.Equal(exported, await house.ExportAsync(ada, second));
    }
}
