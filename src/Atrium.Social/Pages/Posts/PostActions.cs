using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>What one does to a post by the buttons below it. A script that asks for the part gets the post alone.</summary>
internal static class PostActions
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapPost("/social/posts/{id}", ActAsync).Rate(RateClass.Write);
        pages.MapPost("/social/posts/{id}/vote", VoteAsync).Rate(RateClass.Write);
        pages.MapPost("/social/posts/{id}/redraft", RedraftAsync).Rate(RateClass.Write);
    }

    private static async Task<IResult> ActAsync(Id<Status> id, PageCall call, MarkStatus marks, BoostStatus boosts, DeleteStatus delete, StatusReader reader, PostShow show, CancellationToken ct)
    {
        var form = await call.Http.Request.ReadFormAsync(ct);
        var viewer = await call.ViewerAsync(ct);
        var act = form.Text("act");
        await (act switch
        {
            "like" => marks.FavouriteAsync(id, viewer, ct),
            "unlike" => marks.UnfavouriteAsync(id, viewer, ct),
            "boost" => boosts.HandleAsync(id, null, viewer, ct),
            "unboost" => boosts.UndoAsync(id, viewer, ct),
            "keep" or "unkeep" => marks.BookmarkAsync(id, act == "keep", viewer, ct),
            "pin" or "unpin" => marks.PinAsync(id, act == "pin", viewer, ct),
            "mute" or "unmute" => marks.MuteThreadAsync(id, act == "mute", viewer, ct),
            "delete" => delete.HandleAsync(id, viewer, ct),
            _ => throw Refusal.Invalid("act", "Nothing is known of that."),
        });
        if (act != "delete") return await AnswerAsync(id, form, call, reader, show, ct);
        if (call.WantsPart) return Results.NoContent();
        // The page of a post that is gone is gone with it.
        var back = form.Back("/social");
        return call.SeeOther(back.Contains(id.ToString(), StringComparison.Ordinal) ? "/social" : back);
    }

    private static async Task<IResult> RedraftAsync(Id<Status> id, PageCall call, RedraftStatus redraft, CancellationToken ct) =>
        call.SeeOther($"/social/new?draft={(await redraft.HandleAsync(id, await call.ViewerAsync(ct), ct)).Id}");

    private static async Task<IResult> VoteAsync(Id<Status> id, PageCall call, VoteInPoll polls, StatusReader reader, PostShow show, CancellationToken ct)
    {
        var form = await call.Http.Request.ReadFormAsync(ct);
        var viewer = await call.ViewerAsync(ct);
        var poll = (await reader.OneAsync(id, viewer, ct)).Poll ?? throw Wire.NotFound();
        await polls.HandleAsync(Wire.Id<Poll>(poll.Id), [.. form["choice"].Select(c => int.TryParse(c, out var n) ? n : -1)], viewer, ct);
        return await AnswerAsync(id, form, call, reader, show, ct);
    }

    private static async Task<IResult> AnswerAsync(Id<Status> id, IFormCollection form, PageCall call, StatusReader reader, PostShow show, CancellationToken ct)
    {
        var back = form.Back("/social");
        if (!call.WantsPart) return call.SeeOther($"{back}#post-{id}");
        var post = await show.OneAsync(await reader.OneAsync(id, await call.ViewerAsync(ct), ct), back, ct);
        if (form.Said("comment") is { } place) post.Comment = new(Runs: place == "runs");
        return call.Page<Pages.PostFragment>(new { Of = post, Main = form.Text("main") == "true" });
    }
}
