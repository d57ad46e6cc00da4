using System.Diagnostics;
using Atrium.Victim;
using Microsoft.Data.Sqlite;

namespace Atrium.Kernel.Tests.Outbox;

public class KillTests(ITestOutputHelper output)
{
    private const int Kills = 50;

    [Fact]
    public async Task Killed_fifty_times_every_promised_entry_has_exactly_its_effects()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("ATRIUM_TEST_POSTGRES") is { Length: > 0 }, "Kills the embedded database; a database server outlives its clients.");
        var folder = Directory.CreateTempSubdirectory("atrium-kill").FullName;
        var promised = new HashSet<int>();
        var random = new Random(7);
        var next = 1;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var victim = Start(folder, next.ToString());
            using var mortal = new Mortal(victim);
            // Some die while they start, most while they work.
            var starting = kill % 10 == 9;
            if (!starting && await victim.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } first) promised.Add(int.Parse(first));
            var rest = victim.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(20, 400)), TestContext.Current.CancellationToken);
            Assert.False(victim.HasExited, "The victim died of itself.");
            victim.Kill();
            Read(await rest, promised);
            next = promised.Count == 0 ? next + 1000 : promised.Max() + 1000;
        }

        // One last life only handles what is left; leases of the dead run out first.
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "atrium.db")}"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await ExecuteAsync(connection, "UPDATE ledger_outbox SET leased_until = NULL, due_at = 0");
        }

        using var last = Start(folder, "drain");
        await last.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, last.ExitCode);

        await using var after = new SqliteConnection($"Data Source={Path.Combine(folder, "atrium.db")};Mode=ReadOnly;Pooling=False");
        await after.OpenAsync(TestContext.Current.CancellationToken);
        var entries = await NumbersAsync(after, "SELECT number FROM ledger_entry");
        var consequences = await NumbersAsync(after, "SELECT number FROM ledger_consequence");
        var outside = (await File.ReadAllLinesAsync(Path.Combine(folder, "outside.txt"), TestContext.Current.CancellationToken)).Select(l => l.Split(' ')).Where(l => l.Length == 2 && l[1].Length > 0).Select(l => int.Parse(l[0])).ToHashSet();
        output.WriteLine($"{promised.Count} promised, {entries.Count} entries, {consequences.Count} consequences over {Kills} kills");
        Assert.True(promised.Count > 500, $"Only {promised.Count} entries were promised: the victim hardly ran.");
        Assert.Empty(promised.Except(entries));
        Assert.Equal(entries.Order(), consequences.Order());
        Assert.Empty(entries.Except(outside));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A child must not outlive a test that fails.</summary>
    private sealed class Mortal(Process child) : IDisposable
    {
        public void Dispose()
        {
            if (!child.HasExited) child.Kill();
        }
    }

    private static Process Start(string folder, string from) => Process.Start(new ProcessStartInfo("dotnet", [typeof(Entry).Assembly.Location, folder, from])
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;

    private static void Read(string text, HashSet<int> promised)
    {
        // The last line may be cut by the kill; a cut number is not a promise.
        var whole = text.LastIndexOf('\n');
        if (whole < 0) return;
        foreach (var line in text[..whole].Split('\n'))
            if (int.TryParse(line, out var number))
                promised.Add(number);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<List<int>> NumbersAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var numbers = new List<int>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) numbers.Add(reader.GetInt32(0));
        return numbers;
    }
}
