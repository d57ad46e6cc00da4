using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Lets the people of the demo talk by the same use cases as everybody, and then moves what they said back to its hour.</summary>
internal sealed class DemoSocial(
    SocialDb db, IMembers members, IGroups groups, Viewers viewers, PublishStatus publish, MarkStatus marks, BoostStatus boosts, FollowAccount follows, VoteInPoll polls, MediaDesk media, Things things, IDiscussions discussions,
    DemoOwn own) : IDemoData
{
    public int Order => 20;

    public async Task FillAsync(CancellationToken ct)
    {
        if (await db.Statuses.AnyAsync(ct)) return;
        var people = await PeopleAsync(ct);
        if (people.Count < DemoPosts.Follows.Length) return;
        foreach (var (who, whom) in DemoPosts.Follows)
            foreach (var other in whom.Split(' ')) await follows.HandleAsync(people[other].Demand(), new(), people[who], ct);

        var longAgo = db.Now.AddDays(-14);
        await db.Notices.ExecuteUpdateAsync(set => set.SetProperty(n => n.CreatedAt, longAgo), ct);
        var made = new Dictionary<string, Id<Status>>(StringComparer.Ordinal);
        foreach (var post in DemoPosts.All) made[post.Key] = await PostAsync(post, people, made, ct);
        foreach (var (path, by, text) in DemoPosts.Comments)
            if (await things.AtAsync(path, people[by].Actor, ct) is { } card)
                await discussions.CommentAsync(card.Thing, text, null, null, people[by].Actor, ct);
        await own.FillAsync(people, ct);
        db.ChangeTracker.Clear();
    }

    private async Task<Dictionary<string, Viewer>> PeopleAsync(CancellationToken ct)
    {
        var found = await members.FindAsync([.. DemoPosts.Follows.Select(f => f.Who)], ct);
        var people = new Dictionary<string, Viewer>(StringComparer.Ordinal);
        foreach (var (handle, card) in found)
            if (await members.ActorAsync(card.Id, "web", ct) is { } actor) people[handle] = await viewers.OfAsync(actor, ct);
        return people;
    }

    private async Task<Id<Status>> PostAsync(DemoPost post, Dictionary<string, Viewer> people, Dictionary<string, Id<Status>> made, CancellationToken ct)
    {
        var by = people[post.By];
        var (visibility, group) = await ForAsync(post.For, by, ct);
        List<Id<Media>> pictures = [];
        foreach (var picture in post.Pictures)
        {
            using var png = new MemoryStream(DemoPainter.Paint(picture.Kind));
            pictures.Add((await media.TakeAsync(new FormFile(png, 0, png.Length, "file", $"{picture.Kind}.png"), picture.Shows, null, by, ct)).Id);
        }

        var id = await publish.HandleAsync(
            new()
            {
                Text = post.Text, Spoiler = post.Spoiler, Visibility = visibility, Group = group, InReplyTo = post.ReplyTo is { } parent ? made[parent] : null, Media = pictures, Language = "en",
                Poll = post.Poll.Length == 0 ? null : new(post.Poll, 3 * 24 * 3600, Multiple: false, HideTotals: false),
            },
            by, $"demo:{post.Key}", ct);
        foreach (var who in post.Likes.Split(' ', StringSplitOptions.RemoveEmptyEntries)) await marks.FavouriteAsync(id, people[who], ct);
        foreach (var vote in post.Votes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split(':')))
            await polls.HandleAsync(await PollAsync(id, ct), [vote[1][0] - '0'], people[vote[0]], ct);
        foreach (var (who, at) in post.Boosts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((w, i) => (w, i)))
            await MoveBackAsync(await boosts.HandleAsync(id, null, people[who], ct), post.Hours * 0.97 - (at * 0.05), ct);
        await MoveBackAsync(id, post.Hours, ct);
        if (post.Pinned) await marks.PinAsync(id, on: true, by, ct);
        return id;
    }

    private async Task<Id<Poll>> PollAsync(Id<Status> id, CancellationToken ct) => await db.Polls.Where(p => p.StatusId == id).Select(p => p.Id).FirstAsync(ct);

    private async Task<(Visibility, Id<Group>?)> ForAsync(string words, Viewer by, CancellationToken ct)
    {
        if (!words.StartsWith("group:", StringComparison.Ordinal)) return (Enum.Parse<Visibility>(words, ignoreCase: true), null);
        var mine = await groups.OfMemberAsync(by.Actor.Demand(), ct);
        return (Visibility.Group, mine.First(g => g.Handle == words[6..]).Id);
    }

    private async Task MoveBackAsync(Id<Status> id, double hours, CancellationToken ct)
    {
        var at = db.Now.AddHours(-Math.Max(0.02, hours));
        await db.Statuses.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.CreatedAt, at), ct);
        await db.Notices.Where(n => n.StatusId == id).ExecuteUpdateAsync(set => set.SetProperty(n => n.CreatedAt, at), ct);
    }
}
