using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

// These comparisons are the database's, which knows neither cultures nor StringComparison.
#pragma warning disable CA1304, CA1311, CA1862

namespace Atrium.Tasks;

/// <summary>A token of the line and where it stands.</summary>
internal sealed record ChipView(QuickToken Kind, int At, int Length, string Text, string? Problem);

/// <summary>What a line was understood as.</summary>
/// <param name="Task">Null on a dry run.</param>
internal sealed record QuickAdded(
    string Title, ProjectRef Project, When? Start, When? Due, string? Rrule, string? RepeatText, int? Priority, IReadOnlyList<string> Labels, IReadOnlyList<PersonView> Assignees,
    IReadOnlyList<ChipView> Chips, TaskView? Task);

/// <summary>One line becomes a task: <c>Water the beds every Mon #garden @ben !high</c>.</summary>
internal static class QuickAdd
{
    /// <param name="Project">Where it goes when the line names none; null for the caller's own list.</param>
    /// <param name="DryRun">Only says what was understood.</param>
    public sealed record Request(string? Line, Id<Project>? Project = null, Id<Column>? Column = null, bool DryRun = false);

    public static void Map(RouteGroupBuilder api) => api.MapPost("quick", HandleAsync).Operation("quickAdd", "Makes a task from one line, or says how it would be understood", "tasks:write", RateClass.Write, "assignee_cannot_read");

    public static async Task<QuickAdded> HandleAsync(
        Request request, TaskDesk desk, TaskNames names, PersonalList personal, IMembers members, TaskReader reader, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        var db = desk.Db;
        if (string.IsNullOrWhiteSpace(request.Line)) throw Refusal.Invalid("line", "Write what is to be done.", "required");
        var line = QuickLine.Parse(request.Line, Instant.FromDateTimeOffset(db.Now), Zones.Of(actor));
        var problems = new Dictionary<(QuickToken, string), string>();
        var id = line.Project is { } named ? await NamedAsync(named, db, actor, problems, ct) : request.Project;
        var standing = await db.DemandAsync(id ?? await personal.EnsureAsync(actor, ct), actor, ProjectRole.Writer, ct);
        var project = await db.Projects.FirstAsync(p => p.Id == standing.Project, ct);
        var found = await members.FindAsync(line.Assignees, ct);
        foreach (var unknown in line.Assignees.Where(a => !found.ContainsKey(a))) problems[(QuickToken.Assignee, unknown)] = $"There is no member “{unknown}”.";
        var people = line.Assignees.Where(found.ContainsKey).Select(a => found[a]).DistinctBy(c => c.Id).ToList();
        var readers = await names.ReadersAsync(project, [.. people.Select(p => p.Id)], ct);
        foreach (var blind in people.Where(p => !readers.Contains(p.Id))) problems[(QuickToken.Assignee, blind.Handle)] = $"{blind.Name} cannot see this project.";

        TaskView? view = null;
        if (!request.DryRun)
        {
            await names.DemandReadersAsync(project, [.. people.Select(p => p.Id)], Field.Assignees, ct);
            view = await reader.ViewAsync(await AddAsync(line, request.Column, standing.Project, people, desk, actor, ct), actor, ct);
        }

        return new(
            line.Title, new(project.Id, project.Key, project.Title, project.Color), line.Start, line.Due, line.Rule?.ToString(),
            line.Rule is { } rule && (line.Due ?? line.Start) is { } first ? RruleWords.Say(rule, first, line.Mode == RecurrenceMode.FromCompletion) : null,
            line.Priority, line.Labels, [.. people.Select(p => new PersonView(p.Id, p.Handle, p.Name, p.AvatarUrl))],
            [.. line.Chips.Select(c => new ChipView(c.Kind, c.At, c.Length, c.Text, c.Problem ?? problems.Where(p => p.Key.Item1 == c.Kind && c.Text.TrimStart('@', '+').Equals(p.Key.Item2, StringComparison.OrdinalIgnoreCase)).Select(p => p.Value).FirstOrDefault()))],
            view);
    }

    private static Task<Id<TaskItem>> AddAsync(QuickLine line, Id<Column>? column, Id<Project> project, IReadOnlyList<MemberCard> people, TaskDesk desk, Actor actor, CancellationToken ct) =>
        desk.ChangeAsync(project, actor, ProjectRole.Writer, async write =>
        {
            var by = write.By;
            var task = await write.AddAsync(line.Title, column is { } asked ? write.Board[asked] : write.Board.Demand(Category.Todo), ct);
            if (line.Priority is { } priority) task.Prioritise(priority, by);
            if (line.Start is not null || line.Due is not null) task.Schedule(line.Start, line.Due, by);
            if (line.Rule is { } rule) task.Repeat(rule, line.Mode, by);
            task.Assign([.. people.Select(p => p.Id)], by);
            task.LabelWith(await TaskNames.LabelsAsync(write, line.Labels, ct), by);
            foreach (var reminder in line.Reminders)
            {
                if (reminder.At is { } at) task.RemindAt(at, by);
                else task.RemindBy(line.Due is null && line.Start is not null ? ReminderAnchor.Start : ReminderAnchor.Due, -(reminder.SecondsBeforeDue ?? 0), by);
            }

            return task.Id;
        }, ct, numbers: 1);

    private static async Task<Id<Project>?> NamedAsync(string name, TasksDb db, Actor actor, Dictionary<(QuickToken, string), string> problems, CancellationToken ct)
    {
        var (key, lower) = (name.ToUpperInvariant(), name.ToLowerInvariant());
        var found = await (
            from p in db.Projects
            join a in db.Access(actor) on p.Id equals a.ProjectId
            where p.DeletedAt == null && p.ArchivedAt == null && (p.Key == key || p.Title.ToLower() == lower)
            orderby a.Level descending
            select (Id<Project>?)p.Id).FirstOrDefaultAsync(ct);
        if (found is null) throw Refusal.Invalid("line", $"There is no project “{name}” that you can see.", "unknown_project");
        return found;
    }
}
