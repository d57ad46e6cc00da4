using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Atrium.Kernel.Files;

/// <summary>
/// Takes files in, lets things hold them, lets go. A blob's row outlives its bytes' last file and its bytes outlive its row, so that at
/// no moment a file points at nothing.
/// </summary>
public sealed class FileDesk(KernelDb db, IBlobStore blobs, Pictures pictures, IConfiguration configuration)
{
    /// <summary>The most bytes of one file; <c>Files:Largest</c>.</summary>
    public long Largest { get; } = configuration.GetValue("Files:Largest", 100 * Sizes.MiB);

    /// <summary>The most bytes of a picture; <c>Files:LargestPicture</c>.</summary>
    public long LargestPicture { get; } = configuration.GetValue("Files:LargestPicture", 25 * Sizes.MiB);

    /// <summary>Stores a file. Until something attaches it only its owner reads it, and after a day it is gone.</summary>
    /// <param name="mostPixels">Of a picture, where that is fewer than everywhere.</param>
    /// <exception cref="Refusal">Too large, or a picture that is none.</exception>
    public Task<FileRecord> TakeAsync(Stream content, string fileName, Id<Member>? owner, CancellationToken ct, long mostPixels = Pictures.MostPixels) => TakeAsync(content, fileName, owner, Largest, mostPixels, ct);

    /// <summary>Stores what the house itself has written, however large it is: an export, a backup.</summary>
    public Task<FileRecord> KeepAsync(Stream content, string fileName, Id<Member>? owner, CancellationToken ct) => TakeAsync(content, fileName, owner, long.MaxValue, Pictures.MostPixels, ct);

    /// <summary>Something holds the file from now on, and who sees that may read it.</summary>
    /// <param name="owner">Only the owner's own files can be attached; null for the house itself.</param>
    public async Task<FileRecord> AttachAsync(Id<FileRecord> id, Audience audience, Id<Member>? owner, CancellationToken ct)
    {
        var changed = await db.Files.Where(f => f.Id == id && (owner == null || f.OwnerId == owner)).ExecuteUpdateAsync(
            set => set.SetProperty(f => f.Attached, f => f.Attached + 1).SetProperty(f => f.Audience, audience).SetProperty(f => f.LooseSince, (DateTimeOffset?)null), ct);
        return changed == 0 ? throw Refusal.Invalid("file", "This file is not there any more. Upload it again.", "no_such_file") : await db.Files.FirstAsync(f => f.Id == id, ct);
    }

    /// <summary>Something lets the file go. When nobody holds it, it is swept a day later.</summary>
    public Task ReleaseAsync(Id<FileRecord> id, CancellationToken ct)
    {
        DateTimeOffset? now = db.Now;
        return db.Files.Where(f => f.Id == id && f.Attached > 0).ExecuteUpdateAsync(
            set => set.SetProperty(f => f.Attached, f => f.Attached - 1).SetProperty(f => f.LooseSince, f => f.Attached == 1 ? now : null), ct);
    }

    /// <summary>Who sees what holds the file has changed.</summary>
    public Task ShowToAsync(IReadOnlyCollection<Id<FileRecord>> ids, Audience audience, CancellationToken ct) =>
        db.Files.Where(f => ids.Contains(f.Id)).ExecuteUpdateAsync(set => set.SetProperty(f => f.Audience, audience), ct);

    /// <summary>Removes a file nothing holds; its bytes follow when no other file is them.</summary>
    public async Task DropAsync(Id<FileRecord> id, CancellationToken ct) => await db.WriteAsync(
        async token =>
        {
            var hash = await db.Files.Where(f => f.Id == id).Select(f => f.Hash).FirstOrDefaultAsync(token);
            if (hash is null) return;
            if (await db.Files.Where(f => f.Id == id && f.Attached == 0).ExecuteDeleteAsync(token) == 0) throw Refusal.Conflict("file_in_use", "Something still holds this file.");
            await db.Blobs.Where(b => b.Hash == hash).ExecuteUpdateAsync(set => set.SetProperty(b => b.Refs, b => b.Refs - 1), token);
        },
        ct);

    private async Task<FileRecord> TakeAsync(Stream content, string fileName, Id<Member>? owner, long most, long mostPixels, CancellationToken ct)
    {
        var head = new byte[FileKind.SniffLength];
        var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        if (read == 0) throw Refusal.Invalid("file", "This file is empty.", "empty_file");
        await using var all = new HeadedStream(head.AsMemory(0, read), content);

        var picture = FileKind.IsPicture(FileKind.Sniff(head.AsSpan(0, read))) ? await pictures.CleanAsync(await BytesAsync(all, ct), mostPixels, ct) : null;
        var blob = picture is null ? await blobs.PutAsync(all, most, ct) : await blobs.PutAsync(new MemoryStream(picture.Content), long.MaxValue, ct);
        var file = new FileRecord
        {
            Hash = blob.Hash, Length = blob.Length, ContentType = picture?.ContentType ?? blob.ContentType, FileName = FileNames.Tidy(fileName, picture?.ContentType),
            Width = picture?.Width, Height = picture?.Height, Blurhash = picture?.Blurhash,
            OwnerId = owner, Audience = owner is { } member ? Audience.Only(member) : Audience.Members, CreatedAt = db.Now, LooseSince = db.Now,
        };
        await RecordAsync(file, ct);
        // The sweep may have taken the very bytes between their arrival and their row.
        if (await blobs.ExistsAsync(blob.Hash, ct)) return file;
        await DropAsync(file.Id, ct);
        throw Refusal.Unavailable();
    }

    private async Task RecordAsync(FileRecord file, CancellationToken ct)
    {
        try
        {
            await db.WriteAsync(
                async token =>
                {
                    if (await db.Blobs.Where(b => b.Hash == file.Hash && b.Refs >= 0).ExecuteUpdateAsync(set => set.SetProperty(b => b.Refs, b => b.Refs + 1), token) == 0)
                        db.Blobs.Add(new() { Hash = file.Hash, Length = file.Length, Refs = 1, CreatedAt = db.Now });
                    db.Files.Add(file);
                },
                ct);
        }
        catch (UniqueViolation)
        {
            // The same bytes arrive twice at once, or are being removed.
            throw Refusal.Unavailable(TimeSpan.FromSeconds(1));
        }
    }

    private async Task<byte[]> BytesAsync(Stream content, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            if (bytes.Length + read > LargestPicture) throw Refusal.TooLarge($"A picture may have up to {Sizes.Words(LargestPicture)}.");
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
