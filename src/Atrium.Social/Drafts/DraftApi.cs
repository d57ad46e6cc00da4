using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Drafts kept by the server, whom one may post to, and why something stands in one's home: by our own API.</summary>
internal static class DraftApi
{
    /// <param name="Markdown">Otherwise it is plain text.</param>
    public sealed record Content(string Text, string? Spoiler = null, bool Markdown = false, string? Visibility = null, string? Language = null, Id<Status>? InReplyTo = null);

    public sealed record View(Id<Draft> Id, string Text, string Spoiler, bool Markdown, string? Visibility, string? Language, Id<Status>? InReplyTo, DateTimeOffset UpdatedAt, long Revision) : IRevisedView;

    /// <param name="Audience">What to send as <c>audience</c> with a new post.</param>
    public sealed record AudienceView(string Audience, string Name, int? Members);

    /// <param name="Reason"><c>own</c>, <c>follow</c>, <c>boost</c>, <c>tag</c> or <c>group</c>; null where it does not stand in the home.</param>
    public sealed record Why(string? Reason, string? Via, IReadOnlyList<string> Filters);

    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapApi(SocialDb.Name);
        api.MapGet("drafts", ListAsync).Operation("listDrafts", "Lists your drafts, newest first", "read:statuses", RateClass.Read);
        api.MapPost("drafts", AddAsync).Operation("addDraft", "Keeps a draft", "write:statuses", RateClass.Write, "limit", "text_too_long");
        api.MapGet("drafts/{id}", async (Id<Draft> id, DraftDesk desk, Viewers viewers, Actor actor, CancellationToken ct) => ViewOf(await desk.MineAsync(id, await viewers.OfAsync(actor, ct), ct)))
            .Operation("getDraft", "Shows a draft", "read:statuses", RateClass.Read, "not_found");
        api.MapPut("drafts/{id}", EditAsync).Operation("editDraft", "Changes a draft", "write:statuses", RateClass.Write, "not_found", "stale_revision");
        api.MapDelete("drafts/{id}", DeleteAsync).Operation("deleteDraft", "Throws a draft away", "write:statuses", RateClass.Write, "not_found");
        api.MapGet("audiences", AudiencesAsync).Operation("listAudiences", "Lists whom you may post to beside everyone", "read:accounts", RateClass.Read);
        api.MapGet("statuses/{id}/why", WhyAsync).Operation("explainStatus", "Says why a post stands in your home, and what filters catch it", "read:statuses", RateClass.Read, "not_found");
    }

    private static async Task<IReadOnlyList<View>> ListAsync(DraftDesk desk, Viewers viewers, Actor actor, CancellationToken ct) => [.. (await desk.ListAsync(await viewers.OfAsync(actor, ct), ct)).Select(ViewOf)];

    private static async Task<Created<View>> AddAsync(Content content, DraftDesk desk, Viewers viewers, Actor actor, CancellationToken ct)
    {
        var draft = await desk.AddAsync(Words(content, new()), await viewers.OfAsync(actor, ct), ct);
        return TypedResults.Created($"/api/social/drafts/{draft.Id}", ViewOf(draft));
    }

    private static async Task<View> EditAsync(Id<Draft> id, Content content, [FromHeader(Name = "If-Match")] Etag? ifMatch, DraftDesk desk, Viewers viewers, Actor actor, CancellationToken ct) =>
        ViewOf(await desk.EditAsync(id, kept => Words(content, kept), ifMatch, await viewers.OfAsync(actor, ct), ct));

    private static async Task<NoContent> DeleteAsync(Id<Draft> id, DraftDesk desk, Viewers viewers, Actor actor, CancellationToken ct)
    {
        await desk.DeleteAsync(id, await viewers.OfAsync(actor, ct), ct);
        return TypedResults.NoContent();
    }

    private static async Task<IReadOnlyList<AudienceView>> AudiencesAsync(IGroups groups, Actor actor, CancellationToken ct)
    {
        var mine = await groups.OfMemberAsync(actor.Demand(), ct);
        return [new("members", "Members", null), .. mine.Select(g => new AudienceView($"group:{g.Id}", g.Name, g.Members))];
    }

    private static async Task<Why> WhyAsync(Id<Status> id, SocialDb db, Viewers viewers, StatusReader reader, Actor actor, CancellationToken ct)
    {
        var viewer = await viewers.OfAsync(actor, ct);
        var me = viewer.Demand();
        var shown = await reader.OneAsync(id, viewer, ct);
        var entry = await (from h in db.HomeEntries join a in db.Accounts on h.ViaAccountId equals a.Id where h.OwnerId == me && (h.StatusId == id || h.OriginalId == id) orderby h.StatusId select new { h.Reason, h.InHome, a.Username })
            .FirstOrDefaultAsync(ct);
        // What only an exclusive list shows stands there because of the list.
        return new(entry is { InHome: false } ? "list" : entry?.Reason.ToString().ToLowerInvariant(), entry?.Username, [.. (shown.Filtered ?? []).Select(f => f.Filter.Title)]);
    }

    // What this form does not know, such as pictures and a poll, stays as it was.
    private static NewStatus Words(Content content, NewStatus kept) => kept with
    {
        Text = content.Text ?? throw Refusal.Invalid("text", "A draft has words, if only none yet.", "required"), Spoiler = content.Spoiler ?? "", Format = content.Markdown ? TextFormat.Markdown : TextFormat.Plain,
        Language = Languages.Short(content.Language), Visibility = NewStatusReader.Visibility(content.Visibility), InReplyTo = content.InReplyTo,
    };

    private static View ViewOf(Draft draft)
    {
        var kept = NewStatus.FromJson(draft.Params);
        return new(draft.Id, kept.Text, kept.Spoiler, kept.Format == TextFormat.Markdown, kept.Visibility is { } visibility ? EntityWriter.Word(visibility) : null, kept.Language, kept.InReplyTo, draft.UpdatedAt, draft.Revision);
    }
}
