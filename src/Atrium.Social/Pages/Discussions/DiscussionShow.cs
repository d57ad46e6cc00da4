using Atrium.Contracts.Social;
using Atrium.Kernel;
using Microsoft.AspNetCore.Http;

namespace Atrium.Social;

/// <summary>Makes the thread of a thing ready for the page of another room: comments and their form look as they do in Social.</summary>
internal sealed class DiscussionShow(IHttpContextAccessor accessor, PageCall call, PostShow posts, ComposerDesk composers, StatusReader statuses)
{
    /// <summary>The thread is asked for by a page, not by an app or by work behind the scenes.</summary>
    public bool IsPage => accessor.HttpContext is { } http && !http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    /// <param name="moderates">The reader runs the thread.</param>
    public async Task<IReadOnlyList<Shown>> CommentsAsync(IReadOnlyList<(StatusEntity Post, bool Hidden)> comments, bool moderates, CancellationToken ct)
    {
        var shown = await posts.ManyAsync([.. comments.Select(c => c.Post)], call.Path, ct);
        return
        [
            .. shown.Select((post, at) =>
            {
                post.Comment = new(moderates, comments[at].Hidden);
                return new Shown(typeof(Pages.PostPart), new Dictionary<string, object> { [nameof(Pages.PostPart.Of)] = post });
            }),
        ];
    }

    /// <summary>The form below the thread, or below the comment that the address says is answered.</summary>
    public async Task<DiscussionPage> WithWriterAsync(DiscussionPage page, CancellationToken ct)
    {
        if (!page.MayComment) return page;
        var answered = call.Http.Request.Query["reply"].ToString() is { Length: > 0 } reply ? page.Comments.Items.FirstOrDefault(c => c.Id == reply && !c.Hidden) : null;
        var parent = answered is null ? null : await FindAsync(Wire.Id<Status>(answered.Id), ct);
        var form = await composers.OpenAsync(ct, call.Path, parent, thing: page.Thing);
        return form is null ? page : page with { Writer = new(typeof(Pages.Composer), new Dictionary<string, object> { [nameof(Pages.Composer.Model)] = form }), Answers = parent?.Id };
    }

    /// <summary>A comment as its reader sees it; null where it is gone.</summary>
    public async Task<Post?> FindAsync(Id<Status>? id, CancellationToken ct) =>
        id is { } wanted && await statuses.ByIdAsync([wanted], await call.ViewerAsync(ct), ct) is [var found] ? await posts.OneAsync(found, call.Path, ct) : null;
}
