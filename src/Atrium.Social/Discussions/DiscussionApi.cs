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
    /// <param name="Text">In <paramref name="Format"/>.</param>
    /// <param name="InReplyTo">A comment of the same thread.</param>
    /// <param name="Format">Markdown unless it says otherwise.</param>
    /// <param name="MediaIds">What was uploaded for it, in order.</param>
    /// <param name="Language">ISO 639; the author's own unless given.</param>
    public sealed record Comment(string? Text, string? InReplyTo = null, TextFormat Format = TextFormat.Markdown, IReadOnlyList<string>? MediaIds = null, string? Language = null);

    public sealed record Commented(string Id);

    public sealed record Hiding(string? Reason = null);

    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapApi(SocialDb.Name);
        api.MapGet("discussions/{thing}", async (Thing thing, DiscussionOrder? sort, int? limit, string? cursor, IDiscussions discussions, Actor actor, CancellationToken ct) =>
                await discussions.PageAsync(thing, sort ?? DiscussionOrder.Oldest, new(limit, cursor), actor, ct) ?? throw Refusal.NotFound())
            .AllowAnonymous().Operation("getDiscussion", "Shows what is said about a thing", "read:statuses", RateClass.Read, "not_found");
        api.MapPost("discussions/{thing}/comments", PostAsync).Operation(
            "commentOnThing", "Says something about a thing", "write:statuses", RateClass.Write, "not_found", "discussion_closed", "text_blank", "text_too_long", "media_not_found", "media_not_ready", "media_in_use", "media_limit");
        foreach (var (path, name, on, off, scope, act) in (ReadOnlySpan<(string, string, string, string, string, Func<IDiscussions, Thing, bool, Actor, CancellationToken, Task>)>)
            [
                ("favourite", "Like", "Likes a thing", "Takes a like back", "write:favourites", (d, thing, set, actor, ct) => d.LikeAsync(thing, set, actor, ct)),
                ("closure", "Close", "Closes a thread to new comments", "Opens a thread again", "write:statuses", (d, thing, set, actor, ct) => d.CloseAsync(thing, set, actor, ct)),
                ("hiding", "Hide", "Hides a thread from all but those who run its thing", "Shows a hidden thread again", "write:statuses", (d, thing, set, actor, ct) => d.HideThreadAsync(thing, set, actor, ct)),
            ])
        {
            api.MapPut($"discussions/{{thing}}/{path}", (Thing thing, IDiscussions discussions, Actor actor, CancellationToken ct) => DoneAsync(act(discussions, thing, true, actor, ct)))
                .Operation($"set{name}", on, scope, RateClass.Write, "not_found");
            api.MapDelete($"discussions/{{thing}}/{path}", (Thing thing, IDiscussions discussions, Actor actor, CancellationToken ct) => DoneAsync(act(discussions, thing, false, actor, ct)))
                .Operation($"unset{name}", off, scope, RateClass.Write, "not_found");
        }

        api.MapPut("comments/{id}/hiding", (string id, Hiding? hiding, IDiscussions discussions, Actor actor, CancellationToken ct) => DoneAsync(discussions.HideAsync(id, hidden: true, hiding?.Reason, actor, ct)))
            .Operation("hideComment", "Hides a comment from others", "write:statuses", RateClass.Write, "not_found");
        api.MapDelete("comments/{id}/hiding", (string id, IDiscussions discussions, Actor actor, CancellationToken ct) => DoneAsync(discussions.HideAsync(id, hidden: false, null, actor, ct)))
            .Operation("showComment", "Shows a hidden comment again", "write:statuses", RateClass.Write, "not_found");
    }

    private static async Task<Created<Commented>> PostAsync(Thing thing, Comment comment, DiscussionsDoor discussions, Actor actor, CancellationToken ct)
    {
        var said = new NewStatus
        {
            Text = comment.Text ?? "", Format = comment.Format, Language = comment.Language, InReplyTo = comment.InReplyTo is null ? null : Wire.Id<Status>(comment.InReplyTo),
            Media = [.. (comment.MediaIds ?? []).Select(Wire.Id<Media>)],
        };
        var id = (await discussions.CommentAsync(thing, said, null, actor, ct)).ToString();
        return TypedResults.Created($"/api/v1/statuses/{id}", new Commented(id));
    }

    private static async Task<NoContent> DoneAsync(Task work)
    {
        await work;
        return TypedResults.NoContent();
    }
}
