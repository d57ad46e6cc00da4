using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>Where administrators look after emoji and announcements; and how members answer what the house tells them.</summary>
internal static class AdminPages
{
    private const string EmojiHref = "/social/admin/emoji";
    private const string AnnouncementsHref = "/social/admin/announcements";

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet(EmojiHref, (PageCall call, EmojiDesk desk, CancellationToken ct) => EmojiAsync(FormState.Fresh, call, desk, ct));
        pages.MapPost(EmojiHref, AddEmojiAsync).Rate(RateClass.Heavy);
        pages.MapPost(EmojiHref + "/{id}", ChangeEmojiAsync).Rate(RateClass.Write);
        pages.MapGet(AnnouncementsHref, (string? edit, PageCall call, AnnouncementDesk desk, CancellationToken ct) => AnnouncementsAsync(edit, FormState.Fresh, call, desk, ct));
        pages.MapPost(AnnouncementsHref, WriteAsync).Rate(RateClass.Write);
        pages.MapPost(AnnouncementsHref + "/{id}", ChangeAnnouncementAsync).Rate(RateClass.Write);
        pages.MapPost("/social/announcements/{id}", AnswerAsync).Rate(RateClass.Write);
    }

    private static async Task<IResult> EmojiAsync(FormState state, PageCall call, EmojiDesk desk, CancellationToken ct) =>
        call.Page<Pages.EmojiPage>(new { Emoji = new EmojiModel(await desk.AllAsync(call.Actor, ct)), State = state });

    private static Task<IResult> AddEmojiAsync(PageCall call, EmojiDesk desk, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            await desk.AddAsync(form.Text("shortcode"), form.Said("category"), form.Files.GetFile("image"), call.Actor, ct);
            return EmojiHref;
        },
        (state, _) => EmojiAsync(state, call, desk, ct));

    private static Task<IResult> ChangeEmojiAsync(Id<CustomEmoji> id, PageCall call, EmojiDesk desk, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            if (form.Text("act") == "delete") await desk.DeleteAsync(id, call.Actor, ct);
            else
                await desk.EditAsync(id, form.Text("act") switch
                {
                    "on" or "off" => new(null, null, form.Text("act") == "off"),
                    "show" or "tuck" => new(null, form.Text("act") == "show", null),
                    _ => new(form.Text("category"), null, null),
                }, call.Actor, ct);
            return EmojiHref;
        },
        (state, _) => EmojiAsync(state, call, desk, ct));

    private static async Task<IResult> AnnouncementsAsync(string? edit, FormState state, PageCall call, AnnouncementDesk desk, CancellationToken ct)
    {
        var all = await desk.AllAsync(call.Actor, ct);
        return call.Page<Pages.AnnouncementsPage>(new { All = new AnnouncementsModel(all, all.FirstOrDefault(a => a.Id.ToString() == edit)), State = state });
    }

    private static Task<IResult> WriteAsync(PageCall call, AnnouncementDesk desk, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            var zone = TimeZoneInfo.TryFindSystemTimeZoneById(call.Actor.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
            var wish = new AnnouncementWish(form.Text("text"), At(form, "starts_at", zone), At(form, "ends_at", zone), form.Ticked("all_day"));
            var view = form.Id<Announcement>("id") is { } id ? await desk.EditAsync(id, wish, call.Actor, ct) : await desk.AddAsync(wish, call.Actor, ct);
            if (form.Text("publish") == "true") await desk.PublishAsync(view.Id, call.Actor, ct);
            return AnnouncementsHref;
        },
        (state, form) => AnnouncementsAsync(form.Text("id"), state, call, desk, ct));

    private static async Task<IResult> ChangeAnnouncementAsync(Id<Announcement> id, PageCall call, AnnouncementDesk desk, CancellationToken ct)
    {
        var form = await call.Http.Request.ReadFormAsync(ct);
        await (form.Text("act") switch
        {
            "publish" => desk.PublishAsync(id, call.Actor, ct),
            "unpublish" => desk.UnpublishAsync(id, call.Actor, ct),
            "delete" => desk.DeleteAsync(id, call.Actor, ct),
            _ => throw Refusal.Invalid("act", "Nothing is known of that."),
        });
        return call.SeeOther(AnnouncementsHref);
    }

    private static async Task<IResult> AnswerAsync(Id<Announcement> id, PageCall call, AnswerAnnouncement answer, CancellationToken ct)
    {
        var form = await call.Http.Request.ReadFormAsync(ct);
        var viewer = await call.ViewerAsync(ct);
        if (form.Said("react") is { } sign) await answer.ReactAsync(id, sign, on: true, viewer, ct);
        else if (form.Said("unreact") is { } old) await answer.ReactAsync(id, old, on: false, viewer, ct);
        else await answer.DismissAsync(id, viewer, ct);
        return call.SeeOther(form.Back("/social"));
    }

    // As the administrator's clock shows it.
    private static DateTimeOffset? At(IFormCollection form, string name, TimeZoneInfo zone)
    {
        if (form.Said(name) is not { } text) return null;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, out var local)) throw Refusal.Invalid(name, "That is no time.", "unreadable_instant");
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}

/// <summary>The house's emoji as a page.</summary>
public sealed class EmojiModel
{
    internal EmojiModel(IReadOnlyList<EmojiView> all) => All = all;

    internal IReadOnlyList<EmojiView> All { get; }
}

/// <summary>Announcements as a page, and the one that is edited.</summary>
public sealed class AnnouncementsModel
{
    internal AnnouncementsModel(IReadOnlyList<AnnouncementView> all, AnnouncementView? edited) => (All, Edited) = (all, edited);

    internal IReadOnlyList<AnnouncementView> All { get; }

    internal AnnouncementView? Edited { get; }
}
