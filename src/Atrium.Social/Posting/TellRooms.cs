using Atrium.Contracts.Social;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Tells what became of a post, in the transaction in which it did: this room of each, other rooms of what is news to them. Boosts and the roots of
/// threads are none.
/// </summary>
internal static class TellRooms
{
    public static void OfPost(this SocialDb db, Status status)
    {
        db.Publish(new PostMade(status.Id, status.IsLocal), status.Id.ToString());
        db.OfNews(status);
    }

    /// <summary>What was withdrawn is there again.</summary>
    public static void OfReturn(this SocialDb db, Status status)
    {
        db.Publish(new SightChanged(Status: status.Id), status.Id.ToString());
        db.OfNews(status);
    }

    public static void OfEdit(this SocialDb db, Status status)
    {
        db.Publish(new PostEdited(status.Id, status.IsLocal), status.Id.ToString());
        if (IsNews(status)) db.Publish(new StatusEdited(ThingOf(status.Id), status.WrittenBy, status.Audience), status.Id.ToString());
    }

    public static void OfDeletion(this SocialDb db, Status status) => db.OfDeletion(status.Id, status.IsLocal, IsNews(status));

    /// <param name="news">It is neither a boost nor the root of a thread.</param>
    public static void OfDeletion(this SocialDb db, Id<Status> id, bool local, bool news)
    {
        db.Publish(new PostGone(id, local), id.ToString());
        if (news) db.Publish(new StatusDeleted(ThingOf(id)), id.ToString());
    }

    /// <param name="names">Folded.</param>
    public static void OfTags(this SocialDb db, Status status, IEnumerable<string> names)
    {
        if (status.Visibility != Visibility.Public) return;
        foreach (var name in names) db.Publish(new HashtagUsed(name, ThingOf(status.Id)), status.Id.ToString());
    }

    /// <summary>A post was hidden or is shown again: where it is a comment, the room of its thing hears.</summary>
    public static async Task OfHidingAsync(this SocialDb db, Id<Status> id, bool hidden, CancellationToken ct)
    {
        var about = await db.Discussions.Where(d => db.Statuses.Any(s => s.Id == id && s.DiscussionId == d.Id && s.Kind == StatusKind.Note)).Select(d => (Thing?)d.Thing).FirstOrDefaultAsync(ct);
        if (about is { } thing) db.Publish(new CommentHidden(thing, id.Value, Undone: !hidden), thing.ToString());
    }

    private static void OfNews(this SocialDb db, Status status)
    {
        if (IsNews(status)) db.Publish(new StatusPublished(ThingOf(status.Id), status.WrittenBy, status.Audience), status.Id.ToString());
    }

    private static bool IsNews(Status status) => status is { Kind: StatusKind.Note, BoostOf: null };

    private static Thing ThingOf(Id<Status> id) => Thing.Of("status", id);
}
