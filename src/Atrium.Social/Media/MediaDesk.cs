using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Takes in pictures and sound for posts: pictures are made upright, without what the camera wrote, and get a blurhash.</summary>
internal sealed class MediaDesk(SocialDb db, FileDesk files, Brakes brakes)
{
    public const long LargestImage = 16 * Sizes.MiB;
    public const long LargestVideo = 99 * Sizes.MiB;
    public const int MostPixels = 33_177_600;
    public const int MostVideoPixels = 8_294_400;
    private const int PreviewArea = 640 * 360;

    /// <summary>Media types an app may offer to upload.</summary>
    public IReadOnlyList<string> Types { get; } = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"];

    /// <exception cref="Refusal">Invalid: no file, a kind that is not taken, unreadable, too large.</exception>
    public async Task<Media> TakeAsync(IFormFile? upload, string? description, MediaFocus? focus, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        await brakes.TakeAsync(Brake.Uploads, viewer, ct);
        if (upload is null or { Length: 0 }) throw Refusal.Invalid("file", "File can't be blank", "required");
        if (upload.Length > LargestImage) throw Refusal.Invalid("file", $"File must be less than {Sizes.Words(LargestImage)}", "too_large");
        if (description?.Length > SocialLimits.MediaDescription) throw Refusal.Invalid("description", "Description is too long", "too_long");
        await using var content = upload.OpenReadStream();
        var head = new byte[FileKind.SniffLength];
        var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        if (!Types.Contains(FileKind.Sniff(head.AsSpan(0, read)))) throw Refusal.Invalid("file", "File content type is invalid", "unknown_type");
        content.Position = 0;
        var file = await files.TakeAsync(content, upload.FileName, viewer.Actor.MemberId, ct);
        // Its own address, not the file's, lets people see it: the file stays its owner's.
        await files.AttachAsync(file.Id, viewer.Actor.MemberId is { } owner ? Audience.Only(owner) : Audience.Members, viewer.Actor.MemberId, ct);
        var media = new Media
        {
            AccountId = me, Type = MediaType.Image, State = MediaState.Ready, FileId = file.Id, Blurhash = file.Blurhash, Description = string.IsNullOrEmpty(description) ? null : description,
            CreatedAt = db.Now, Meta = new(Size(file.Width, file.Height), Small(file.Width, file.Height), focus),
        };
        media.Url = $"/social/media/{media.Id}/{media.Secret}/original";
        media.PreviewUrl = $"/social/media/{media.Id}/{media.Secret}/small";
        db.Media.Add(media);
        await db.SaveChangesAsync(ct);
        return media;
    }

    /// <summary>Changes words and focal point of one's own; where it lies in a post already, the post is told.</summary>
    public async Task<Media> DescribeAsync(Id<Media> id, MediaChange change, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        if (change.Description?.Length > SocialLimits.MediaDescription) throw Refusal.Invalid("description", "Description is too long", "too_long");
        return await db.WriteAsync(
            async token =>
            {
                var media = await db.Media.AsTracking().FirstOrDefaultAsync(m => m.Id == id && m.AccountId == me && m.StatusId == null, token) ?? throw Refusal.NotFound("Record not found");
                media.Description = change.Description ?? media.Description;
                if (change.Focus is { } focus) media.Meta = (media.Meta ?? new(null, null, null)) with { Focus = focus };
                return media;
            },
            ct);
    }

    public async Task<Media> MineAsync(Id<Media> id, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return await db.Media.FirstOrDefaultAsync(m => m.Id == id && m.AccountId == me, ct) ?? throw Refusal.NotFound("Record not found");
    }

    /// <summary>Throws away what is in no post.</summary>
    public async Task DropAsync(Id<Media> id, Viewer viewer, CancellationToken ct)
    {
        var media = await MineAsync(id, viewer, ct);
        if (media.StatusId is not null || await db.Media.Where(m => m.Id == id && m.StatusId == null).ExecuteDeleteAsync(ct) == 0)
            throw Refusal.Invalid("media", "Media attachment is currently used by a status", "media_in_use");
        if (media.FileId is { } file) await files.ReleaseAsync(file, ct);
    }

    private static MediaSize? Size(int? width, int? height) => width is { } w && height is { } h
        ? new(w, h, string.Create(CultureInfo.InvariantCulture, $"{w}x{h}"), Math.Round((double)w / h, 4)) : null;

    private static MediaSize? Small(int? width, int? height)
    {
        if (width is not { } w || height is not { } h) return null;
        var scale = Math.Min(1, Math.Sqrt((double)PreviewArea / (w * (double)h)));
        return Size(Math.Max(1, (int)Math.Round(w * scale)), Math.Max(1, (int)Math.Round(h * scale)));
    }
}
