using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>The forms of the discussion that stands on the pages of other rooms. Each leads back to its page.</summary>
internal static class DiscussionForms
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapPost("/social/discussions/{thing}", ActAsync).Rate(RateClass.Write);
        pages.MapPost("/social/discussions/{thing}/comments", SayAsync).Rate(RateClass.Write);
        pages.MapPost("/social/comments/{id}", ActOnCommentAsync).Rate(RateClass.Write);
    }

    private static async Task<IResult> SayAsync(Thing thing, PageCall call, DiscussionsDoor discussions, ComposerDesk composers, DiscussionShow show, CancellationToken ct)
    {
        List<Id<Media>> media = [];
        return await call.SendAsync(
            async form =>
            {
                await composers.MediaAsync(form, media, ct);
                var id = await discussions.CommentAsync(thing, ComposerDesk.Read(form, media), form.Said("key"), call.Actor, ct);
                return $"{form.Back("/social")}#comment-{id}";
            },
            async (state, form) => call.Page<Pages.WritePage>(new
            {
                Composer = (await composers.OpenAsync(ct, form.Back("/social"), await show.FindAsync(form.Id<Status>("reply_to"), ct), state: state, kept: media, thing: thing))!, Title = "Comment",
            }));
    }

    private static async Task<IResult> ActAsync(Thing thing, PageCall call, IDiscussions discussions, BoostThing boost, CancellationToken ct)
    {
        var form = await call.Http.Request.ReadFormAsync(ct);
        await (form.Text("act") switch
        {
            "boost" => boost.HandleAsync(thing, true, call.Actor, ct),
            "unboost" => boost.HandleAsync(thing, false, call.Actor, ct),
            "like" => discussions.LikeAsync(thing, true, call.Actor, ct),
            "unlike" => discussions.LikeAsync(thing, false, call.Actor, ct),
            "close" => discussions.CloseAsync(thing, true, call.Actor, ct),
            "open" => discussions.CloseAsync(thing, false, call.Actor, ct),
            "hide" => discussions.HideThreadAsync(thing, true, call.Actor, ct),
            "show" => discussions.HideThreadAsync(thing, false, call.Actor, ct),
            _ => throw Refusal.Invalid("act", "Nothing is known of that."),
        });
        return call.SeeOther($"{form.Back("/social")}#discussion");
    }

    private static async Task<IResult> ActOnCommentAsync(Id<Status> id, PageCall call, IDiscussions discussions, MarkStatus marks, DeleteStatus delete, CancellationToken ct)
    {
        var form = await call.Http.Request.ReadFormAsync(ct);
        var viewer = await call.ViewerAsync(ct);
        await (form.Text("act") switch
        {
            "like" => marks.FavouriteAsync(id, viewer, ct),
            "unlike" => marks.UnfavouriteAsync(id, viewer, ct),
            "delete" => delete.HandleAsync(id, viewer, ct),
            "hide" => discussions.HideAsync(id.ToString(), true, null, call.Actor, ct),
            "show" => discussions.HideAsync(id.ToString(), false, null, call.Actor, ct),
            _ => throw Refusal.Invalid("act", "Nothing is known of that."),
        });
        return call.SeeOther($"{form.Back("/social")}#{(form.Text("act") == "delete" ? "discussion" : $"comment-{id}")}");
    }
}
