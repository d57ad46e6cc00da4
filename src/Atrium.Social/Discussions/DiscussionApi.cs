using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>Threads of things, by our own API.</summary>
internal static class DiscussionApi
{
    /// <param name="Text">Markdown.</param>
    /// <param name="InReplyTo">A comment of the same thread.</param>
    public sealed record Comment(string Text, string? InReplyTo = null);

    public sealed record Commented(string Id);

    public sealed record Hiding(string? Reason = null);

    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapApi(SocialDb.Name);
        api.MapGet("discussions/{thing}", (Thing thing, DiscussionOrder? sort, int? limit, string? cursor, IDiscussions discussions, Actor actor, CancellationToken ct) =>
                discussions.PageAsync(thing, sort ?? DiscussionOrder.Oldest, new(limit, cursor), actor, ct))
            .AllowAnonymous().Operation("getDiscussion", "Shows what is said about a thing", "read:statuses", RateClass.Read, "not_found");
        api.MapPost("discussions/{thing}/comments", PostAsync).Operation(
            "commentOnThing", "Says something about a thing", "write:statuses", RateClass.Write, "not_found", "discussion_closed", "text_blank", "text_too_long");
        foreach (var (path, name, scope, act) in (ReadOnlySpan<(string, string, string, Func<IDiscussions, Thing, bool, Actor, CancellationToken, Task>)>)
            [
                ("favourite", "Like", "write:favourites", (d, thing, on, actor, ct) => d.LikeAsync(thing, on, actor, ct)),
                ("closure", "Close", "write:statuses", (d, thing, on, actor, ct) => d.CloseAsync(thing, on, actor, ct)),
            ])
        {
            api.MapPut($"discussions/{{thing}}/{path}", (Thing thing, IDiscussions discussions, Actor actor, CancellationToken ct) => DoneAsync(act(discussions, thing, true, actor, ct)))
                .Operation($"set{name}", name == "Like" ? "Likes a thing" : "Closes a thread to new comments", scope, RateClass.Write, "not_found");
            api.MapDelete($"discussions/{{thing}}/{path}", (Thing thing, IDiscussions discussions, Actor actor, CancellationToken ct) => DoneAsync(act(discussions, thing, false, actor, ct)))
                .Operation($"unset{name}", name == "Like" ? "Takes a like back" : "Opens a thread again", scope, RateClass.Write, "not_found");
        }

        api.MapPut("comments/{id}/hiding", (string id, Hiding? hiding, IDiscussions discussions, Actor actor, CancellationToken ct) => DoneAsync(discussions.HideAsync(id, hidden: true, hiding?.Reason, actor, ct)))
            .Operation("hideComment", "Hides a comment from others", "write:statuses", RateClass.Write, "not_found");
        api.MapDelete("comments/{id}/hiding", (string id, IDiscussions discussions, Actor actor, CancellationToken ct) => DoneAsync(discussions.HideAsync(id, hidden: false, null, actor, ct)))
            .Operation("showComment", "Shows a hidden comment again", "write:statuses", RateClass.Write, "not_found");
    }

    private static async Task<Created<Commented>> PostAsync(Thing thing, Comment comment, IDiscussions discussions, Actor actor, CancellationToken ct)
    {
        var id = await discussions.CommentAsync(thing, comment.Text, comment.InReplyTo, null, actor, ct);
        return TypedResults.Created($"/api/v1/statuses/{id}", new Commented(id));
    }

    private static async Task<NoContent> DoneAsync(Task work)
    {
        await work;
        return TypedResults.NoContent();
    }
}
