using System.Globalization;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Reads tasks as people see them: one statement for the rows, one for what stands beside them, one for names.</summary>
internal sealed class TaskReader(TasksDb db, IMembers members)
{
    /// <summary>The rows of those <paramref name="tasks"/> that somebody sees.</summary>
    public IQueryable<TaskRow> Rows(IQueryable<TaskItem> tasks, SeenProjects seen, Actor actor) =>
        from s in db.Seen(tasks, seen, actor)
        join column in db.Columns on s.Task.ColumnId equals column.Id
        select new TaskRow
        {
            Id = s.Task.Id,
            ProjectId = s.Task.ProjectId,
            ProjectKey = s.Project.Key,
            ProjectTitle = s.Project.Title,
            ProjectColor = s.Project.Color,
            Number = s.Task.Number,
            ColumnId = column.Id,
            ColumnName = column.Name,
            Category = s.Task.Category,
            Title = s.Task.Title,
            Start = s.Task.Start,
            Due = s.Task.Due,
            NextDue = s.Task.NextDue,
            NextDueSort = s.Task.NextDueSort,
            Priority = s.Task.Priority,
            Percent = s.Task.Percent,
            ParentId = s.Task.ParentId,
            ChildrenTotal = db.Tasks.Count(c => c.ParentId == s.Task.Id && c.DeletedAt == null && c.Category != Category.Cancelled),
            ChildrenDone = db.Tasks.Count(c => c.ParentId == s.Task.Id && c.DeletedAt == null && c.Category == Category.Done),
            ChecklistTotal = db.Checklist.Count(i => i.TaskId == s.Task.Id),
            ChecklistDone = db.Checklist.Count(i => i.TaskId == s.Task.Id && i.Done),
            Places = s.Task.Places,
            PlacesTaken = db.Places.Count(x => x.TaskId == s.Task.Id && x.SlotNo != null),
            PlacesQueued = db.Places.Count(x => x.TaskId == s.Task.Id && x.SlotNo == null),
            Recurrence = s.Task.Recurrence,
            Files = db.Files.Count(f => f.TaskId == s.Task.Id),
            Cover = s.Task.CoverFileId,
            CompletedAt = s.Task.CompletedAt,
            CompletedBy = s.Task.CompletedBy,
            CreatedBy = s.Task.CreatedBy,
            CreatedAt = s.Task.CreatedAt,
            UpdatedAt = s.Task.UpdatedAt,
            Rank = s.Task.Rank,
            Seq = s.Task.Seq,
            Revision = s.Task.Revision,
        };

    /// <summary>Puts people, labels and blockers to rows: two statements, however many rows.</summary>
    public async Task<IReadOnlyList<TaskCard>> CardsAsync(IReadOnlyList<TaskRow> rows, Actor actor, CancellationToken ct)
    {
        if (rows.Count == 0) return [];
        var (pieces, people) = await BesideAsync(rows, actor, ct);
        var (now, zone) = (Instant.FromDateTimeOffset(db.Now), Zones.Of(actor));
        return [.. rows.Select(r => Fill(new TaskCard { Id = r.Id, Number = r.Number, Project = RefOf(r), Column = ColumnOf(r), Title = r.Title, Children = new(0, 0), Checklist = new(0, 0), Rank = r.Rank }, r, pieces, people, now, zone))];
    }

    /// <summary>The card of each of <paramref name="ids"/> that the actor can see.</summary>
    public async Task<IReadOnlyDictionary<Id<TaskItem>, TaskCard>> CardsAsync(IReadOnlyCollection<Id<TaskItem>> ids, Actor actor, CancellationToken ct)
    {
        var rows = await Rows(db.Tasks.Where(t => ids.Contains(t.Id)), await db.SeenAsync(actor, ct), actor).ToListAsync(ct);
        return (await CardsAsync(rows, actor, ct)).ToDictionary(c => c.Id);
    }

    /// <summary>One task, whole.</summary>
    /// <exception cref="Refusal">NotFound.</exception>
    public async Task<TaskView> ViewAsync(Id<TaskItem> id, Actor actor, CancellationToken ct)
    {
        var seen = await db.SeenAsync(id, actor, ct);
        var row = await Rows(db.Tasks.Where(t => t.Id == id), seen, actor).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound();
        var task = await db.Tasks.Include(t => t.Recurrence).Include(t => t.Checklist).Include(t => t.Reminders).AsSplitQuery().FirstAsync(t => t.Id == id, ct);
        var target = Thing.Of("task", id).ToString();
        var me = actor.MemberId ?? default;
        var own = await db.Tasks.Where(t => t.Id == id).Select(t => new
        {
            Watch = db.Watches.Where(w => w.MemberId == me && w.Target == target).Select(w => (WatchLevel?)w.Level).FirstOrDefault(),
            Raw = db.DavResources.Where(r => r.TaskId == id).Select(r => r.Raw).FirstOrDefault(),
        }).FirstAsync(ct);
        var (pieces, people) = await BesideAsync([row], actor, ct);
        var html = await Markup.RenderAsync(task.Description, resolve: ResolveAsync, ct: ct);
        var view = new TaskView
        {
            Id = id,
            Number = row.Number,
            Project = RefOf(row),
            Column = ColumnOf(row),
            Title = row.Title,
            Children = new(0, 0),
            Checklist = new(0, 0),
            Rank = row.Rank,
            Description = task.Description,
            DescriptionHtml = html.Html.Value,
            Duration = task.Duration,
            Uid = task.Uid,
            CreatedByPerson = PersonOf(row.CreatedBy, people),
            CompletedBy = PersonOf(row.CompletedBy, people),
            ChecklistItems = [.. task.Checklist.OrderBy(i => i.Rank, StringComparer.Ordinal).Select(i => new ChecklistItemView(i.Id, i.Text, i.Done))],
            Reminders = [.. task.Reminders.OrderBy(r => r.Id).Select(r => new ReminderView(r.Id, r.Anchor, r.At, r.OffsetSeconds, r.AcknowledgedAt is not null))],
            NextDates = task.NextDates(5),
            Role = seen.RoleIn(row.ProjectId),
            Watch = own.Watch,
            Unread = UnreadPart.AllOf(own.Raw, task),
        };
        var filled = (TaskView)Fill(view, row, pieces, people, Instant.FromDateTimeOffset(db.Now), Zones.Of(actor));
        return filled with { Mine = filled.Places?.Mine > 0 || filled.Assignees.Any(a => actor.Is(a.Id)) };
    }

    private async ValueTask<IReadOnlyDictionary<string, string>> ResolveAsync(IReadOnlyCollection<string> handles, CancellationToken ct) =>
        (await members.FindAsync(handles, ct)).ToDictionary(f => f.Key, f => f.Value.Href);

    private async Task<(ILookup<Id<TaskItem>, Piece> Pieces, IReadOnlyDictionary<Id<Member>, MemberCard> People)> BesideAsync(IReadOnlyList<TaskRow> rows, Actor actor, CancellationToken ct)
    {
        var pieces = new List<Piece>();
        await db.ReadSqlAsync(
            $$"""
            SELECT a.task_id, 'assignee' AS kind, a.member_id AS ref, CAST(NULL AS text) AS name, CAST(NULL AS text) AS extra
            FROM tasks_task_assignee a WHERE {{db.Among("a.task_id", "{3}")}}
            UNION ALL
            SELECT tl.task_id, 'label', l.id, l.name, l.color
            FROM tasks_task_label tl JOIN tasks_label l ON l.id = tl.label_id WHERE {{db.Among("tl.task_id", "{3}")}}
            UNION ALL
            SELECT x.task_id, 'place', COALESCE(x.slot_no, 0), NULL, NULL
            FROM tasks_place x WHERE x.member_id = {1} AND {{db.Among("x.task_id", "{3}")}}
            UNION ALL
            SELECT r.to_id, 'blocker', b.id, b.title, p.key || '-' || b.number
            FROM tasks_relation r
            JOIN tasks_task_item b ON b.id = r.from_id AND b.deleted_at IS NULL AND b.category IN ('Todo', 'Doing')
            JOIN tasks_project p ON p.id = b.project_id
            WHERE r.kind = 'Blocks' AND {{db.Among("r.to_id", "{3}")}} AND b.project_id IN (SELECT v.project_id FROM ({{TasksDb.AccessSql(actor)}}) v)
            """,
            [.. TasksDb.AccessParameters(actor), db.SetOf(rows.Select(r => r.Id.Value))],
            row => pieces.Add(new(new(row.GetInt64(0)), row.GetString(1), row.GetInt64(2), row.Text(3), row.Text(4))),
            ct);
        var wanted = pieces.Where(p => p.Kind == Piece.Assignee).Select(p => new Id<Member>(p.Ref))
            .Concat(rows.SelectMany(r => r.Recurrence?.Rotation?.Members ?? []))
            .Concat(rows.Select(r => r.CompletedBy).OfType<Id<Member>>());
        if (rows is [var only] && only.CreatedBy is { } author) wanted = wanted.Append(author);
        var asked = wanted.Distinct().ToList();
        return (pieces.ToLookup(p => p.TaskId), await members.CardsAsync(asked, ct));
    }

    private static TaskCard Fill(TaskCard card, TaskRow r, ILookup<Id<TaskItem>, Piece> pieces, IReadOnlyDictionary<Id<Member>, MemberCard> people, Instant now, DateTimeZone zone)
    {
        var beside = pieces[r.Id];
        var mine = beside.Where(p => p.Kind == Piece.Mine).Select(p => (int?)p.Ref).FirstOrDefault();
        return card with
        {
            Key = KeyOf(r.ProjectKey, r.Number),
            Start = r.Start,
            Due = r.Due,
            NextDue = r.NextDue,
            Overdue = r.Category <= Category.Doing && r.NextDue is { } due && due.IsOverdue(now, zone),
            Priority = r.Priority,
            Percent = r.Percent,
            Assignees = [.. beside.Where(p => p.Kind == Piece.Assignee).Select(p => PersonOf(new Id<Member>(p.Ref), people)!)],
            Labels = [.. beside.Where(p => p.Kind == Piece.Label).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Select(p => new LabelView(new(p.Ref), p.Name!, p.Extra!))],
            Parent = r.ParentId,
            Children = new(r.ChildrenTotal, r.ChildrenDone),
            Checklist = new(r.ChecklistTotal, r.ChecklistDone),
            Recurrence = Told(r.Recurrence, people),
            Places = r.Places is { } needed ? new(needed, r.PlacesTaken, r.PlacesQueued, mine) : null,
            BlockedBy = [.. beside.Where(p => p.Kind == Piece.Blocker).Select(p => new BlockerView(new(p.Ref), p.Extra, p.Name!))],
            Attachments = r.Files,
            Cover = r.Cover,
            CompletedAt = r.CompletedAt,
            CreatedBy = r.CreatedBy,
            CreatedAt = r.CreatedAt,
            UpdatedAt = r.UpdatedAt,
            Seq = r.Seq,
            Revision = r.Revision,
        };
    }

    private static RecurrenceView? Told(Recurrence? recurrence, IReadOnlyDictionary<Id<Member>, MemberCard> people) => recurrence is null ? null : new(
        recurrence.Rrule,
        recurrence.Mode,
        recurrence.Words(),
        recurrence.Rotation is { } turn ? new([.. turn.Members.Select(m => PersonOf(m, people)!)], turn.Strategy, turn.Current) : null,
        recurrence.Rdates,
        recurrence.Exdates);

    internal static PersonView? PersonOf(Id<Member>? id, IReadOnlyDictionary<Id<Member>, MemberCard> people)
    {
        if (id is not { } member) return null;
        var card = people.GetValueOrDefault(member) ?? MemberCard.Former(member);
        return new(card.Id, card.Handle, card.Name, card.AvatarUrl);
    }

    internal static string? KeyOf(string? project, long number) => project is null ? null : string.Create(CultureInfo.InvariantCulture, $"{project}-{number}");

    private static ProjectRef RefOf(TaskRow r) => new(r.ProjectId, r.ProjectKey, r.ProjectTitle, r.ProjectColor);

    private static ColumnView ColumnOf(TaskRow r) => new(r.ColumnId, r.ColumnName, r.Category);
}
