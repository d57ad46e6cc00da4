using System.Xml.Linq;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Dav;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Projects as lists: finding, making, changing, throwing away.</summary>
internal sealed class TaskLists(TasksDb db, ProjectDesk desk, PersonalList personal, IMembers members)
{
    private const int MadePerDay = 60;
    private static readonly string ColorName = (DavNames.Ic + "calendar-color").ToString();

    public async Task<IReadOnlyList<TaskCalendar>> AllAsync(IDavCollections source, Actor actor, CancellationToken ct)
    {
        var rows = await RowsAsync(db.Projects.Where(p => p.ArchivedAt == null), actor, ct);
        if (actor.IsMember && !rows.Exists(r => actor.Is(r.Project.PersonalOf)))
        {
            await personal.EnsureAsync(actor, ct);
            rows = await RowsAsync(db.Projects.Where(p => p.ArchivedAt == null), actor, ct);
        }

        var makers = rows.Select(r => r.Project.CreatedBy).Where(m => !actor.Is(m)).Distinct().ToList();
        var cards = makers.Count == 0 ? new Dictionary<Id<Member>, MemberCard>() : await members.CardsAsync(makers, ct);
        return [.. rows.Select(r => Show(r, source, actor, actor.Is(r.Project.CreatedBy) ? actor.Handle : cards.GetValueOrDefault(r.Project.CreatedBy)?.Handle))];
    }

    public async Task<TaskCalendar?> FindAsync(string segment, IDavCollections source, Actor actor, CancellationToken ct)
    {
        var me = actor.MemberId ?? default;
        var id = Id<Project>.TryParse(segment, null, out var parsed) ? parsed : default;
        var rows = await RowsAsync(db.Projects.Where(p => (p.CreatedBy == me && p.CalendarName == segment) || (p.Id == id && p.CreatedBy != me)), actor, ct);
        if (rows.Count == 0 && segment == "personal" && actor.IsMember)
        {
            await personal.EnsureAsync(actor, ct);
            rows = await RowsAsync(db.Projects.Where(p => p.PersonalOf == me), actor, ct);
        }

        return rows is [var row, ..] ? Show(row, source, actor, actor.Is(row.Project.CreatedBy) ? actor.Handle : null) : null;
    }

    public async Task CreateAsync(string segment, DavDraft draft, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var since = db.Now.AddDays(-1);
        if (await db.Projects.CountAsync(p => p.CreatedBy == me && p.CreatedAt > since, ct) >= MadePerDay)
            throw Refusal.TooMany(TimeSpan.FromHours(1), $"At most {MadePerDay} lists a day.");
        var title = string.IsNullOrWhiteSpace(draft.Title) ? segment : draft.Title;
        await CreateProject.MakeAsync(
            new(title.Length <= Limits.Name ? title : title[..Limits.Name], Color: ColorOf(draft.Color), Description: draft.Description), desk, actor, ct,
            project =>
            {
                project.CalendarName = segment;
                if (draft.Components is { Count: > 0 } components) project.Components = string.Join(',', components);
                foreach (var (name, value) in draft.Dead ?? new Dictionary<string, string?>())
                    if (value is not null)
                        db.DeadProperties.Add(new() { ProjectId = project.Id, Name = name, Value = value });
            });
    }

    public Task ChangeAsync(TaskCalendar list, DavDraft draft, Actor actor, CancellationToken ct) => desk.ChangeAsync(
        list.Project, actor, null,
        async project =>
        {
            if (draft.Title is { } title) project.Rename(title);
            if (draft.Description is { } description) project.Describe(description);
            if (ColorOf(draft.Color) is { } color) project.Paint(color);
            var kept = await db.DeadProperties.AsTracking().Where(d => d.ProjectId == list.Project).ToListAsync(ct);
            foreach (var (name, value) in draft.Dead ?? new Dictionary<string, string?>())
            {
                var there = kept.Find(d => d.Name == name);
                if (value is null && there is not null) db.DeadProperties.Remove(there);
                else if (value is not null && there is not null) there.Value = value;
                else if (value is not null) db.DeadProperties.Add(new() { ProjectId = list.Project, Name = name, Value = value });
            }

            return true;
        },
        ct);

    private async Task<List<Row>> RowsAsync(IQueryable<Project> projects, Actor actor, CancellationToken ct)
    {
        // A row for each property kept of a list, or one where there is none: few either way.
        var read = await (from p in projects
                          join access in db.Access(actor) on p.Id equals access.ProjectId
                          join d in db.DeadProperties on p.Id equals d.ProjectId into dead
                          from d in dead.DefaultIfEmpty()
                          where p.DeletedAt == null
                          orderby p.PersonalOf == null, p.Title, p.Id
                          select new
                          {
                              Project = p,
                              access.Level,
                              Name = d == null ? null : d.Name,
                              Value = d == null ? null : d.Value,
                              Modified = db.Tasks.Where(t => t.ProjectId == p.Id).OrderByDescending(t => t.Seq).Select(t => (DateTimeOffset?)t.UpdatedAt).FirstOrDefault(),
                              Doing = db.Columns.Any(c => c.ProjectId == p.Id && c.Category == Category.Doing),
                              Cancelled = db.Columns.Any(c => c.ProjectId == p.Id && c.Category == Category.Cancelled),
                          }).ToListAsync(ct);
        return [.. read.GroupBy(r => r.Project.Id).Select(g => g.First() is var first
            ? new Row(first.Project, (ProjectRole)first.Level, first.Modified, first.Doing, first.Cancelled, g.Where(r => r.Name is not null).ToDictionary(r => r.Name!, r => r.Value!))
            : null!)];
    }

    private static TaskCalendar Show(Row row, IDavCollections source, Actor actor, string? owner)
    {
        var project = row.Project;
        var dead = row.Dead;

        // A colour kept as the client wrote it, as long as it is still the project's.
        if (dead.TryGetValue(ColorName, out var color) && ColorOf(XElement.Parse(color).Value) is { } painted && painted != project.Color) dead.Remove(ColorName);
        HashSet<Category> categories = [Category.Todo, Category.Done];
        if (row.Doing) categories.Add(Category.Doing);
        if (row.Cancelled) categories.Add(Category.Cancelled);
        return new()
        {
            Source = source,
            Id = project.Id.Value,
            Project = project.Id,
            Name = TaskCalendar.SegmentOf(project, actor),
            Title = project.Title,
            Description = project.Description,
            Color = project.Color,
            Components = project.Components.Split(','),
            Seq = project.Seq,
            Horizon = project.Horizon,
            Role = row.Role,
            ShowsHidden = row.Role >= ProjectRole.Writer || actor.IsModerator,
            Access = project.ArchivedAt is not null ? DavAccess.Read : row.Role switch { ProjectRole.Admin => DavAccess.Own, ProjectRole.Writer => DavAccess.Write, ProjectRole.Commenter => DavAccess.Change, _ => DavAccess.Read },
            Owner = owner,
            Modified = row.Modified ?? project.CreatedAt,
            Dead = dead,
            IsPersonal = project.IsPersonal,
            Categories = categories,
        };
    }

    /// <summary>#rrggbb of what a client says, which may have transparency; null for what is no such colour.</summary>
    private static string? ColorOf(string? text)
    {
        var color = text?.Trim() ?? "";
        return color.Length is 7 or 9 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigit) ? color[..7].ToLowerInvariant() : null;
    }

    private sealed record Row(Project Project, ProjectRole Role, DateTimeOffset? Modified, bool Doing, bool Cancelled, Dictionary<string, string> Dead);
}
