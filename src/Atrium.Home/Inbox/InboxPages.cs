using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static Atrium.Home.PageAnswers;

namespace Atrium.Home;

/// <summary><c>/inbox</c> and the links under mails.</summary>
internal static class InboxPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/inbox", ListAsync);
        pages.MapGet("/inbox/{id:long}", OpenAsync);
        pages.MapPost("/inbox/read", ReadAsync);
        pages.MapPost("/inbox/{id:long}/read", ReadOneAsync);
        pages.MapPost("/inbox/mute", MuteAsync);
        pages.MapGet(MailLinks.Path, AskAsync).AllowAnonymous();
        // Mail programs post here themselves (RFC 8058); the key in the address is the proof.
        pages.MapPost(MailLinks.Path, FollowAsync).AllowAnonymous().AllowCrossSite().Rate(RateClass.Secret);
    }

    private static async Task<IResult> ListAsync(bool? all, string? room, string? cursor, HomeDb db, IMembers members, NotificationKinds kinds, Actor actor, CancellationToken ct)
    {
        var stands = await CountUnread.HandleAsync(db, actor, ct);
        var notices = await ListInbox.HandleAsync(all != true, room, null, cursor, db, members, kinds, actor, ct);
        return Show<InboxPage>(new { Notices = notices, Unread = stands.Unread, Cursor = long.Parse(stands.Cursor), All = all == true, RoomName = room, Topic = InboxTopic.Of(actor.Demand()), Now = db.Now });
    }

    private static async Task<IResult> OpenAsync(Id<Notice> id, HomeDb db, Actor actor, CancellationToken ct)
    {
        await ReadNotice.ReadAsync(id, db, actor, ct);
        return SeeOther(await db.Notices.Where(n => n.Id == id).Select(n => n.Href).FirstAsync(ct));
    }

    private static Task<IResult> ReadAsync(HttpRequest request, HomeDb db, Actor actor, CancellationToken ct) => TryAsync(
        request,
        async form =>
        {
            await ReadInbox.HandleAsync(
                new(Thing.TryParse(form.Text("subject"), null, out var subject) ? subject : null, DateTimeOffset.TryParse(form.Text("until"), out var until) ? until : null), db, actor, ct);
            return SeeOther(form.Text("back") ?? "/inbox");
        },
        _ => Task.FromResult(SeeOther("/inbox")));

    private static async Task<IResult> ReadOneAsync(Id<Notice> id, HttpRequest request, HomeDb db, Actor actor, CancellationToken ct)
    {
        var form = await request.ReadFormAsync(ct);
        if (form["read"] == "false") await ReadNotice.UnreadAsync(id, db, actor, ct);
        else await ReadNotice.ReadAsync(id, db, actor, ct);
        return SeeOther(form.Text("back") ?? "/inbox");
    }

    private static Task<IResult> MuteAsync(HttpRequest request, HomeDb db, Things things, Actor actor, CancellationToken ct) => TryAsync(
        request,
        async form =>
        {
            if (!Thing.TryParse(form.Text("cause"), null, out var cause)) throw Refusal.NotFound();
            await MuteCause.HandleAsync(new(cause), db, things, actor, ct);
            return SeeOther("/settings/notifications#muted");
        },
        _ => Task.FromResult(SeeOther("/inbox")));

    private static async Task<IResult> AskAsync(string? key, MailLinks links, HomeDb db, NotificationKinds kinds, CancellationToken ct) =>
        Show<MailLinkPage>(new { Key = key ?? "", Question = await FollowMailLink.DescribeAsync(links.Read(key), db, kinds, ct), Done = false });

    private static async Task<IResult> FollowAsync(string? key, MailLinks links, HomeDb db, NotificationKinds kinds, CancellationToken ct)
    {
        var link = links.Read(key);
        await FollowMailLink.HandleAsync(link, db, kinds, ct);
        return Show<MailLinkPage>(new { Key = key ?? "", Question = await FollowMailLink.DescribeAsync(link, db, kinds, ct), Done = true });
    }
}
