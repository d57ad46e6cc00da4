using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Reads projects as people see them.</summary>
internal sealed class ProjectReader(TasksDb db, IMembers members, IGroups groups)
{
    /// <summary>All projects the actor can see, in tree order: a parent before its children. One statement.</summary>
    public async Task<IReadOnlyList<ProjectItemView>> ListAsync(Actor actor, bool archived, CancellationToken ct)
    {
        var rows = await (
            from p in db.Projects
            join access in db.Access(actor) on p.Id equals access.ProjectId
            where p.DeletedAt == null && (archived || p.ArchivedAt == null)
            orderby p.PersonalOf == null, p.Title, p.Id
            select new
            {
                Project = p,
                access.Level,
                Open = db.Tasks.Count(t => t.ProjectId == p.Id && t.DeletedAt == null && (t.Category == Category.Todo || t.Category == Category.Doing)),
                Done = db.Tasks.Count(t => t.ProjectId == p.Id && t.DeletedAt == null && t.Category == Category.Done),
            }).ToListAsync(ct);
        var seen = rows.Select(r => r.Project.Id).ToHashSet();
        var below = rows.ToLookup(r => r.Project.ParentId is { } parent && seen.Contains(parent) ? parent : (Id<Project>?)null);
        var ordered = new List<ProjectItemView>();
        Add(null);
        return ordered;

        void Add(Id<Project>? parent)
        {
            foreach (var row in below[parent])
            {
                ordered.Add(Item(new ProjectItemView { Id = row.Project.Id, Title = row.Project.Title, Color = row.Project.Color }, row.Project, row.Level, row.Open, row.Done));
                Add(row.Project.Id);
            }
        }
    }

    /// <summary>One project by its id or key.</summary>
    /// <exception cref="Refusal">NotFound.</exception>
    public async Task<ProjectView> ViewAsync(Id<Project> id, Actor actor, CancellationToken ct)
    {
        var target = Thing.Of("project", id).ToString();
        var me = actor.MemberId ?? default;
        var read = await (
            from p in db.Projects
            join access in db.Access(actor) on p.Id equals access.ProjectId
            where p.Id == id && p.DeletedAt == null
            select new { Project = p, access.Level, Watch = db.Watches.Where(w => w.MemberId == me && w.Target == target).Select(w => (WatchLevel?)w.Level).FirstOrDefault() }).FirstOrDefaultAsync(ct)
            ?? throw Refusal.NotFound();
        var columns = await db.Columns.Where(c => c.ProjectId == id).OrderBy(c => c.Rank)
            .Select(c => new ProjectColumnView(c.Id, c.Name, c.Category, c.WipLimit, c.IsDefault, db.Tasks.Count(t => t.ProjectId == id && t.ColumnId == c.Id && t.DeletedAt == null))).ToListAsync(ct);
        var labels = await db.Labels.Where(l => l.ProjectId == id).OrderBy(l => l.Name).Select(l => new LabelView(l.Id, l.Name, l.Color)).ToListAsync(ct);
        var project = read.Project;
        var text = await Markup.RenderAsync(project.Description, ct: ct);
        var view = new ProjectView
        {
            Id = id,
            Title = project.Title,
            Color = project.Color,
            Description = project.Description,
            DescriptionHtml = text.Html.Value,
            Columns = columns,
            Labels = labels,
            Members = actor.IsMember || actor.IsSystem ? await MembersAsync(id, ct) : [],
            Watch = read.Watch,
            CalendarName = TaskCalendar.SegmentOf(project, actor),
        };
        return (ProjectView)Item(view, project, read.Level,
            columns.Where(c => c.Category <= Category.Doing).Sum(c => c.Tasks), columns.Where(c => c.Category == Category.Done).Sum(c => c.Tasks));
    }

    /// <summary>The project behind the last segment of its address: a key or an id.</summary>
    public async Task<Id<Project>> FindAsync(string keyOrId, CancellationToken ct)
    {
        if (Id<Project>.TryParse(keyOrId, null, out var id)) return id;
        var key = keyOrId.ToUpperInvariant();
        return await db.Projects.Where(p => p.Key == key).Select(p => (Id<Project>?)p.Id).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound();
    }

    public async Task<IReadOnlyList<ProjectMemberView>> MembersAsync(Id<Project> id, CancellationToken ct)
    {
        var rows = await db.ProjectMembers.Where(m => m.ProjectId == id).OrderBy(m => m.Principal).ToListAsync(ct);
        var things = rows.ToDictionary(r => r.Principal, r => Thing.Parse(r.Principal));
        var people = await members.CardsAsync([.. things.Values.Where(t => t.Kind == "member").Select(t => t.As<Member>())], ct);
        var teams = things.Values.Any(t => t.Kind == "group") ? await groups.CardsAsync([.. things.Values.Where(t => t.Kind == "group").Select(t => t.As<Group>())], ct) : new Dictionary<Id<Group>, GroupCard>();
        return [.. rows.Select(r => things[r.Principal] is { Kind: "member" } member
            ? people[member.As<Member>()] is var card ? new ProjectMemberView(r.Principal, card.Name, card.Handle, card.AvatarUrl, r.Role) : null!
            : teams.GetValueOrDefault(things[r.Principal].As<Group>()) is { } team ? new(r.Principal, team.Name, team.Handle, null, r.Role) : new(r.Principal, "Former group", "former-group", null, r.Role))];
    }

    private static ProjectItemView Item(ProjectItemView view, Project p, int level, int open, int done) => view with
    {
        Key = p.Key,
        Parent = p.ParentId,
        Visibility = p.Visibility,
        Personal = p.IsPersonal,
        ArchivedAt = p.ArchivedAt,
        Role = (ProjectRole)level,
        Open = open,
        Done = done,
        Seq = p.Seq,
        Revision = p.Revision,
    };
}
