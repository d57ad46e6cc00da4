using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Files;

/// <summary>Hands out a file to those who may see it, or a picture in another width.</summary>
internal static class ReadFile
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods("/files/{id}/{name?}", ["GET", "HEAD"], HandleAsync).AllowAnonymous().Rate(RateClass.Free).ExcludeFromDescription();

    /// <summary>The file, if the actor is among its audience or brought it; null otherwise.</summary>
    public static async Task<FileRecord?> FindAsync(Id<FileRecord> id, KernelDb db, Actor actor, CancellationToken ct) =>
        await db.Files.FirstOrDefaultAsync(f => f.Id == id, ct) is { } file && (actor.Is(file.OwnerId) || await db.IncludesAsync(file.Audience, actor, ct)) ? file : null;

    private static async Task<BlobAnswer> HandleAsync(string id, int? w, bool? download, KernelDb db, IBlobStore blobs, Pictures pictures, Actor actor, CancellationToken ct)
    {
        if (!Id<FileRecord>.TryParse(id, null, out var key) || await FindAsync(key, db, actor, ct) is not { } file) throw Refusal.NotFound();
        if (w is { } wished && file.Width is { } own && Pictures.WidthFor(wished) < own)
            return await VariantAsync(file, Pictures.WidthFor(wished), blobs, pictures, ct);
        return new(file.Hash, file.Length, file.ContentType, file.FileName, file.Audience.IsPublic, (range, token) => blobs.OpenAsync(file.Hash, range, token), download ?? false);
    }

    private static async Task<BlobAnswer> VariantAsync(FileRecord file, int width, IBlobStore blobs, Pictures pictures, CancellationToken ct)
    {
        var form = $"w{width}.webp";
        var bytes = await ReadAsync(await blobs.OpenDerivedAsync(file.Hash, form, ct), ct);
        if (bytes is null)
        {
            var original = await ReadAsync(await blobs.OpenAsync(file.Hash, null, ct), ct) ?? throw Refusal.NotFound();
            bytes = await pictures.VariantAsync(original, width, ct);
            await blobs.PutDerivedAsync(file.Hash, form, bytes, ct);
        }

        return new($"{file.Hash}-{form}", bytes.Length, "image/webp", Path.ChangeExtension(file.FileName, ".webp"), file.Audience.IsPublic, (range, _) => Task.FromResult<Stream?>(
            range is { } r ? new MemoryStream(bytes, (int)r.From, (int)r.Length) : new MemoryStream(bytes)));
    }

    private static async Task<byte[]?> ReadAsync(Stream? stream, CancellationToken ct)
    {
        if (stream is null) return null;
        await using (stream)
        {
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, ct);
            return bytes.ToArray();
        }
    }
}
