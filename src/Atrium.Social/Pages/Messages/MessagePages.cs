using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>What is said to those mentioned alone, one row a conversation.</summary>
internal static class MessagePages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/social/conversations", ListAsync);
        pages.MapPost("/social/conversations/{id}/open", OpenAsync).Rate(RateClass.Write);
    }

    private static async Task<IResult> ListAsync(PageCall call, SocialDb db, StatusReader statuses, AccountReader accounts, PostShow show, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var me = viewer.Demand();
        var cursor = await OwnTopic.MessagesAsync(db, me, ct);
        var page = await call.Paging.CutAsync(db.Conversations.Where(c => c.AccountId == me && !c.Removed), c => c.LastStatusId, ct);
        var rows = await MineRoutes.EntitiesAsync(page.Rows, viewer, statuses, accounts, ct);
        var people = (await show.PeopleAsync([.. rows.SelectMany(r => r.Accounts).DistinctBy(a => a.Id)], ct)).ToDictionary(p => p.Id);
        return call.Page<Pages.MessagesPage>(new
        {
            Model = new MessagesModel([.. rows.Where(r => r.LastStatus is not null).OrderByDescending(r => r.Unread).Select(r => new MessageLine(
                r.Id, [.. r.Accounts.Select(a => people[a.Id])], WordDiff.Plain(r.LastStatus!.Content), r.LastStatus.CreatedAt, r.Unread))])
            {
                Older = call.Older(page), Newest = call.Newest(), Topic = OwnTopic.MessagesOf(me), Cursor = cursor, Here = call.Here,
            },
        });
    }

    // Opening one has read it; a form, because a link that writes would be followed by what only looks.
    private static async Task<IResult> OpenAsync(Id<ConversationRead> id, PageCall call, SocialDb db, CancellationToken ct)
    {
        var me = (await call.ViewerAsync(ct)).Demand();
        var href = await db.WriteAsync(
            async token =>
            {
                var row = await db.Conversations.AsTracking().FirstOrDefaultAsync(c => c.Id == id && c.AccountId == me, token) ?? throw Refusal.NotFound();
                row.Unread = false;
                return await (from s in db.Statuses join a in db.Accounts on s.AccountId equals a.Id where s.Id == row.LastStatusId select a.Domain == "" ? s.Url : "/@" + a.Username + "@" + a.Domain + "/" + s.Id.ToString()).FirstOrDefaultAsync(token);
            },
            ct);
        return call.SeeOther(href is null ? "/social/conversations" : call.Local(href));
    }
}

/// <summary>Private conversations, unread first.</summary>
public sealed class MessagesModel
{
    internal MessagesModel(IReadOnlyList<MessageLine> lines) => Lines = lines;

    internal IReadOnlyList<MessageLine> Lines { get; }

    internal string? Older { get; init; }

    internal string? Newest { get; init; }

    /// <summary>The topic that says when a conversation moves, where it stood when this was read, and where to read it again.</summary>
    internal string Topic { get; init; } = "";

    internal long Cursor { get; init; }

    internal string Here { get; init; } = "";
}

internal sealed record MessageLine(string Id, IReadOnlyList<PersonModel> With, string Said, DateTimeOffset At, bool Unread);
