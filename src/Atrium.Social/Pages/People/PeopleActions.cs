using System.Globalization;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>What one does to somebody by a button, and reports.</summary>
internal static class PeopleActions
{
    private const int Day = 24 * 3600;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapPost("/social/people/{id}", ActAsync).Rate(RateClass.Write);
        pages.MapGet("/social/report", ReportAsync);
        pages.MapPost("/social/report", SendAsync).Rate(RateClass.Write);
        pages.MapGet("/social/reported", (PageCall call) => call.Page<Pages.ReportedPage>(new { }));
    }

    private static async Task<IResult> ActAsync(Id<Account> id, PageCall call, FollowAccount follows, BlockAccount blocks, MuteAccount mutes, EndorseAccount endorse, NoteAccount notes, BlockDomain domains, SocialDb db, CancellationToken ct)
    {
        var form = await call.Http.Request.ReadFormAsync(ct);
        var viewer = await call.ViewerAsync(ct);
        await (form.Text("act") switch
        {
            "follow" => follows.HandleAsync(id, new(), viewer, ct),
            "unfollow" => follows.UnfollowAsync(id, viewer, ct),
            "watch" => follows.HandleAsync(id, new(Notify: true), viewer, ct),
            "unwatch" => follows.HandleAsync(id, new(Notify: false), viewer, ct),
            "boosts" => follows.HandleAsync(id, new(ShowBoosts: true), viewer, ct),
            "no-boosts" => follows.HandleAsync(id, new(ShowBoosts: false), viewer, ct),
            "drop" => follows.RemoveFollowerAsync(id, viewer, ct),
            "accept" => follows.AuthorizeAsync(id, viewer, ct),
            "decline" => follows.RejectAsync(id, viewer, ct),
            "mute" => mutes.HandleAsync(id, true, null, viewer, ct),
            "mute-day" => mutes.HandleAsync(id, true, Day, viewer, ct),
            "unmute" => mutes.UnmuteAsync(id, viewer, ct),
            "endorse" => endorse.HandleAsync(id, viewer, ct),
            "unendorse" => endorse.UndoAsync(id, viewer, ct),
            "note" => notes.HandleAsync(id, form.Said("note"), viewer, ct),
            "block" => blocks.HandleAsync(id, viewer, ct),
            "block-server" => domains.HandleAsync(await db.Accounts.Where(a => a.Id == id).Select(a => a.Domain).FirstOrDefaultAsync(ct), true, viewer, ct),
            "unblock" => blocks.UnblockAsync(id, viewer, ct),
            _ => throw Refusal.Invalid("act", "Nothing is known of that."),
        });
        return call.SeeOther(form.Back("/social"));
    }

    private static Task<IResult> ReportAsync(string? status, string? person, PageCall call, Things things, HouseRules rules, SocialDb db, CancellationToken ct) => PageAsync(Subject(status, person), FormState.Fresh, call, things, rules, db, ct);

    private static async Task<IResult> PageAsync(Thing about, FormState state, PageCall call, Things things, HouseRules rules, SocialDb db, CancellationToken ct) =>
        call.Page<Pages.ReportPage>(new { About = await things.CardAsync(about, call.Actor, ct) ?? throw Refusal.NotFound(), Rules = (IReadOnlyList<Option>)[.. (await rules.AllAsync(ct)).Select(r => new Option(r.Id, r.Text))], Elsewhere = (await AccountOfAsync(about, db, ct))?.Domain, State = state });

    private static Task<IResult> SendAsync(PageCall call, FileReport file, Things things, HouseRules rules, SocialDb db, CancellationToken ct)
    {
        Thing about = default;
        return call.SendAsync(
            async form =>
            {
                if (!Thing.TryParse(form.Text("thing"), null, out about) || await AccountOfAsync(about, db, ct) is not { } account) throw Refusal.NotFound();
                await file.HandleAsync(
                    account.Id, new(about.Kind == "status" ? [about.As<Status>()] : [], form.Text("category"), form.Said("comment"), [.. form["rule"].OfType<string>()], form.Ticked("forward")), await call.ViewerAsync(ct), ct);
                return "/social/reported";
            },
            (state, _) => PageAsync(about, state, call, things, rules, db, ct));
    }

    // Whom a report is about: of a post, its author.
    private static async Task<Account?> AccountOfAsync(Thing about, SocialDb db, CancellationToken ct)
    {
        var (account, post) = (about.As<Account>(), about.As<Status>());
        if (about.Kind == "account") return await db.Accounts.FirstOrDefaultAsync(a => a.Id == account, ct);
        return await db.Accounts.FirstOrDefaultAsync(a => db.Statuses.Any(s => s.Id == post && s.AccountId == a.Id), ct);
    }

    private static Thing Subject(string? status, string? person) =>
        Id<Status>.TryParse(status, null, out var post) ? Thing.Of("status", post) : Id<Account>.TryParse(person, null, out var account) ? Thing.Of("account", account) : throw Refusal.NotFound();
}
