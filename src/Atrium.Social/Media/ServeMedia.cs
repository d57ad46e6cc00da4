using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Hands out a picture to whoever knows its address, which nobody can guess and which stands only in posts one may see: apps fetch pictures
/// without signing in.
/// </summary>
internal static class ServeMedia
{
    private const int PreviewWidth = 640;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods("/social/media/{id}/{secret}/{form}", ["GET", "HEAD"], HandleAsync).AllowAnonymous().Rate(RateClass.Free).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(string id, string secret, string form, HttpContext http, SocialDb db, KernelDb kernel, IBlobStore blobs, Pictures pictures, CancellationToken ct)
    {
        if (!Id<Media>.TryParse(id, null, out var key)) throw Refusal.NotFound();
        var media = await db.Media.Where(m => m.Id == key && m.Secret == secret && m.State == MediaState.Ready && !db.Statuses.Any(s => s.Id == m.StatusId && s.DeletedAt != null)).FirstOrDefaultAsync(ct);
        if (media?.FileId is not { } fileId || await kernel.Files.FirstOrDefaultAsync(f => f.Id == fileId, ct) is not { } file) throw Refusal.NotFound();
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return await AnswerAsync(file, form == "small", blobs, pictures, ct);
    }

    /// <summary>A file, or a small form of it where it is a picture that is larger.</summary>
    internal static async Task<IResult> AnswerAsync(FileRecord file, bool small, IBlobStore blobs, Pictures pictures, CancellationToken ct)
    {
        if (!small || file.Width is not { } width || Pictures.WidthFor(PreviewWidth) >= width)
            return new BlobAnswer(file.Hash, file.Length, file.ContentType, file.FileName, shared: true, (range, token) => blobs.OpenAsync(file.Hash, range, token));
        return await PreviewAsync(file, blobs, pictures, ct);
    }

    private static async Task<IResult> PreviewAsync(FileRecord file, IBlobStore blobs, Pictures pictures, CancellationToken ct)
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
