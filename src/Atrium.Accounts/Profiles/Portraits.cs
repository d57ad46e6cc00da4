using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Profiles;

/// <summary>A member's pictures. Everyone may see them; a new one has a new address.</summary>
internal static class Portraits
{
    private const int LargestAvatar = 1024;

    /// <param name="File">An uploaded file of one's own; null takes the picture away.</param>
    public sealed record Choice(Id<FileRecord>? File);

    public static string? UrlOf(Id<FileRecord>? file) => file is { } id ? $"/files/{id}" : null;

    public static string? SmallUrlOf(Id<FileRecord>? file) => file is { } id ? $"/files/{id}?w=320" : null;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPut("me/avatar", (Choice choice, Actor actor, AccountsDb db, FileDesk desk, CancellationToken ct) => ChooseAsync(choice.File, header: false, actor, db, desk, ct))
            .Operation("setAvatar", "Makes an uploaded picture your avatar, or takes it away", "profile:write", RateClass.Write, "no_such_file");
        api.MapPut("me/header", (Choice choice, Actor actor, AccountsDb db, FileDesk desk, CancellationToken ct) => ChooseAsync(choice.File, header: true, actor, db, desk, ct))
            .Operation("setHeader", "Makes an uploaded picture your profile's header, or takes it away", "profile:write", RateClass.Write, "no_such_file");
    }

    /// <summary>Stores an upload and makes it the picture: an avatar is square, cut where <paramref name="cut"/> says or from the middle.</summary>
    public static async Task TakeAsync(IFormFile upload, SquareCut? cut, bool header, Actor actor, AccountsDb db, FileDesk desk, Pictures pictures, CancellationToken ct)
    {
        if (upload.Length > desk.LargestPicture) throw Refusal.TooLarge($"A picture may have up to {Sizes.Words(desk.LargestPicture)}.");
        var bytes = new MemoryStream();
        await upload.CopyToAsync(bytes, ct);
        await using var content = header ? bytes : new MemoryStream(await pictures.SquareAsync(bytes.ToArray(), cut, LargestAvatar, ct));
        content.Position = 0;
        var file = await desk.TakeAsync(content, upload.FileName, actor.Demand(), ct);
        await ChooseAsync(file.Id, header, actor, db, desk, ct);
    }

    public static async Task<MyProfile.View> ChooseAsync(Id<FileRecord>? file, bool header, Actor actor, AccountsDb db, FileDesk desk, CancellationToken ct)
    {
        var me = actor.Demand();
        if (file is { } id && (await desk.AttachAsync(id, Audience.Public, me, ct)).Width is null)
        {
            await desk.ReleaseAsync(id, ct);
            throw Refusal.Invalid("file", "That is not a picture. JPEG, PNG, GIF, WebP and AVIF are.", "not_a_picture");
        }

        var before = await db.AmendAsync(
            async token =>
            {
                var account = await db.Accounts.AsTracking().FirstAsync(a => a.Id == me, token);
                var old = header ? account.HeaderFile : account.AvatarFile;
                if (header) account.HeaderFile = file;
                else account.AvatarFile = file;
                db.Publish(new MemberProfileChanged(me), me.ToString());
                Standings.Changed(db);
                return old;
            },
            ct);
        if (before is { } replaced) await desk.ReleaseAsync(replaced, ct);
        return await MyProfile.GetAsync(actor, db, ct);
    }
}
