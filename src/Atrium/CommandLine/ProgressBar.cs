namespace Atrium.CommandLine;

/// <summary>A line that shows how far long work is; nothing where the output is not a terminal.</summary>
internal sealed class ProgressBar : IDisposable
{
    private const int Width = 30;
    private bool _shown;

    public Task ShowAsync(long done, long? total, string? message, CancellationToken ct)
    {
        if (Console.IsErrorRedirected) return Task.CompletedTask;
        var filled = total is > 0 ? (int)(done * Width / total.Value) : 0;
        var count = total is null ? $"{done}" : $"{done} of {total}";
        Console.Error.Write($"\r[{new string('=', filled)}{new string(' ', Width - filled)}] {count} {message}\e[K");
        _shown = true;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (_shown) Console.Error.WriteLine();
        _shown = false;
    }
}
