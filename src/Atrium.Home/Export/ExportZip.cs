using System.IO.Compression;
using System.Text.Json;
using Atrium.Contracts.Home;
using Atrium.Kernel.Http;

namespace Atrium.Home;

/// <summary>The archive under way. Rooms write into it one after another, each in a folder of its own.</summary>
internal sealed class ExportZip(ZipArchive zip, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(ApiJson.Options) { WriteIndented = true };

    public IExportFolder Folder(string name) => new Part(this, name);

    private async Task<Stream> EntryAsync(string path, CancellationToken ct)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = clock.GetUtcNow();
        return await entry.OpenAsync(ct);
    }

    private sealed class Part(ExportZip archive, string folder) : IExportFolder
    {
        public async Task AddJsonAsync<T>(string name, T value, CancellationToken ct)
        {
            await using var entry = await archive.EntryAsync(PathOf(name), ct);
            await JsonSerializer.SerializeAsync(entry, value, Json, ct);
        }

        public async Task AddAsync(string name, Stream content, CancellationToken ct)
        {
            await using var entry = await archive.EntryAsync(PathOf(name), ct);
            await content.CopyToAsync(entry, ct);
        }

        // No name a member chose may lead out of the folder it is unpacked in.
        private string PathOf(string name) =>
            folder + "/" + string.Join('/', name.Split('/', '\\').Select(p => p.Trim()).Where(p => p is not ("" or "." or "..")).Select(p => p.Replace(':', '-')));
    }
}
