using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>The audit log.</summary>
public static class AuditAdmin
{
    public sealed record View(Id<AuditEntry> Id, DateTimeOffset At, ActorView? Actor, string Client, string? Address, string Action, Thing? Thing, string? Details);

    internal static void Map(RouteGroupBuilder admin) => admin.MapGet("/audit", HandleAsync)
        .Operation("listAudit", "Lists who did what, newest first; by member, act, thing or days", "home:admin", RateClass.Read, "not_found");

    /// <param name="by">The member's handle, or <c>system</c> for the house itself.</param>
    /// <param name="act">The beginning of the act: <c>member.</c>.</param>
    internal static async Task<Slice<View>> HandleAsync(
        string? by, string? act, Thing? thing, DateTimeOffset? from, DateTimeOffset? to, int? limit, string? cursor, KernelDb db, IMembers members, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        var page = new Page(limit, cursor);
        var rows = db.Audit.AsQueryable();
        if (by == "system") rows = rows.Where(a => a.ActorId == null);
        else if (by is { Length: > 0 })
        {
            var found = (await members.FindAsync([by.TrimStart('@')], ct)).Values.FirstOrDefault();
            if (found is null) return new([], null);
            rows = rows.Where(a => a.ActorId == found.Id);
        }

        if (act is { Length: > 0 }) rows = rows.Where(a => a.Action.StartsWith(act));
        if (thing is { } about) rows = rows.Where(a => a.Thing == about);
        if (from is { } start) rows = rows.Where(a => a.At >= start);
        if (to is { } end) rows = rows.Where(a => a.At < end);
        if (Cursor.Id<AuditEntry>(cursor) is { } before) rows = rows.Where(a => a.Id < before);

        var entries = await rows.OrderByDescending(a => a.Id).Take(page.Size + 1).ToListAsync(ct);
        var cut = Slice<AuditEntry>.Cut(entries, page.Size, a => a.Id.ToString());
        var people = await members.CardsAsync([.. cut.Items.Select(a => a.ActorId).OfType<Id<Member>>().Distinct()], ct);
        return cut.Select(a => new View(a.Id, a.At, CaseView.Person(a.ActorId, people), a.Client, a.Address, a.Action, a.Thing, a.Details));
    }
}
