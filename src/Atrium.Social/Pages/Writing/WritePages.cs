using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Writing: a new post, an answer, an edit, and what waits for its hour.</summary>
internal static class WritePages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/social/new", NewAsync);
        pages.MapPost("/social/posts", PostAsync).Rate(RateClass.Write);
        pages.MapGet("/social/posts/{id}/edit", (Id<Status> id, PageCall call, ComposerDesk composers, SocialDb db, CancellationToken ct) => EditAsync(id, FormState.Fresh, call, composers, db, ct));
        pages.MapPost("/social/posts/{id}/edit", SaveAsync).Rate(RateClass.Write);
    }

    private static async Task<IResult> NewAsync(string? text, string? quote, PageCall call, ComposerDesk composers, StatusReader reader, PostShow show, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        viewer.Demand();
        var quoted = Id<Status>.TryParse(quote, null, out var id) ? await show.OneAsync(await reader.OneAsync(id, viewer, ct), "/social", ct) : null;
        var state = text is null ? FormState.Fresh : FormState.Of([KeyValuePair.Create<string, string?>("text", text)], []);
        return Page(await composers.OpenAsync(ct, "/social", quoted: quoted, state: state), call, "New post");
    }

    private static IResult Page(ComposerModel? composer, PageCall call, string title) => call.Page<Pages.WritePage>(new { Composer = composer!, Title = title });

    private static async Task<IResult> PostAsync(
        PageCall call, ComposerDesk composers, PublishStatus publish, ScheduleStatus schedule, StatusReader reader, PostShow show, CancellationToken ct)
    {
        IReadOnlyList<Id<Media>> media = [];
        return await call.SendAsync(
            async form =>
            {
                var viewer = await call.ViewerAsync(ct);
                media = await composers.MediaAsync(form, ct);
                var wanted = ComposerDesk.Read(form, media);
                if (form.Said("scheduled_at") is { } at)
                {
                    await schedule.AddAsync(wanted, Hour(at, call.Actor), viewer, ct);
                    return "/social/scheduled";
                }

                var id = await publish.HandleAsync(wanted, viewer, form.Said("key") is { } key ? RandomKey.Hash(key) : null, ct);
                return $"{form.Back("/social")}#post-{id}";
            },
            async (state, form) =>
            {
                var viewer = await call.ViewerAsync(ct);
                async Task<Post?> Find(string field) => form.Id<Status>(field) is { } id ? await show.OneAsync(await reader.OneAsync(id, viewer, ct), "/social", ct) : null;
                return Page(await composers.OpenAsync(ct, form.Back("/social"), await Find("reply_to"), await Find("quote"), state: state, kept: media), call, "New post");
            });
    }

    private static async Task<IResult> EditAsync(Id<Status> id, FormState state, PageCall call, ComposerDesk composers, SocialDb db, CancellationToken ct)
    {
        var me = (await call.ViewerAsync(ct)).Demand();
        var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == id && s.AccountId == me && s.DeletedAt == null && s.Kind == StatusKind.Note, ct) ?? throw Wire.NotFound();
        return Page(await composers.OpenAsync(ct, call.Local(status.Url), editing: status, state: state), call, "Edit post");
    }

    private static Task<IResult> SaveAsync(Id<Status> id, PageCall call, ComposerDesk composers, EditStatus edit, SocialDb db, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            var media = await composers.MediaAsync(form, ct, describe: false);
            var words = form["media"].Where(m => Id<Media>.TryParse(m, null, out _)).ToDictionary(m => Wire.Id<Media>(m), m => new MediaChange(form.Text($"alt{m}"), null));
            var wanted = ComposerDesk.Read(form, media);
            await edit.HandleAsync(id, new(wanted.Text, wanted.Spoiler, wanted.Sensitive, wanted.Language, wanted.Format, media, null, null, words), null, await call.ViewerAsync(ct), ct);
            return form.Back("/social");
        },
        (state, _) => EditAsync(id, state, call, composers, db, ct));

    // What a clock on the wall says, where the reader lives.
    internal static DateTimeOffset Hour(string text, Actor actor)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) throw Refusal.Invalid("scheduled_at", "That is no date and time.", "unreadable_instant");
        var zone = TimeZoneInfo.FindSystemTimeZoneById(actor.TimeZone);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
