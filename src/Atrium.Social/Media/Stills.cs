using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Atrium.Social;

/// <summary>
/// Takes a picture out of a film, and makes a film of a moving picture, by <c>ffmpeg</c> where it is installed (or named by <c>Media:Ffmpeg</c>);
/// nothing else of the house needs it. It runs alone, reads that one file, and is stopped after a while.
/// </summary>
internal sealed partial class Stills(IConfiguration configuration, ILogger<Stills> logger)
{
    private const int LongestLoop = 60;
    private const int LargestLoop = 32 << 20;
    private const int Largest = 8 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string? _program = configuration["Media:Ffmpeg"] ?? Found();

    /// <summary>Whether there is such a program.</summary>
    public bool AreTaken => !string.IsNullOrEmpty(_program);

    /// <returns>A JPEG; null where there is no such program, or it found nothing.</returns>
    public async Task<byte[]?> TakeAsync(string path, CancellationToken ct)
    {
        using var picture = new MemoryStream();
        return await RunAsync(["-i", path, "-map", "0:v:0", "-frames:v", "1", "-vf", "thumbnail=30,scale='min(1280,iw)':-2", "-map_metadata", "-1", "-f", "image2pipe", "-c:v", "mjpeg", "-q:v", "4", "pipe:1"], picture, ct)
            && picture.Length > 0 ? picture.ToArray() : null;
    }

    /// <summary>Makes a silent film of a moving GIF, a small part of its size.</summary>
    /// <returns>An MP4 that is gone once it is closed; null where there is no such program, or it could not.</returns>
    public async Task<FileStream?> LoopAsync(string path, CancellationToken ct)
    {
        var to = path + ".mp4";
        var made = false;
        try
        {
            string[] words =
            [
                "-i", path, "-t", $"{LongestLoop}", "-fs", $"{LargestLoop}", "-an", "-map_metadata", "-1", "-vf", "scale='max(2,trunc(min(1280,iw)/2)*2)':-2", "-pix_fmt", "yuv420p", "-c:v", "libx264",
                "-preset", "veryfast", "-movflags", "+faststart", "-f", "mp4", to,
            ];
            made = await RunAsync(words, Stream.Null, ct) && new FileInfo(to) is { Exists: true, Length: > 0 };
            return made ? new FileStream(to, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous }) : null;
        }
        finally
        {
            if (!made) File.Delete(to);
        }
    }

    private async Task<bool> RunAsync(IEnumerable<string> words, Stream to, CancellationToken ct)
    {
        if (!AreTaken) return false;
        var start = new ProcessStartInfo(_program!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var word in (string[])["-nostdin", "-v", "error", "-y", "-protocol_whitelist", "file,pipe", .. words]) start.ArgumentList.Add(word);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            using var process = Process.Start(start);
            if (process is null) return false;
            try
            {
                process.StandardInput.Close();
                var errors = process.StandardError.ReadToEndAsync(limit.Token);
                var buffer = new byte[64 * 1024];
                var taken = 0;
                for (int read; (read = await process.StandardOutput.BaseStream.ReadAsync(buffer, limit.Token)) > 0 && taken < Largest; taken += read) to.Write(buffer, 0, read);
                await process.WaitForExitAsync(limit.Token);
                await errors;
                return process.ExitCode == 0;
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            LogFailed(e);
            return false;
        }
    }

    private static string? Found() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg")).FirstOrDefault(File.Exists);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A film could not be looked into, or made")]
    private partial void LogFailed(Exception e);
}
