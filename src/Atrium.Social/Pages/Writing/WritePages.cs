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
        pages.MapPost("/social/drafts", KeepAsync).Rate(RateClass.Write);
        pages.MapPost("/social/preview", PreviewAsync).Rate(RateClass.Read);
        pages.MapGet("/social/posts/{id}/edit", (Id<Status> id, PageCall call, ComposerDesk composers, SocialDb db, CancellationToken ct) => EditAsync(id, FormState.Fresh, call, composers, db, ct));
        pages.MapPost("/social/posts/{id}/edit", SaveAsync).Rate(RateClass.Write);
    }

    private static async Task<IResult> NewAsync(string? text, string? quote, Id<Draft>? draft, Id<ScheduledStatus>? scheduled, [AsParameters] WriteTools t, CancellationToken ct)
    {
        var viewer = await t.Call.ViewerAsync(ct);
        viewer.Demand();
        if (draft is { } begun) return await BegunAsync(NewStatus.FromJson((await t.Drafts.MineAsync(begun, viewer, ct)).Params), "Draft", [KeyValuePair.Create<string, string?>("draft", begun.ToString())], t, ct);
        if (scheduled is { } waiting)
        {
            var row = await t.Schedule.WaitingAsync(waiting, viewer, ct);
            // An hour that is over is nothing to keep.
            var at = row.State == ScheduleState.Failed ? null : TimeZoneInfo.ConvertTime(row.RunAt, TimeZoneInfo.FindSystemTimeZoneById(t.Call.Actor.TimeZone)).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
            return await BegunAsync(NewStatus.FromJson(row.Params), "Scheduled post", [KeyValuePair.Create<string, string?>("scheduled", waiting.ToString()), KeyValuePair.Create<string, string?>("scheduled_at", at)], t, ct);
        }

        var quoted = Id<Status>.TryParse(quote, null, out var id) ? await t.Show.OneAsync(await t.Reader.OneAsync(id, viewer, ct), "/social", ct) : null;
        var state = text is null ? FormState.Fresh : FormState.Of([KeyValuePair.Create<string, string?>("text", text)], []);
        return Page(await t.Composers.OpenAsync(ct, "/social", quoted: quoted, state: state), t.Call, "New post");
    }

    private static async Task<IResult> BegunAsync(NewStatus begun, string title, IReadOnlyList<KeyValuePair<string, string?>> more, WriteTools t, CancellationToken ct)
    {
        var state = FormState.Of([.. ComposerDesk.Typed(begun), .. more], []);
        return Page(await t.Composers.OpenAsync(ct, "/social/drafts", await FindAsync(begun.InReplyTo, t, ct), await FindAsync(begun.Quoted, t, ct), state: state, kept: begun.Media), t.Call, title);
    }

    // What is answered or quoted may be gone by the time one writes on.
    private static async Task<Post?> FindAsync(Id<Status>? id, WriteTools t, CancellationToken ct) =>
        id is { } wanted && await t.Reader.ByIdAsync([wanted], await t.Call.ViewerAsync(ct), ct) is [var found] ? await t.Show.OneAsync(found, "/social", ct) : null;

    private static IResult Page(ComposerModel? composer, PageCall call, string title) => call.Page<Pages.WritePage>(new { Composer = composer!, Title = title });

    private static async Task<IResult> PostAsync([AsParameters] WriteTools t, CancellationToken ct)
    {
        List<Id<Media>> media = [];
        return await t.Call.SendAsync(
            async form =>
            {
                await t.Composers.MediaAsync(form, media, ct);
                var to = await SendAsync(ComposerDesk.Read(form, media), form, t, ct);
                if (form.Id<Draft>("draft") is { } draft) await t.Drafts.DeleteAsync(draft, await t.Call.ViewerAsync(ct), ct);
                return to;
            },
            async (state, form) => Page(
                await t.Composers.OpenAsync(ct, form.Back("/social"), await FindAsync(form.Id<Status>("reply_to"), t, ct), await FindAsync(form.Id<Status>("quote"), t, ct), state: state, kept: media), t.Call, "New post"));
    }

    // Posts, or lets it wait; what waited already is changed, and without an hour goes out now.
    private static async Task<string> SendAsync(NewStatus wanted, IFormCollection form, WriteTools t, CancellationToken ct)
    {
        var viewer = await t.Call.ViewerAsync(ct);
        var waits = form.Id<ScheduledStatus>("scheduled");
        if (form.Said("scheduled_at") is { } at)
        {
            var hour = Hour(at, t.Call.Actor);
            if (waits is { } moved) await t.Schedule.EditAsync(moved, wanted, hour, viewer, ct);
            else await t.Schedule.AddAsync(wanted, hour, viewer, ct);
            return "/social/drafts";
        }

        var id = waits is { } due ? await t.Schedule.PublishNowAsync(due, wanted, viewer, ct) : await t.Publish.HandleAsync(wanted, viewer, form.Said("key") is { } key ? RandomKey.Hash(key) : null, ct);
        var back = form.Back("/social");
        return back == "/social/drafts" ? $"/social#post-{id}" : $"{back}#post-{id}";
    }

    // By script without pictures, as one types; by its button with them.
    private static async Task<IResult> KeepAsync([AsParameters] WriteTools t, CancellationToken ct)
    {
        List<Id<Media>> media = [];
        Draft? kept = null;
        var answer = await t.Call.SendAsync(
            async form =>
            {
                var viewer = await t.Call.ViewerAsync(ct);
                await t.Composers.MediaAsync(form, media, ct, describe: !t.Call.WantsPart);
                var wanted = ComposerDesk.Read(form, media);
                kept = form.Id<Draft>("draft") is { } draft ? await t.Drafts.EditAsync(draft, _ => wanted, null, viewer, ct) : await t.Drafts.AddAsync(wanted, viewer, ct);
                return "/social/drafts";
            },
            async (state, form) => Page(await t.Composers.OpenAsync(ct, form.Back("/social"), await FindAsync(form.Id<Status>("reply_to"), t, ct), await FindAsync(form.Id<Status>("quote"), t, ct), state: state, kept: media), t.Call, "New post"));
        return t.Call.WantsPart && kept is not null ? Results.Text(kept.Id.ToString()) : answer;
    }

    private static async Task<IResult> PreviewAsync(PageCall call, CancellationToken ct)
    {
        (await call.ViewerAsync(ct)).Demand();
        var form = await call.Http.Request.ReadFormAsync(ct);
        var text = form.Text("text");
        if (text.Length > DraftDesk.LongestText) throw Refusal.TooLarge("That is too long to be shown.");
        return Results.Text(call.Local(SafeHtml.Trusted(PostText.Render(text, form.Ticked("markdown") ? TextFormat.Markdown : TextFormat.Plain, new Dictionary<string, string>()).Html)).Value, "text/html");
    }

    private static async Task<IResult> EditAsync(Id<Status> id, FormState state, PageCall call, ComposerDesk composers, SocialDb db, CancellationToken ct, IReadOnlyList<Id<Media>>? kept = null)
    {
        var me = (await call.ViewerAsync(ct)).Demand();
        var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == id && s.AccountId == me && s.DeletedAt == null && s.Kind == StatusKind.Note, ct) ?? throw Wire.NotFound();
        return Page(await composers.OpenAsync(ct, call.Local(status.Url), editing: status, state: state, kept: kept), call, "Edit post");
    }

    private static Task<IResult> SaveAsync(Id<Status> id, PageCall call, ComposerDesk composers, EditStatus edit, SocialDb db, CancellationToken ct)
    {
        List<Id<Media>> media = [];
        return call.SendAsync(
            async form =>
            {
                await composers.MediaAsync(form, media, ct, describe: false);
                var words = form["media"].Where(m => Id<Media>.TryParse(m, null, out _)).Select(Wire.Id<Media>).ToDictionary(m => m, m => ComposerDesk.Change(form, m));
                var wanted = ComposerDesk.Read(form, media);
                await edit.HandleAsync(id, new(wanted.Text, wanted.Spoiler, wanted.Sensitive, wanted.Language, wanted.Format, media, null, wanted.QuotePolicy, words), null, await call.ViewerAsync(ct), ct);
                return form.Back("/social");
            },
            (state, _) => EditAsync(id, state, call, composers, db, ct, media));
    }

    // What a clock on the wall says, where the reader lives.
    internal static DateTimeOffset Hour(string text, Actor actor)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) throw Refusal.Invalid("scheduled_at", "That is no date and time.", "unreadable_instant");
        var zone = TimeZoneInfo.FindSystemTimeZoneById(actor.TimeZone);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}

/// <summary>What writing needs.</summary>
internal sealed record WriteTools(PageCall Call, ComposerDesk Composers, PublishStatus Publish, ScheduleStatus Schedule, DraftDesk Drafts, StatusReader Reader, PostShow Show);
