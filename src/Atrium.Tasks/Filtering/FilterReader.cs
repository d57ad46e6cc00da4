using System.Globalization;
using System.Linq.Expressions;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;
using NodaTime;

// These comparisons are the database's, which knows neither cultures nor StringComparison.
#pragma warning disable CA1304, CA1311, CA1862

namespace Atrium.Tasks;

/// <summary>Turns a parsed filter into a condition on tasks. Names are looked up by the statement itself; only handles and what one watches are read before.</summary>
internal sealed class FilterReader(TasksDb db, IMembers members)
{
    public async Task<Expression<Func<TaskItem, bool>>> CompileAsync(FilterNode node, Actor actor, CancellationToken ct)
    {
        var leaves = Leaves(node).ToList();
        var handles = leaves.SelectMany(l => l.Values).OfType<FilterValue.Handle>().Select(h => h.Text).Distinct().ToList();
        var found = handles.Count == 0 ? new Dictionary<string, MemberCard>() : await members.FindAsync(handles, ct);
        var watches = leaves.Any(l => l.Values.Any(v => v is FilterValue.Flag { What: FilterFlag.Watched })) && actor.MemberId is { } me
            ? await db.Watches.Where(w => w.MemberId == me).ToListAsync(ct)
            : [];
        return new FilterCompiler(db, actor, Instant.FromDateTimeOffset(db.Now), Zones.Of(actor), found.ToDictionary(f => f.Key, f => f.Value.Id), watches).Compile(node);
    }

    private static IEnumerable<FilterNode.Comparison> Leaves(FilterNode node) => node switch
    {
        FilterNode.And and => and.Parts.SelectMany(Leaves),
        FilterNode.Or or => or.Parts.SelectMany(Leaves),
        FilterNode.Not not => Leaves(not.Inner),
        FilterNode.Comparison comparison => [comparison],
        _ => [],
    };
}

/// <summary>The compiler itself: pure, once it was given what had to be read.</summary>
internal sealed class FilterCompiler(TasksDb db, Actor actor, Instant now, DateTimeZone zone, IReadOnlyDictionary<string, Id<Member>> handles, IReadOnlyList<Watch> watches)
{
    private static readonly Expression<Func<TaskItem, bool>> Everything = t => true;
    private static readonly Expression<Func<TaskItem, bool>> Nothing = t => false;

    public Expression<Func<TaskItem, bool>> Compile(FilterNode node) => node switch
    {
        FilterNode.And and => and.Parts.Select(Compile).Aggregate(Everything, Both),
        FilterNode.Or or => or.Parts.Select(Compile).Aggregate(Nothing, Either),
        FilterNode.Not not => Inverse(Compile(not.Inner)),
        FilterNode.TextMatch text => Text(text.Text.ToLowerInvariant()),
        FilterNode.Comparison { Op: FilterOp.NotEqual } comparison => Inverse(Any(comparison with { Op = FilterOp.Equal })),
        FilterNode.Comparison comparison => Any(comparison),
        _ => throw new InvalidOperationException(),
    };

    private Expression<Func<TaskItem, bool>> Any(FilterNode.Comparison c) =>
        c.Values.Select(v => One(c.Field, c.Op, v)).Aggregate(Nothing, Either);

    private Expression<Func<TaskItem, bool>> One(FilterField field, FilterOp op, FilterValue value)
    {
        switch (field, value)
        {
            case (FilterField.Status, FilterValue.OfCategory { Category: var category }): return t => t.Category == category;
            case (FilterField.Status, FilterValue.Name { Text: var name }):
                var column = name.ToLowerInvariant();
                return t => db.Columns.Any(c => c.Id == t.ColumnId && c.Name.ToLower() == column);
            case (FilterField.Assignee, FilterValue.None): return t => !db.Assignees.Any(a => a.TaskId == t.Id);
            case (FilterField.Assignee, FilterValue.Me): return actor.MemberId is { } me ? Assigned(me) : Nothing;
            case (FilterField.Assignee, FilterValue.Handle { Text: var handle }): return handles.TryGetValue(handle, out var member) ? Assigned(member) : Nothing;
            case (FilterField.Label, FilterValue.None): return t => !db.TaskLabels.Any(l => l.TaskId == t.Id);
            case (FilterField.Label, FilterValue.Name { Text: var name }):
                var label = name.ToLowerInvariant();
                return t => db.TaskLabels.Any(l => l.TaskId == t.Id && db.Labels.Any(x => x.Id == l.LabelId && x.Name.ToLower() == label));
            case (FilterField.Project, FilterValue.Name { Text: var name }):
                var tree = db.Named(name);
                return t => tree.Any(p => p.ProjectId == t.ProjectId);
            case (FilterField.Parent, FilterValue.None): return t => t.ParentId == null;
            case (FilterField.Parent, FilterValue.Name { Text: var name }): return Parent(name);
            case (FilterField.Priority or FilterField.Percent, FilterValue.Range range): return Number(field, op, range);
            case (FilterField.Is, FilterValue.Flag { What: var flag }): return Is(flag);
            case (FilterField.Due, FilterValue.None): return t => t.NextDueSort == null;
            case (FilterField.Start, FilterValue.None): return t => t.StartSort == null;
            case (FilterField.Done, FilterValue.None): return t => t.CompletedAt == null;
            case (_, FilterValue.None): return Nothing;
            case (_, FilterValue.Date { Expression: var date }): return Date(field, op, date);
            default: return Nothing;
        }
    }

    private Expression<Func<TaskItem, bool>> Assigned(Id<Member> member) => t => db.Assignees.Any(a => a.TaskId == t.Id && a.MemberId == member);

    private Expression<Func<TaskItem, bool>> Parent(string name)
    {
        var dash = name.LastIndexOf('-');
        if (dash <= 0 || !long.TryParse(name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Nothing;
        var key = name[..dash].ToUpperInvariant();
        return t => db.Tasks.Any(p => p.Id == t.ParentId && p.Number == number && db.Projects.Any(x => x.Id == p.ProjectId && x.Key == key));
    }

    private static Expression<Func<TaskItem, bool>> Text(string words) => t => t.Title.ToLower().Contains(words) || t.Description.ToLower().Contains(words);

    private static Expression<Func<TaskItem, bool>> Number(FilterField field, FilterOp op, FilterValue.Range range)
    {
        var (from, to) = op switch
        {
            FilterOp.Less => (int.MinValue, range.From - 1),
            FilterOp.LessOrEqual => (int.MinValue, range.To),
            FilterOp.Greater => (range.To + 1, int.MaxValue),
            FilterOp.GreaterOrEqual => (range.From, int.MaxValue),
            _ => (range.From, range.To),
        };

        // No priority is not a high one.
        if (field == FilterField.Percent) return t => t.Percent >= from && t.Percent <= to;
        if (op is FilterOp.Less or FilterOp.LessOrEqual && range.From > 0) return t => t.Priority >= 1 && t.Priority <= to;
        return t => t.Priority >= from && t.Priority <= to;
    }

    private Expression<Func<TaskItem, bool>> Is(FilterFlag flag)
    {
        switch (flag)
        {
            case FilterFlag.Overdue:
                var (instant, local) = (now.ToDateTimeOffset(), AsUtc(now.InZone(zone).LocalDateTime));
                var day = local.AddDays(-1);
                return t => (t.Category == Category.Todo || t.Category == Category.Doing) && t.NextDueSort != null
                    && (((t.NextDueKind == WhenKind.Zoned || t.NextDueKind == WhenKind.Utc) && t.NextDueSort <= instant)
                        || (t.NextDueKind == WhenKind.Floating && t.NextDueSort <= local)
                        || (t.NextDueKind == WhenKind.Date && t.NextDueSort <= day));
            case FilterFlag.Recurring: return t => db.Recurrences.Any(r => r.TaskId == t.Id);
            case FilterFlag.Blocked:
                return t => db.Relations.Any(r => r.To == t.Id && r.Kind == RelationKind.Blocks
                    && db.Tasks.Any(b => b.Id == r.From && b.DeletedAt == null && (b.Category == Category.Todo || b.Category == Category.Doing)));
            case FilterFlag.Unassigned: return t => !db.Assignees.Any(a => a.TaskId == t.Id);
            case FilterFlag.NeedsPeople:
                return t => (t.Category == Category.Todo || t.Category == Category.Doing) && t.Places != null && db.Places.Count(x => x.TaskId == t.Id && x.SlotNo != null) < t.Places;
            case FilterFlag.Personal: return Personal();
            case FilterFlag.Mine:
                if (actor.MemberId is not { } me) return Nothing;
                return Either(Either(Personal(), Assigned(me)), t => db.Places.Any(x => x.TaskId == t.Id && x.MemberId == me && x.SlotNo != null));
            default: return Watched();
        }
    }

    private Expression<Func<TaskItem, bool>> Personal() => actor.MemberId is { } me ? t => db.Projects.Any(p => p.Id == t.ProjectId && p.PersonalOf == me) : Nothing;

    private Expression<Func<TaskItem, bool>> Watched()
    {
        if (actor.MemberId is not { } me) return Nothing;
        var (tasks, muted, projects) = (Targets("task", WatchLevel.Watch).Select(k => new Id<TaskItem>(k)).ToList(), Targets("task", WatchLevel.Mute).Select(k => new Id<TaskItem>(k)).ToList(), Targets("project", WatchLevel.Watch).Select(k => new Id<Project>(k)).ToList());
        return t => !muted.Contains(t.Id) && (tasks.Contains(t.Id) || projects.Contains(t.ProjectId) || t.CreatedBy == me || db.Assignees.Any(a => a.TaskId == t.Id && a.MemberId == me));
    }

    private IEnumerable<long> Targets(string kind, WatchLevel level) =>
        watches.Where(w => w.Level == level).Select(w => Thing.Parse(w.Target)).Where(t => t.Kind == kind).Select(t => t.Key);

    private Expression<Func<TaskItem, bool>> Date(FilterField field, FilterOp op, DateExpression date)
    {
        var (localFrom, localTo) = date.Resolve(now.InZone(zone).LocalDateTime);
        var (instantFrom, instantTo) = date.Resolve(now, zone);
        if (localFrom == localTo) (localTo, instantTo) = (localTo.PlusSeconds(1), instantTo.Plus(NodaTime.Duration.FromSeconds(1)));
        var (from, to) = Bounds(op, instantFrom.ToDateTimeOffset(), instantTo.ToDateTimeOffset());
        var (wallFrom, wallTo) = Bounds(op, AsUtc(localFrom), AsUtc(localTo));
        return field switch
        {
            FilterField.Created => t => t.CreatedAt >= from && t.CreatedAt < to,
            FilterField.Updated => t => t.UpdatedAt >= from && t.UpdatedAt < to,
            FilterField.Done => t => t.CompletedAt >= from && t.CompletedAt < to,
            FilterField.Start => t => t.StartSort != null && ((t.StartKind == WhenKind.Zoned || t.StartKind == WhenKind.Utc)
                ? t.StartSort >= from && t.StartSort < to
                : t.StartSort >= wallFrom && t.StartSort < wallTo),
            _ => t => t.NextDueSort != null && ((t.NextDueKind == WhenKind.Zoned || t.NextDueKind == WhenKind.Utc)
                ? t.NextDueSort >= from && t.NextDueSort < to
                : t.NextDueSort >= wallFrom && t.NextDueSort < wallTo),
        };
    }

    /// <summary>What an operator leaves of all time, given a stretch of it.</summary>
    private static (DateTimeOffset From, DateTimeOffset To) Bounds(FilterOp op, DateTimeOffset from, DateTimeOffset to) => op switch
    {
        FilterOp.Less => (Earliest, from),
        FilterOp.LessOrEqual => (Earliest, to),
        FilterOp.Greater => (to, Latest),
        FilterOp.GreaterOrEqual => (from, Latest),
        _ => (from, to),
    };

    private static DateTimeOffset Earliest { get; } = new(1, 1, 2, 0, 0, 0, TimeSpan.Zero);

    private static DateTimeOffset Latest { get; } = new(9999, 12, 30, 0, 0, 0, TimeSpan.Zero);

    private static DateTimeOffset AsUtc(LocalDateTime local) => new(DateTime.SpecifyKind(local.ToDateTimeUnspecified(), DateTimeKind.Utc));

    private static Expression<Func<TaskItem, bool>> Inverse(Expression<Func<TaskItem, bool>> inner) => Expression.Lambda<Func<TaskItem, bool>>(Expression.Not(inner.Body), inner.Parameters);

    private static Expression<Func<TaskItem, bool>> Both(Expression<Func<TaskItem, bool>> a, Expression<Func<TaskItem, bool>> b) =>
        ReferenceEquals(a, Everything) ? b : Expression.Lambda<Func<TaskItem, bool>>(Expression.AndAlso(a.Body, BodyOf(b, a)), a.Parameters);

    private static Expression<Func<TaskItem, bool>> Either(Expression<Func<TaskItem, bool>> a, Expression<Func<TaskItem, bool>> b) =>
        ReferenceEquals(a, Nothing) ? b : Expression.Lambda<Func<TaskItem, bool>>(Expression.OrElse(a.Body, BodyOf(b, a)), a.Parameters);

    private static Expression BodyOf(Expression<Func<TaskItem, bool>> condition, Expression<Func<TaskItem, bool>> like) => new Swap(condition.Parameters[0], like.Parameters[0]).Visit(condition.Body);

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
