using System.Diagnostics;
using System.Text;
using Xunit;

namespace Atrium.Tasks.Tests.CalDav;

/// <summary>A computer with vdirsyncer and todoman (both of Debian), set up for one member; a folder of its own for everything.</summary>
internal sealed class Desk : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("atrium-desk").FullName;

    public Desk(string url, string handle, string password)
    {
        Directory.CreateDirectory(Lists);
        File.WriteAllText(Path.Combine(_home, "vdirsyncer"), $"""
            [general]
            status_path = "{_home}/status/"

            [pair tasks]
            a = "local"
            b = "remote"
            collections = ["from a", "from b"]
            metadata = ["displayname", "color"]

            [storage local]
            type = "filesystem"
            path = "{Lists}/"
            fileext = ".ics"

            [storage remote]
            type = "caldav"
            url = "{url}/"
            username = "{handle}"
            password = "{password}"
            """);
        File.WriteAllText(Path.Combine(_home, "todoman.py"), $"""
            path = "{Lists}/*"
            date_format = "%Y-%m-%d"
            time_format = "%H:%M"
            cache_path = "{_home}/cache.sqlite3"
            """);
    }

    public string Lists => Path.Combine(_home, "lists");

    /// <summary>The lists with their files and what is in them.</summary>
    public IReadOnlyDictionary<string, string> Files => Directory.EnumerateFiles(Lists, "*.ics", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(Lists, f), File.ReadAllText);

    /// <summary>Finds the lists, makes those that are missing on either side, and names them.</summary>
    public async Task DiscoverAsync()
    {
        await RunAsync("vdirsyncer", string.Concat(Enumerable.Repeat("y\n", 40)), "discover", "--no-list");
        await SyncAsync();
        await RunAsync("vdirsyncer", "", "metasync");
    }

    /// <summary>What it said it did; a conflict, or any other trouble, fails the test.</summary>
    public Task<string> SyncAsync() => RunAsync("vdirsyncer", "", "-v", "INFO", "sync");

    public Task<string> TodoAsync(params string[] words) => RunAsync("todoman", "", words);

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private async Task<string> RunAsync(string program, string input, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _home, UseShellExecute = false };
        start.Environment["HOME"] = _home;
        start.Environment["LANG"] = start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TZ"] = "Europe/Berlin";
        start.Environment["VDIRSYNCER_CONFIG"] = Path.Combine(_home, "vdirsyncer");
        start.Environment["TODOMAN_CONFIG"] = Path.Combine(_home, "todoman.py");
        using var process = Process.Start(start)!;
        var said = new StringBuilder();
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(patience.Token);
        var text = said.ToString();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', words)} ended with {process.ExitCode}:\n{text}");
        Assert.DoesNotContain("conflict", text, StringComparison.OrdinalIgnoreCase);
        return text;

        void Add(string? line)
        {
            lock (said) said.AppendLine(line);
        }
    }
}
