using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Files;

/// <summary>A file as its reader sees it.</summary>
/// <param name="Colour">The average colour of a picture, <c>#rrggbb</c>: what to paint while it loads.</param>
public sealed record FileView(
    Id<FileRecord> Id, string Url, string FileName, string ContentType, long Length, int? Width, int? Height, string? Blurhash, string? Colour, DateTimeOffset CreatedAt);

/// <summary>Takes in a file. Pictures are re-encoded and lose what their camera told; everything else is kept as it is.</summary>
public static class UploadFile
{
    public static async Task<FileView> HandleAsync(
        Stream content, string fileName, FileDesk desk, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        return View(await desk.TakeAsync(content, fileName, actor.MemberId, ct));
    }

    internal static FileView View(FileRecord file) => new(
        file.Id, file.Url, file.FileName, file.ContentType, file.Length, file.Width, file.Height, file.Blurhash, Blurhash.AverageColour(file.Blurhash), file.CreatedAt);

    internal static void Map(RouteGroupBuilder files)
    {
        files.MapPost("", async (IFormFile file, FileDesk desk, Actor actor, CancellationToken ct) =>
            {
                await using var content = file.OpenReadStream();
                var view = await HandleAsync(content, file.FileName, desk, actor, ct);
                return TypedResults.Created(view.Url, view);
            })
            .Operation("uploadFile", "Takes in a file, to be attached to something within a day", "files:write", RateClass.Heavy, "too_large", "unreadable_picture", "too_many_pixels", "unknown_picture");
        files.MapGet("/{id}", GetAsync).Operation("getFile", "Describes a file", "files:read", RateClass.Read, "not_found");
        files.MapDelete("/{id}", DeleteAsync).Operation("deleteFile", "Removes a file of yours that nothing holds", "files:write", RateClass.Write, "not_found", "file_in_use");
    }

    private static async Task<FileView> GetAsync(Id<FileRecord> id, KernelDb db, Actor actor, CancellationToken ct) =>
        await ReadFile.FindAsync(id, db, actor, ct) is { } file ? View(file) : throw Refusal.NotFound();

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.NoContent> DeleteAsync(Id<FileRecord> id, FileDesk desk, KernelDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        if (!await db.Files.AnyAsync(f => f.Id == id && f.OwnerId == me, ct)) throw Refusal.NotFound();
        await desk.DropAsync(id, ct);
        return TypedResults.NoContent();
    }
}
