using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A film or sound waits to be made ready.</summary>
[EventName("social.media_due")]
internal sealed record MediaDue(Id<Media> Media);

/// <summary>
/// Makes films and sound ready: reads how large and long they are and blanks what names people and places. The sound and picture themselves stay
/// as they came. Where <c>ffmpeg</c> is there, a film gets a still, and a moving GIF becomes a silent film.
/// </summary>
internal sealed class ProcessMedia(SocialDb db, KernelDb kernel, FileDesk files, IBlobStore blobs, Stills stills) : IEffect<MediaDue>
{
    private const double LoopsUpTo = 60;

    public async Task HandleAsync(MediaDue happened, Delivery delivery, CancellationToken ct)
    {
        var media = await db.Media.AsTracking().FirstOrDefaultAsync(m => m.Id == happened.Media, ct);
        if (media is not { State: MediaState.Queued or MediaState.Processing, FileId: { } raw }) return;
        media.State = MediaState.Processing;
        await db.SaveChangesAsync(ct);
        var file = await kernel.Files.FirstAsync(f => f.Id == raw, ct);
        try
        {
            await MakeAsync(media, file, ct);
        }
        catch (BadMedia bad)
        {
            db.ChangeTracker.Clear();
            media = await db.Media.AsTracking().FirstAsync(m => m.Id == happened.Media, ct);
            (media.State, media.Failure, media.FileId) = (MediaState.Failed, bad.Message, null);
        }

        await db.SaveChangesAsync(ct);
        await files.ReleaseAsync(raw, ct);
    }

    private async Task MakeAsync(Media media, FileRecord raw, CancellationToken ct)
    {
        await using var work = new FileStream(
            Path.Combine(Path.GetTempPath(), $"atrium-{RandomKey.New(16)}"), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        await using (var content = await blobs.OpenAsync(raw.Hash, null, ct) ?? throw new BadMedia("The upload is not there any more.")) await content.CopyToAsync(work, ct);
        if (raw.ContentType != MediaDesk.Gif)
        {
            await FinishAsync(media, raw, work, raw.ContentType, raw.FileName, ct);
            return;
        }

        await work.FlushAsync(ct);
        await using var film = await stills.LoopAsync(work.Name, ct);
        if (film is not null) await FinishAsync(media, raw, film, "video/mp4", Path.ChangeExtension(raw.FileName, ".mp4"), ct);
        else await StayAsync(media, raw, ct);
    }

    // It moves as a picture, then.
    private async Task StayAsync(Media media, FileRecord raw, CancellationToken ct)
    {
        await files.AttachAsync(raw.Id, raw.Audience, raw.OwnerId, ct);
        MediaDesk.Show(media, raw);
    }

    private async Task FinishAsync(Media media, FileRecord raw, FileStream work, string type, string name, CancellationToken ct)
    {
        var facts = await Task.Run(() => Clean(type, new InPlace(work)), ct);
        if ((long)(facts.Width ?? 0) * (facts.Height ?? 0) > MediaDesk.MostVideoPixels) throw new BadMedia($"A film may have up to {MediaDesk.MostVideoPixels / 1_000_000.0:0.#} megapixels.");

        await work.FlushAsync(ct);
        work.Position = 0;
        var clean = await files.TakeAsync(work, name, raw.OwnerId, ct);
        await files.AttachAsync(clean.Id, raw.Audience, raw.OwnerId, ct);
        media.FileId = clean.Id;
        media.Type = !facts.HasVideo ? MediaType.Audio : !facts.HasAudio && facts.Seconds <= LoopsUpTo ? MediaType.Gifv : MediaType.Video;
        media.Url = $"/social/media/{media.Id}/{media.Secret}/original";
        if (facts.HasVideo && media.PreviewFileId is null && await stills.TakeAsync(work.Name, ct) is { } still) await StillAsync(media, still, raw.OwnerId, ct);
        var small = media.PreviewFileId is { } preview ? await kernel.Files.Where(f => f.Id == preview).Select(f => new { f.Width, f.Height, f.Blurhash }).FirstAsync(ct) : null;
        media.PreviewUrl = small is null ? null : $"/social/media/{media.Id}/{media.Secret}/small";
        media.Blurhash = small?.Blurhash;
        media.Meta = new(Original(facts, clean.Length), small is null ? null : MediaDesk.Small(small.Width, small.Height), media.Meta?.Focus);
        media.State = MediaState.Ready;
    }

    private async Task StillAsync(Media media, byte[] picture, Id<Member>? owner, CancellationToken ct)
    {
        using var content = new MemoryStream(picture);
        var still = await files.TakeAsync(content, "still.jpg", owner, ct);
        await files.AttachAsync(still.Id, owner is { } member ? Audience.Only(member) : Audience.Members, owner, ct);
        media.PreviewFileId = still.Id;
    }

    private static MediaFacts Clean(string type, InPlace file) => type switch
    {
        "video/mp4" or "audio/mp4" => Mp4File.Clean(file),
        "video/webm" => WebmFile.Clean(file),
        "video/ogg" or "audio/ogg" => OggFile.Clean(file),
        "audio/mpeg" => SoundFile.Mp3(file),
        "audio/flac" => SoundFile.Flac(file),
        "audio/wav" => SoundFile.Wav(file),
        _ => throw new BadMedia("This kind of file is not taken."),
    };

    private static MediaSize Original(MediaFacts facts, long bytes)
    {
        int? rate = facts.Seconds > 0 ? (int)Math.Min(int.MaxValue, bytes * 8 / facts.Seconds.Value) : null;
        var seconds = facts.Seconds is { } s ? Math.Round(s, 3) : (double?)null;
        return facts is { HasVideo: true, Width: > 0 and var w, Height: > 0 and var h }
            ? new(w, h, string.Create(CultureInfo.InvariantCulture, $"{w}x{h}"), Math.Round((double)w / h, 4), facts.FrameRate, seconds, rate)
            : new(null, null, null, null, null, seconds, rate);
    }
}
