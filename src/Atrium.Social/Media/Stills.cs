using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Atrium.Social;

/// <summary>
/// Takes a picture out of a film, by <c>ffmpeg</c> where it is installed (or named by <c>Media:Ffmpeg</c>); nothing else of the house needs it.
/// It runs alone, reads that one file, and is stopped after a while.
/// </summary>
internal sealed partial class Stills(IConfiguration configuration, ILogger<Stills> logger)
{
    private const int Largest = 8 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string? _program = configuration["Media:Ffmpeg"] ?? Found();

    /// <returns>A JPEG; null where there is no such program, or it found nothing.</returns>
    public async Task<byte[]?> TakeAsync(string path, CancellationToken ct)
    {
        if (_program is null) return null;
        var start = new ProcessStartInfo(_program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var word in (string[])["-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", "-i", path, "-map", "0:v:0", "-frames:v", "1", "-vf", "thumbnail=30,scale='min(1280,iw)':-2", "-map_metadata", "-1", "-f", "image2pipe", "-c:v", "mjpeg", "-q:v", "4", "pipe:1"])
            start.ArgumentList.Add(word);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            using var process = Process.Start(start);
            if (process is null) return null;
            try
            {
                process.StandardInput.Close();
                using var picture = new MemoryStream();
                var errors = process.StandardError.ReadToEndAsync(limit.Token);
                var buffer = new byte[64 * 1024];
                for (int read; (read = await process.StandardOutput.BaseStream.ReadAsync(buffer, limit.Token)) > 0 && picture.Length < Largest;) picture.Write(buffer, 0, read);
                await process.WaitForExitAsync(limit.Token);
                await errors;
                return process.ExitCode == 0 && picture.Length > 0 ? picture.ToArray() : null;
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            LogFailed(e);
            return null;
        }
    }

    private static string? Found() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg")).FirstOrDefault(File.Exists);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No still could be taken of a film")]
    private partial void LogFailed(Exception e);
}
