using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Answers a file of the house, whole or small, to whoever was let through.</summary>
internal sealed class ServeFile(KernelDb kernel, IBlobStore blobs, Pictures pictures)
{
    private const int PreviewWidth = 640;

    public async Task<IResult> HandleAsync(Id<FileRecord>? id, bool small, CancellationToken ct)
    {
        if (id is not { } key || await kernel.Files.FirstOrDefaultAsync(f => f.Id == key, ct) is not { } file) throw Refusal.NotFound();
        return await HandleAsync(file, small, ct);
    }

    public async Task<IResult> HandleAsync(FileRecord file, bool small, CancellationToken ct)
    {
        if (!small || file.Width is not { } width || Pictures.WidthFor(PreviewWidth) >= width)
            return new BlobAnswer(file.Hash, file.Length, file.ContentType, file.FileName, shared: true, (range, token) => blobs.OpenAsync(file.Hash, range, token));
        return await PreviewAsync(file, ct);
    }

    private async Task<IResult> PreviewAsync(FileRecord file, CancellationToken ct)
    {
        var name = $"w{Pictures.WidthFor(PreviewWidth)}.webp";
        var bytes = await BytesAsync(await blobs.OpenDerivedAsync(file.Hash, name, ct), ct);
        if (bytes is null)
        {
            bytes = await pictures.VariantAsync(await BytesAsync(await blobs.OpenAsync(file.Hash, null, ct), ct) ?? throw Refusal.NotFound(), Pictures.WidthFor(PreviewWidth), ct);
            await blobs.PutDerivedAsync(file.Hash, name, bytes, ct);
        }

        return new BlobAnswer($"{file.Hash}-{name}", bytes.Length, "image/webp", "preview.webp", shared: true, (range, _) => Task.FromResult<Stream?>(
            range is { } r ? new MemoryStream(bytes, (int)r.From, (int)r.Length) : new MemoryStream(bytes)));
    }

    private static async Task<byte[]?> BytesAsync(Stream? stream, CancellationToken ct)
    {
        if (stream is null) return null;
        await using (stream)
        {
            using var all = new MemoryStream();
            await stream.CopyToAsync(all, ct);
            return all.ToArray();
        }
    }
}
