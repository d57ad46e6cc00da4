using Atrium.Kernel;
using Microsoft.AspNetCore.Http;

namespace Atrium.Tasks;

/// <summary>Turns the forms of a task into edits.</summary>
internal static class TaskForm
{
    private static readonly string[] Texts = [Field.Title, Field.Description];
    private static readonly string[] Numbers = [Field.Priority, Field.Percent, Field.Places];

    /// <summary>The fields a form has. Boxes that are all unticked are not sent, so the form names them in <c>fields</c>.</summary>
    public static TaskEdit Read(IFormCollection form, Actor actor)
    {
        var named = form["fields"].OfType<string>().ToHashSet();
        var fields = new List<(string, object?)>();
        foreach (var field in Texts.Where(form.ContainsKey)) fields.Add((field, form.Text(field)));
        foreach (var field in Numbers.Where(form.ContainsKey))
            fields.Add((field, form.Said(field) is null ? null : form.Number(field) ?? throw Refusal.Invalid(field, "Write a whole number.")));
        foreach (var field in (string[])[Field.Due, Field.Start])
            if (named.Contains(field)) fields.Add((field, Time(form, field, actor)));
        foreach (var field in (string[])[Field.Assignees, Field.Labels])
            if (named.Contains(field)) fields.Add((field, form[field].Select(v => v?.Trim()).Where(v => !string.IsNullOrEmpty(v)).Distinct().ToArray()));
        return TaskEdit.Of(form.Number("base"), fields);
    }

    /// <summary>A day, or a day and a time where the form says.</summary>
    public static When? Time(IFormCollection form, string field, Actor actor)
    {
        if (form.Said(field) is not { } day) return null;
        if (form.Said($"{field}_time") is not { } time) return When.Of(WhenKind.Date, day, null, field);
        var zone = form.ContainsKey($"{field}_zone") ? form.Said($"{field}_zone") : actor.TimeZone;
        return When.Of(zone is null ? WhenKind.Floating : WhenKind.Zoned, $"{day}T{time}", zone, field);
    }

    /// <summary>Another day, the time kept if the form has one.</summary>
    public static TaskEdit Day(IFormCollection form) => TaskEdit.Of(form.Number("base"), (Field.Due, form.Said(Field.Due) is { } day ? When.Parse(day, Field.Due) : null));

    public static MoveTask.Request Move(IFormCollection form) => new(IdOf<Column>(form, "column"), IdOf<Project>(form, "project"), IdOf<TaskItem>(form, "after"), IdOf<TaskItem>(form, "before"));

    private static Id<T>? IdOf<T>(IFormCollection form, string name) => form.Number(name) is { } id ? new Id<T>(id) : null;
}
