using Atrium.Contracts.Tasks;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Makes tasks from anything in the house, each linked to what it came from. The same key makes one task.</summary>
internal sealed class TaskIntakeDoor(TaskDesk desk, PersonalList lists) : ITaskIntake
{
    private const string Source = "intake";
    private readonly TasksDb db = desk.Db;

    public async Task<Thing> CreateAsync(TaskIntake intake, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        var project = intake.Project is { } named ? named.As<Project>() : await lists.EnsureAsync(actor, ct);
        var standing = await db.DemandAsync(project, actor, ProjectRole.Writer, ct);
        if (intake.IdempotencyKey.Length is 0 or > 200) throw Refusal.Invalid("idempotency_key", "A key of 1 to 200 characters says which task is meant.");
        var key = $"{actor.MemberId}/{intake.IdempotencyKey}";
        return await desk.ChangeAsync(
            standing.Project, actor, ProjectRole.Writer,
            async write =>
            {
                // The project's row is held: whoever comes with the same key waits here, and finds the task.
                if (await db.ImportRefs.FirstOrDefaultAsync(r => r.ProjectId == project && r.Source == Source && r.SourceId == key, ct) is { } made) return Thing.Of(TaskPath.Kind, made.TaskId);
                var readers = await desk.ReadersAsync(write.Project, intake.Assignees, ct);
                if (intake.Assignees.Any(a => !readers.Contains(a))) throw Refusal.Invalid(Field.Assignees, "Somebody assigned cannot see that project.", "assignee_cannot_read");
                var task = await write.AddAsync(intake.Title, write.Board.Demand(Category.Todo), ct);
                task.Describe(intake.Body, write.By);
                if (intake.Due is { } due) task.Schedule(null, When.Date(LocalDate.FromDateOnly(due)), write.By);
                task.Assign(intake.Assignees, write.By);
                task.Note(write.By, Field.Links, null, intake.Source.ToString());
                db.Add(new ThingLink(task.Id, intake.Source, isSource: true));
                db.Add(new ImportRef(project, Source, key, task.Id));
                return Thing.Of(TaskPath.Kind, task.Id);
            },
            ct,
            numbers: 1);
    }

    public async Task<IReadOnlyDictionary<Thing, IReadOnlyList<Thing>>> OfSourcesAsync(IReadOnlyCollection<Thing> sources, Actor actor, CancellationToken ct)
    {
        var texts = sources.Select(s => s.ToString()).ToList();
        var rows = await (from l in db.Links
                          join t in db.Tasks on l.TaskId equals t.Id
                          join p in db.Projects on t.ProjectId equals p.Id
                          join a in db.Access(actor) on t.ProjectId equals a.ProjectId
                          where l.IsSource && texts.Contains(l.Thing) && t.DeletedAt == null && p.DeletedAt == null
                          orderby t.Id
                          select new { l.Thing, t.Id }).ToListAsync(ct);
        return rows.GroupBy(r => r.Thing, StringComparer.Ordinal).ToDictionary(g => Thing.Parse(g.Key), g => (IReadOnlyList<Thing>)[.. g.Select(r => Thing.Of(TaskPath.Kind, r.Id))]);
    }
}
