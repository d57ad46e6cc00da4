using System.Data.Common;
using System.Diagnostics;
using Atrium.Kernel;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Atrium.Tests;

/// <summary>What a verb said before it ended.</summary>
public sealed record Said(int Code, string Out, string Error)
{
    public Said Done()
    {
        Assert.True(Code == 0, $"Exit code {Code}: {Out}{Error}");
        return this;
    }

    /// <summary>Fails the test unless the verb refused with one plain sentence and no trace.</summary>
    public void Refused(string words)
    {
        Assert.Equal(1, Code);
        Assert.Contains(words, Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
    }
}

/// <summary>The program itself, as somebody starts it: an empty data folder, processes of its own, and the database that the suite runs on.</summary>
public sealed class RealHouse : IAsyncDisposable
{
    private static readonly string Root = FindRoot();
    private readonly string? _postgres = Environment.GetEnvironmentVariable("ATRIUM_TEST_POSTGRES") is { Length: > 0 } server ? server : null;
    private string? _database;

    public string DataFolder { get; } = Path.Combine(Path.GetTempPath(), "atrium-tests", RandomKey.New(16));

    /// <summary>Where <c>docs/</c> and the rest of the source lie.</summary>
    public static string Source => Root;

    /// <summary>How to reach the database from outside; null for SQLite.</summary>
    public string? Postgres { get; private set; }

    public static async Task<RealHouse> BuildAsync()
    {
        var house = new RealHouse();
        if (house._postgres is { } server)
        {
            house._database = "atrium_test_" + Convert.ToHexStringLower(Guid.CreateVersion7().ToByteArray());
            await house.ExecuteAsync($"CREATE DATABASE {house._database}");
            house.Postgres = new NpgsqlConnectionStringBuilder(server) { Database = house._database, MaxPoolSize = 30 }.ToString();
        }

        return house;
    }

    /// <summary>Runs a verb to its end.</summary>
    public async Task<Said> RunAsync(params string[] verb)
    {
        using var process = Start([.. verb, "--data", DataFolder]);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Starts <c>serve</c> and waits until it listens.</summary>
    public async Task<Life> ServeAsync(params string[] more)
    {
        var process = Start(["serve", "--urls", "http://127.0.0.1:0", "--data", DataFolder, .. more]);
        var errors = process.StandardError.ReadToEndAsync();
        const string listens = "Atrium listens on ";
        string? line;
        while ((line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)) is not null)
        {
            if (!line.StartsWith(listens, StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return new(process, line[listens.Length..].TrimEnd('/'));
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        throw new InvalidOperationException($"The house did not open: {await errors}");
    }

    /// <summary>What a statement counts.</summary>
    public async Task<long> CountAsync(string statement) => (long)await AskAsync(statement);

    /// <summary>What a statement says.</summary>
    public async Task<string> TextAsync(string statement) => (string)await AskAsync(statement);

    /// <summary>Changes the database behind the house's back, while it is down.</summary>
    public async Task WriteAsync(IEnumerable<string> statements)
    {
        await using var connection = Connection();
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>What a dead process had begun is its own for two minutes; these give it free at once.</summary>
    public IEnumerable<string> Released(params string[] modules) =>
        modules.Select(module => $"UPDATE {module}_outbox SET leased_until = NULL, due_at = {(Postgres is null ? "0" : "to_timestamp(0)")} WHERE leased_until IS NOT NULL");

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)");
        }

        if (Directory.Exists(DataFolder)) Directory.Delete(DataFolder, recursive: true);
    }

    private async Task<object> AskAsync(string statement)
    {
        await using var connection = Connection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        return (await command.ExecuteScalarAsync())!;
    }

    private DbConnection Connection() => Postgres is { } server ? new NpgsqlConnection(server) : new SqliteConnection($"Data Source={Path.Combine(DataFolder, "atrium.db")};Pooling=False");

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (Postgres is not null) start.Environment["ATRIUM_ConnectionStrings__Atrium"] = Postgres;
        start.Environment["ATRIUM_Accounts__PasswordIterations"] = "1000";
        start.Environment["ATRIUM_RateLimits__On"] = "false";
        return Process.Start(start)!;
    }

    // Where it was built, with its assets; what lies beside the tests is a copy without them.
    private static string Program => Path.Combine(Root, "src", "Atrium", "bin", AppContext.BaseDirectory.TrimEnd('/').Split("/bin/")[^1], "atrium.dll");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Atrium.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
