using System.Text.Json;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;
using System.Globalization;

namespace Atrium.Tasks;

/// <summary>Applies an edit to a task inside a <see cref="ProjectWrite"/>: merges it with what happened since its base, then sets the fields.</summary>
internal sealed class TaskEditing(TasksDb db, TaskNames names)
{
    /// <exception cref="Refusal">Conflict <c>edit_conflict</c> with <c>conflicts</c>, and what the model refuses.</exception>
    public async Task ApplyAsync(ProjectWrite write, TaskItem task, TaskEdit edit, CancellationToken ct)
    {
        var by = write.By;
        var since = edit.Base is { } from && from < task.Revision
            ? await db.Activities.Where(a => a.TaskId == task.Id && a.Revision > from).OrderBy(a => a.Id).ToListAsync(ct)
            : [];
        var scalars = edit.Fields.Keys.Where(f => f is not (Field.Assignees or Field.Labels)).ToDictionary(f => f, edit.TextOf);
        var merged = FieldMerge.Decide(since, scalars, field => Now(task, field)).Demand();
        bool Sets(string field) => merged.Apply.ContainsKey(field);

        if (Sets(Field.Title)) task.Rename(merged.Apply[Field.Title] ?? "", by);
        if (Sets(Field.Description)) task.Describe(merged.Apply[Field.Description], by);
        if (Sets(Field.Priority)) task.Prioritise(edit.Fields[Field.Priority].ValueKind == JsonValueKind.Null ? 0 : edit.Fields[Field.Priority].TryNumber(Field.Priority), by);
        if (Sets(Field.Start) || Sets(Field.Due) || Sets(Field.Duration))
        {
            task.Schedule(
                Sets(Field.Start) ? edit.WhenOf(Field.Start) : task.Start,
                Sets(Field.Due) ? edit.WhenOf(Field.Due) : task.Due,
                by,
                Sets(Field.Duration) ? merged.Apply[Field.Duration] : Sets(Field.Due) && edit.WhenOf(Field.Due) is not null ? null : task.Duration);
        }

        if (Sets(Field.Recurrence)) await RepeatAsync(write, task, edit.Recurrence(), ct);
        if (edit.Has(Field.Assignees)) await AssignAsync(write, task, edit, since, ct);
        if (edit.Has(Field.Labels)) await LabelAsync(write, task, edit, since, ct);
        if (Sets(Field.Parent)) await names.NestAsync(write, task, edit.Fields[Field.Parent].IdOrNull<TaskItem>(Field.Parent), ct);
        if (Sets(Field.Places)) task.NeedPeople(edit.Fields[Field.Places].ValueKind == JsonValueKind.Null ? null : edit.Fields[Field.Places].TryNumber(Field.Places), by);
        if (Sets(Field.Cover)) await CoverAsync(task, edit.Fields[Field.Cover].IdOrNull<TaskFile>(Field.Cover), by, ct);
        if (Sets(Field.Column))
        {
            var column = edit.Fields[Field.Column].IdOrNull<Column>(Field.Column) ?? throw Refusal.Invalid(Field.Column, "A task is always in a column.", "unknown_column");
            task.MoveTo(column, await write.AtAsync(task, ct), by);
        }

        if (Sets(Field.Percent)) task.SetPercent(edit.Fields[Field.Percent].ValueKind == JsonValueKind.Null ? null : edit.Fields[Field.Percent].TryNumber(Field.Percent), by);
    }

    /// <summary>Makes a task repeat as asked, its rotation included.</summary>
    public async Task RepeatAsync(ProjectWrite write, TaskItem task, RecurrenceInput? input, CancellationToken ct)
    {
        if (input is null)
        {
            task.StopRepeating(write.By);
            return;
        }

        task.Repeat(string.IsNullOrWhiteSpace(input.Rrule) ? null : Rrule.Parse(input.Rrule), input.Mode, write.By, input.Rdates, input.Exdates);
        if (input.Rotation is { } turns)
        {
            var people = await names.PeopleAsync(turns.Members, Field.Rotation, ct);
            await names.DemandReadersAsync(write.Project, people, Field.Rotation, ct);
            var held = task.Recurrence!.Rotation;
            if (held is null || held.Strategy != turns.Strategy || !held.Members.SequenceEqual(people)) task.Rotate(new(people, turns.Strategy), write.By);
        }
        else if (task.Recurrence!.Rotation is not null) task.Rotate(null, write.By);
    }

    private async Task AssignAsync(ProjectWrite write, TaskItem task, TaskEdit edit, IReadOnlyList<Activity> since, CancellationToken ct)
    {
        var yours = await names.PeopleAsync(edit.Fields[Field.Assignees].TextList(Field.Assignees), Field.Assignees, ct);
        var merged = FieldMerge.Items([.. task.Assignees.Select(a => a.MemberId.ToString())], [.. since.Where(a => a.Field == Field.Assignees)], [.. yours.Select(m => m.ToString())])
            .Select(m => Id<Member>.Parse(m)).ToList();
        await names.DemandReadersAsync(write.Project, [.. merged.Where(m => !task.IsAssigned(m))], Field.Assignees, ct);
        task.Assign(merged, write.By);
    }

    private static async Task LabelAsync(ProjectWrite write, TaskItem task, TaskEdit edit, IReadOnlyList<Activity> since, CancellationToken ct)
    {
        await write.LabelsAsync(ct);
        var yours = await TaskNames.LabelsAsync(write, edit.Fields[Field.Labels].TextList(Field.Labels), ct);
        var merged = FieldMerge.Items([.. task.Labels.Select(l => l.LabelId.ToString())], [.. since.Where(a => a.Field == Field.Labels)], [.. yours.Select(l => l.Id.ToString())])
            .Select(l => Id<Label>.Parse(l)).ToHashSet();
        task.LabelWith([.. write.Project.Labels.Where(l => merged.Contains(l.Id))], write.By);
    }

    private async Task CoverAsync(TaskItem task, Id<TaskFile>? file, Change by, CancellationToken ct)
    {
        if (file is { } cover && !await db.Files.AnyAsync(f => f.Id == cover && f.TaskId == task.Id, ct)) throw Refusal.Invalid(Field.Cover, "That file is not on this task.");
        task.Cover(file, by);
    }

    private static string? Now(TaskItem task, string field) => field switch
    {
        Field.Title => task.Title,
        Field.Description => task.Description,
        Field.Column => task.ColumnId.ToString(),
        Field.Priority => task.Priority.ToString(CultureInfo.InvariantCulture),
        Field.Percent => task.Percent.ToString(CultureInfo.InvariantCulture),
        Field.Start => task.Start?.ToString(),
        Field.Due => task.Due?.ToString(),
        Field.Duration => task.Duration,
        Field.Parent => task.ParentId?.ToString(),
        Field.Places => task.Places?.ToString(CultureInfo.InvariantCulture),
        Field.Cover => task.CoverFileId?.ToString(),
        Field.Recurrence => task.Recurrence?.Rrule,
        _ => null,
    };
}
