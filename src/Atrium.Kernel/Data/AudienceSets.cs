using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Data;

/// <summary>The one rule of visibility, and the stored sets behind it.</summary>
public static class AudienceSets
{
    /// <summary>Only rows whose audience includes <paramref name="actor"/>. The house itself sees everything.</summary>
    public static IQueryable<T> VisibleTo<T>(this IQueryable<T> rows, Actor actor, ModuleDb db, Expression<Func<T, Audience>> audience)
    {
        if (actor.IsSystem) return rows;
        Expression<Func<Audience, bool>> rule = Rule(actor, db);
        var body = new Replace(rule.Parameters[0], audience.Body).Visit(rule.Body);
        return rows.Where(Expression.Lambda<Func<T, bool>>(body, audience.Parameters));
    }

    /// <summary>Whether <paramref name="actor"/> is among <paramref name="audience"/>.</summary>
    public static async Task<bool> IncludesAsync(this ModuleDb db, Audience audience, Actor actor, CancellationToken ct)
    {
        if (audience.IsPublic || actor.IsSystem) return true;
        if (actor.MemberId is not { } me) return false;
        if (audience == Audience.Members) return actor.Role > Role.Guest;
        if (audience == Audience.Only(me)) return true;
        var self = Principal.Of(me);
        return await db.AudienceGrants.AnyAsync(
            g => g.Audience == audience && (g.Principal == self || db.PrincipalMembers.Any(p => p.Principal == g.Principal && p.MemberId == me)), ct);
    }

    /// <summary>The members that <paramref name="audience"/> lists, one by one or through their principals; null when it is open to all members.</summary>
    public static async Task<IReadOnlySet<Id<Member>>?> MembersAsync(this ModuleDb db, Audience audience, CancellationToken ct)
    {
        if (audience.Ref is 0 or 1) return null;
        var principals = await db.AudienceGrants.Where(g => g.Audience == audience).Select(g => g.Principal).ToListAsync(ct);
        if (principals.Count == 0) return new HashSet<Id<Member>> { new(audience.Ref) };
        var members = await db.PrincipalMembers.Where(p => principals.Contains(p.Principal)).Select(p => p.MemberId).ToListAsync(ct);
        foreach (var principal in principals)
            if (Thing.TryParse(principal, null, out var thing) && thing.Kind == "member")
                members.Add(thing.As<Member>());
        return members.ToHashSet();
    }

    /// <summary>Makes the stored set <paramref name="audience"/> list exactly <paramref name="principals"/>. Save afterwards.</summary>
    public static async Task SetAudienceAsync(this ModuleDb db, Audience audience, IReadOnlyCollection<string> principals, CancellationToken ct)
    {
        var held = await db.AudienceGrants.AsTracking().Where(g => g.Audience == audience).ToListAsync(ct);
        db.AudienceGrants.RemoveRange(held.Where(g => !principals.Contains(g.Principal)));
        foreach (var principal in principals.Except(held.Select(g => g.Principal)))
            db.AudienceGrants.Add(new() { Audience = audience, Principal = principal });
    }

    private static Expression<Func<Audience, bool>> Rule(Actor actor, ModuleDb db)
    {
        if (actor.MemberId is not { } me) return a => a == Audience.Public;
        var self = Principal.Of(me);
        var mine = Audience.Only(me);
        var house = actor.Role > Role.Guest ? Audience.Members : Audience.Public;
        return a => a == Audience.Public || a == house || a == mine
            || db.AudienceGrants.Any(g => g.Audience == a
                && (g.Principal == self || db.PrincipalMembers.Any(p => p.Principal == g.Principal && p.MemberId == me)));
    }

    private sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
