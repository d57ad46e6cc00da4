using System.IO.Compression;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Http;

namespace Atrium.Contracts.Home;

/// <summary>Writes the archive of everything that is a member's: a folder per contribution.</summary>
public static class PersonalArchive
{
    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true };

    /// <summary>Writes <paramref name="file"/> whole or not at all.</summary>
    public static async Task WriteAsync(string file, Id<Member> member, IReadOnlyList<IPersonalExport> parts, Func<long, long?, string?, CancellationToken, Task> progress, CancellationToken ct)
    {
        var unfinished = file + ".part";
        try
        {
            await using (var zip = await ZipFile.OpenAsync(unfinished, ZipArchiveMode.Create, ct))
            {
                for (var i = 0; i < parts.Count; i++)
                {
                    await progress(i, parts.Count, parts[i].Folder, ct);
                    await parts[i].WriteAsync(member, new Folder(zip, parts[i].Folder), ct);
                }
            }

            File.Move(unfinished, file, overwrite: true);
            await progress(parts.Count, parts.Count, null, ct);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private sealed class Folder(ZipArchive zip, string name) : IExportFolder
    {
        public async Task AddJsonAsync<T>(string file, T value, CancellationToken ct)
        {
            await using var stream = await zip.CreateEntry($"{name}/{file}").OpenAsync(ct);
            await JsonSerializer.SerializeAsync(stream, value, Indented, ct);
        }

        public async Task AddAsync(string file, Stream content, CancellationToken ct)
        {
            await using var stream = await zip.CreateEntry($"{name}/{file}").OpenAsync(ct);
            await content.CopyToAsync(stream, ct);
        }
    }
}
