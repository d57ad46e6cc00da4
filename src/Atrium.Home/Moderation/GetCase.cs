using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>A case with its reports, notes and sanctions.</summary>
internal static class GetCase
{
    private const int Most = 200;

    public static void Map(RouteGroupBuilder moderation) => moderation.MapGet("/cases/{id}", HandleAsync)
        .Operation("getCase", "Shows a case with its reports, notes and sanctions", "home:moderate", RateClass.Read, "not_found");

    public static async Task<CaseFile> HandleAsync(
        Id<Case> id, HomeDb db, Things things, IMembers members, IEnumerable<IModerationSubject> subjects, Actor actor, CancellationToken ct)
    {
        actor.DemandModerator();
        var found = await db.Cases.FirstOrDefaultAsync(c => c.Id == id, ct) ?? throw Refusal.NotFound();
        var reports = await db.Reports.Where(r => r.CaseId == id).OrderByDescending(r => r.Id).Take(Most).ToListAsync(ct);
        var notes = await db.CaseNotes.Where(n => n.CaseId == id).OrderBy(n => n.Id).Take(Most).ToListAsync(ct);
        var sanctions = await db.Sanctions.Where(s => s.CaseId == id).OrderBy(s => s.Id).Take(Most).ToListAsync(ct);
        var standing = await db.Measures.Where(m => m.Thing == found.Thing).Select(m => m.Key).ToListAsync(ct);
        var subject = subjects.FirstOrDefault(s => s.Kind == found.Thing.Kind);
        var card = await things.CardAsync(found.Thing, Actor.System, ct);
        Id<Member>?[] asked =
        [
            found.OwnerId, found.ClosedBy, .. reports.Select(r => r.ReporterId), .. notes.Select(n => n.AuthorId),
            .. sanctions.Select(s => s.By), .. sanctions.Select(s => (Id<Member>?)s.MemberId),
        ];
        var people = await members.CardsAsync([.. asked.OfType<Id<Member>>().Distinct()], ct);
        return new(
            CaseView.Of(found, card, people),
            [.. reports.Select(r => new ReportView(CaseView.Person(r.ReporterId, people), r.Category, r.Comment, r.CreatedAt))],
            [.. notes.Select(n => new NoteView(CaseView.Person(n.AuthorId, people), n.Text, n.CreatedAt))],
            [.. sanctions.Select(s => SanctionView.Of(s, people))],
            subject is not null,
            subject is null ? [] : await subject.ContextAsync(found.Thing, ct),
            subject is null ? [] : [.. subject.Measures.Select(m => new MeasureView(m.Key, m.Verb, m.Hint, standing.Contains(m.Key)))]);
    }
}
