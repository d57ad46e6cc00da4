using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Finds the people, labels and tasks that a request names, in the project it is about.</summary>
internal sealed class TaskNames(TasksDb db, IMembers members)
{
    /// <summary>People by id or handle.</summary>
    /// <exception cref="Refusal">Invalid <c>unknown_member</c>.</exception>
    public async Task<IReadOnlyList<Id<Member>>> PeopleAsync(IReadOnlyCollection<string> named, string field, CancellationToken ct)
    {
        var handles = named.Where(n => !Id<Member>.TryParse(n, null, out _)).ToList();
        var found = handles.Count == 0 ? new Dictionary<string, MemberCard>() : await members.FindAsync(handles, ct);
        return [.. named.Select(n => Id<Member>.TryParse(n, null, out var id) ? id
            : found.TryGetValue(n, out var card) ? card.Id
            : throw Refusal.Invalid(field, $"There is no member “{n}”.", "unknown_member")).Distinct()];
    }

    /// <summary>Who of <paramref name="people"/> can read the project.</summary>
    public Task<HashSet<Id<Member>>> ReadersAsync(Project project, IReadOnlyCollection<Id<Member>> people, CancellationToken ct) => db.ReadersAsync(project, people, members, ct);

    /// <summary>Refuses unless each of <paramref name="people"/> is there and can read the project.</summary>
    /// <exception cref="Refusal">Invalid <c>assignee_cannot_read</c>, with <c>members</c>.</exception>
    public async Task DemandReadersAsync(Project project, IReadOnlyCollection<Id<Member>> people, string field, CancellationToken ct)
    {
        if (people.Count == 0) return;
        var contacts = await members.ContactsAsync(people, ct);
        if (people.FirstOrDefault(p => contacts.GetValueOrDefault(p) is not { Active: true }) is { Value: not 0 }) throw Refusal.Invalid(field, "There is no such member.", "unknown_member");
        var readers = await ReadersAsync(project, people, ct);
        var blind = people.Where(p => !readers.Contains(p)).Select(p => contacts[p]).ToList();
        if (blind.Count > 0)
        {
            throw Refusal.Invalid(field, $"{string.Join(", ", blind.Select(b => b.Name))} cannot see this project. Add them to it first.", "assignee_cannot_read")
                .With("members", blind.Select(b => new { b.Id, b.Handle, b.Name }).ToList());
        }
    }

    /// <summary>Labels by id or name; a name the project does not know becomes a label.</summary>
    public static async Task<IReadOnlyList<Label>> LabelsAsync(ProjectWrite write, IReadOnlyCollection<string> named, CancellationToken ct)
    {
        if (named.Count == 0) return [];
        await write.LabelsAsync(ct);
        return [.. named.Select(n => Id<Label>.TryParse(n, null, out var id) && write.Project.Labels.Find(l => l.Id == id) is { } known
            ? known
            : write.Project.FindLabel(n.TrimStart('#').Trim()) ?? Made(n.TrimStart('#'))).Distinct()];

        Label Made(string name)
        {
            write.Demand(ProjectRole.Writer);
            return write.Project.AddLabel(name, null);
        }
    }

    /// <summary>Makes a task a subtask, or takes it out; rings and depth are checked inside the transaction.</summary>
    public async Task NestAsync(ProjectWrite write, TaskItem task, Id<TaskItem>? parent, CancellationToken ct)
    {
        if (parent is not { } above)
        {
            task.Nest(null, [], 0, write.By);
            return;
        }

        var found = await db.Tasks.FirstOrDefaultAsync(t => t.Id == above && t.ProjectId == write.Project.Id && t.DeletedAt == null, ct)
            ?? throw Refusal.Invalid(Field.Parent, "There is no such task in this project.", "unknown_parent");
        var ancestors = await db.Database.SqlQueryRaw<long>(
            """
            WITH RECURSIVE line(id, parent_id, depth) AS (
                SELECT t.id, t.parent_id, 0 FROM tasks_task_item t WHERE t.id = {0}
                UNION ALL
                SELECT t.id, t.parent_id, l.depth + 1 FROM line l JOIN tasks_task_item t ON t.id = l.parent_id WHERE l.depth < 30
            )
            SELECT id AS value FROM line ORDER BY depth
            """,
            above.Value).ToListAsync(ct);
        var height = await db.Database.SqlQueryRaw<int>(
            """
            WITH RECURSIVE tree(id, depth) AS (
                SELECT {0} AS id, 0 AS depth
                UNION ALL
                SELECT t.id, s.depth + 1 FROM tree s JOIN tasks_task_item t ON t.parent_id = s.id WHERE s.depth < 30
            )
            SELECT MAX(depth) AS value FROM tree
            """,
            task.Id.Value).ToListAsync(ct);
        task.Nest(found, [.. ancestors.Select(a => new Id<TaskItem>(a))], height[0], write.By);
    }
}
