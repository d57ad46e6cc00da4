using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Takes in pictures, films and sound for posts. Pictures are made upright at once, without what the camera wrote, and get a blurhash; films,
/// sound, and what moves in a picture where it can become a film, are made ready behind the scenes (<see cref="ProcessMedia"/>).
/// </summary>
internal sealed class MediaDesk(SocialDb db, FileDesk files, Brakes brakes, HouseLimits limits, Stills stills, TimeProvider clock)
{
    public const string Gif = "image/gif";
    public const int MostVideoPixels = 8_294_400;
    private const int PreviewArea = 640 * 360;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private static readonly string[] Pictures = ["image/jpeg", "image/png", Gif, "image/webp", "image/avif"];
    private static readonly string[] Moving = ["video/mp4", "video/webm", "video/ogg", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/flac", "audio/wav"];

    /// <summary>Media types an app may offer to upload, by all the names that apps know.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. Pictures, .. Moving, "audio/mp3", "audio/m4a", "audio/x-m4a", "audio/webm", "audio/wave", "audio/x-wav", "audio/x-flac", "audio/opus", "audio/vorbis"];

    /// <param name="still">Stands for a film or sound until it plays.</param>
    /// <exception cref="Refusal">Invalid: no file, a kind that is not taken, unreadable, too large.</exception>
    public async Task<Media> TakeAsync(IFormFile? upload, string? description, MediaFocus? focus, Viewer viewer, CancellationToken ct, IFormFile? still = null)
    {
        viewer.Demand();
        await brakes.TakeAsync(Brake.Uploads, viewer, ct);
        if (upload is null or { Length: 0 }) throw Refusal.Invalid("file", "File can't be blank", "required");
        await DemandShortAsync(description, ct);
        var kind = await KindAsync(upload, ct);
        if (Pictures.Contains(kind)) return await PictureAsync(upload, description, focus, viewer, ct);
        if (!Moving.Contains(kind)) throw Refusal.Invalid("file", "File content type is invalid", "unknown_type");
        return await MovingAsync(upload, kind, description, focus, still, viewer, ct);
    }

    /// <summary>Waits until an upload is ready or has failed, for a minute at most.</summary>
    public async Task<Media> ReadyAsync(Id<Media> id, Viewer viewer, CancellationToken ct)
    {
        for (var until = clock.GetUtcNow().AddMinutes(1); ;)
        {
            var media = await MineAsync(id, viewer, ct);
            if (media.State is MediaState.Ready or MediaState.Failed || clock.GetUtcNow() > until) return media;
            await Task.Delay(Glance, clock, ct);
        }
    }

    /// <summary>Changes words and focal point of one's own; where it lies in a post already, the post is told.</summary>
    public async Task<Media> DescribeAsync(Id<Media> id, MediaChange change, Viewer viewer, CancellationToken ct, IFormFile? still = null)
    {
        var me = viewer.Demand();
        await DemandShortAsync(change.Description, ct);
        var picture = still is null ? null : await StillAsync(still, viewer, ct);
        return await db.WriteAsync(
            async token =>
            {
                var media = await db.Media.AsTracking().FirstOrDefaultAsync(m => m.Id == id && m.AccountId == me && m.StatusId == null, token) ?? throw Refusal.NotFound("Record not found");
                media.Description = change.Description ?? media.Description;
                if (change.Focus is { } focus) media.Meta = (media.Meta ?? new(null, null, null)) with { Focus = focus };
                if (picture is null || media.Type == MediaType.Image) return media;
                media.PreviewFileId = picture.Id;
                media.PreviewUrl = Address(media, "small");
                media.Blurhash = picture.Blurhash;
                media.Meta = (media.Meta ?? new(null, null, null)) with { Small = Small(picture.Width, picture.Height) };
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
        if (media.PreviewFileId is { } still) await files.ReleaseAsync(still, ct);
    }

    private static async Task<string> KindAsync(IFormFile upload, CancellationToken ct)
    {
        await using var content = upload.OpenReadStream();
        var head = new byte[FileKind.SniffLength];
        return FileKind.Sniff(head.AsSpan(0, await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct)));
    }

    private async Task<Media> PictureAsync(IFormFile upload, string? description, MediaFocus? focus, Viewer viewer, CancellationToken ct)
    {
        var file = await KeepPictureAsync(upload, viewer, ct);
        var media = new Media { AccountId = viewer.Demand(), FileId = file.Id, Description = string.IsNullOrEmpty(description) ? null : description, CreatedAt = db.Now, Meta = focus is null ? null : new(null, null, focus) };
        // A still one does not stay a GIF: this one moves.
        if (file.ContentType == Gif && stills.AreTaken)
        {
            (media.Type, media.State) = (MediaType.Gifv, MediaState.Queued);
            await WaitAsync(media, ct);
            return media;
        }

        Show(media, file);
        db.Media.Add(media);
        await db.SaveChangesAsync(ct);
        return media;
    }

    /// <summary>Makes it the picture that a file is, ready to be seen.</summary>
    public static void Show(Media media, FileRecord file)
    {
        (media.Type, media.State, media.FileId, media.Blurhash) = (MediaType.Image, MediaState.Ready, file.Id, file.Blurhash);
        media.Meta = new(Size(file.Width, file.Height), Small(file.Width, file.Height), media.Meta?.Focus);
        (media.Url, media.PreviewUrl) = (Address(media, "original"), Address(media, "small"));
    }

    private async Task<Media> MovingAsync(IFormFile upload, string kind, string? description, MediaFocus? focus, IFormFile? still, Viewer viewer, CancellationToken ct)
    {
        DemandSmall(upload, await limits.VideoAsync(ct));
        var picture = still is null ? null : await StillAsync(still, viewer, ct);
        var file = await KeepAsync(upload, viewer, ct);
        var media = new Media
        {
            AccountId = viewer.Demand(), Type = kind.StartsWith("audio/", StringComparison.Ordinal) ? MediaType.Audio : MediaType.Video, State = MediaState.Queued, FileId = file.Id,
            PreviewFileId = picture?.Id, Description = string.IsNullOrEmpty(description) ? null : description, CreatedAt = db.Now, Meta = focus is null ? null : new(null, null, focus),
        };
        await WaitAsync(media, ct);
        return media;
    }

    // Made ready behind the scenes.
    private Task WaitAsync(Media media, CancellationToken ct) => db.WriteAsync(
        _ =>
        {
            db.Media.Add(media);
            db.Publish(new MediaDue(media.Id), media.Id.ToString());
            return Task.CompletedTask;
        },
        ct);

    private async Task<FileRecord> StillAsync(IFormFile still, Viewer viewer, CancellationToken ct)
    {
        var kind = await KindAsync(still, ct);
        if (!Pictures.Contains(kind)) throw Refusal.Invalid("thumbnail", "Thumbnail content type is invalid", "unknown_type");
        return await KeepPictureAsync(still, viewer, ct);
    }

    private async Task<FileRecord> KeepPictureAsync(IFormFile upload, Viewer viewer, CancellationToken ct)
    {
        DemandSmall(upload, await limits.ImageAsync(ct));
        return await KeepAsync(upload, viewer, ct, await limits.ImagePixelsAsync(ct));
    }

    private static void DemandSmall(IFormFile upload, long most)
    {
        if (upload.Length > most) throw Refusal.Invalid("file", $"File must be less than {Sizes.Words(most)}", "too_large");
    }

    private async Task DemandShortAsync(string? description, CancellationToken ct)
    {
        if (description is null) return;
        var most = await limits.OfAsync(HouseLimits.MediaDescription, ct);
        if (description.Length > most) throw Refusal.Invalid("description", $"Description is too long (maximum is {most} characters)", "too_long");
    }

    // Its own address, not the file's, lets people see it: the file stays its owner's.
    private async Task<FileRecord> KeepAsync(IFormFile upload, Viewer viewer, CancellationToken ct, long mostPixels = Kernel.Files.Pictures.MostPixels)
    {
        await using var content = upload.OpenReadStream();
        var file = await files.TakeAsync(content, upload.FileName, viewer.Actor.MemberId, ct, mostPixels);
        return await files.AttachAsync(file.Id, viewer.Actor.MemberId is { } owner ? Audience.Only(owner) : Audience.Members, viewer.Actor.MemberId, ct);
    }

    private static string Address(Media media, string form) => $"/social/media/{media.Id}/{media.Secret}/{form}";

    internal static MediaSize? Size(int? width, int? height) => width is { } w && height is { } h
        ? new(w, h, string.Create(CultureInfo.InvariantCulture, $"{w}x{h}"), Math.Round((double)w / h, 4)) : null;

    internal static MediaSize? Small(int? width, int? height)
    {
        if (width is not { } w || height is not { } h) return null;
        var scale = Math.Min(1, Math.Sqrt((double)PreviewArea / (w * (double)h)));
        return Size(Math.Max(1, (int)Math.Round(w * scale)), Math.Max(1, (int)Math.Round(h * scale)));
    }
}
