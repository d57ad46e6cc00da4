using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>Someone who is to do a task.</summary>
internal sealed class TaskAssignee
{
    private TaskAssignee() { }

    internal TaskAssignee(Id<TaskItem> task, Id<Member> member, When? nextDue) => (TaskId, MemberId, NextDueSort) = (task, member, nextDue?.Sort);

    public Id<TaskItem> TaskId { get; private set; }

    public Id<Member> MemberId { get; private set; }

    /// <summary>A copy of the task's next due, so that "mine" is one range of one index.</summary>
    public DateTimeOffset? NextDueSort { get; internal set; }
}

/// <summary>A label on a task.</summary>
internal sealed class TaskLabel
{
    private TaskLabel() { }

    internal TaskLabel(Id<TaskItem> task, Id<Label> label) => (TaskId, LabelId) = (task, label);

    public Id<TaskItem> TaskId { get; private set; }

    public Id<Label> LabelId { get; private set; }
}

internal sealed partial class TaskItem
{
    /// <summary>Makes these the assignees. That each can read the project is checked before (<c>assignee_cannot_read</c>).</summary>
    /// <returns>Those who are new.</returns>
    public IReadOnlyList<Id<Member>> Assign(IReadOnlyCollection<Id<Member>> members, Change by)
    {
        var wanted = members.Distinct().ToList();
        Limits.Demand(wanted.Count, Limits.Assignees, Field.Assignees, "people on a task");
        foreach (var gone in Assignees.Where(a => !wanted.Contains(a.MemberId)).ToList())
        {
            Assignees.Remove(gone);
            Record(by, Field.Assignees, gone.MemberId.ToString(), null);
        }

        var fresh = wanted.Where(m => !IsAssigned(m)).ToList();
        foreach (var member in fresh)
        {
            Assignees.Add(new(Id, member, NextDue));
            Record(by, Field.Assignees, null, member.ToString());
        }

        return fresh;
    }

    public bool IsAssigned(Id<Member> member) => Assignees.Exists(a => a.MemberId == member);

    /// <summary>Someone lost access, or left the house: off the assignees, the places and the rotation.</summary>
    /// <returns>Who got their place from the queue.</returns>
    public IReadOnlyList<Id<Member>> LetGo(Id<Member> member, Change by)
    {
        if (Recurrence?.Rotation is { } rotation && rotation.Members.Contains(member)) Rotate(rotation.Without(member), by);
        Assign([.. Assignees.Select(a => a.MemberId).Where(m => m != member)], by);
        return PlaceRows.Exists(p => p.MemberId == member) ? LeavePlace(member, by) : [];
    }

    /// <summary>Makes these the labels; they are of the same project.</summary>
    public void LabelWith(IReadOnlyCollection<Label> labels, Change by)
    {
        Limits.Demand(labels.Count, Limits.LabelsOfTask, Field.Labels, "labels on a task");
        if (labels.Any(l => l.ProjectId != ProjectId)) throw Refusal.Invalid(Field.Labels, "That label is of another project.", "unknown_label");
        foreach (var gone in Labels.Where(t => labels.All(l => l.Id != t.LabelId)).ToList())
        {
            Labels.Remove(gone);
            Record(by, Field.Labels, gone.LabelId.ToString(), null);
        }

        foreach (var label in labels.Where(l => !Labels.Exists(t => t.LabelId == l.Id)))
        {
            Labels.Add(new(Id, label.Id));
            Record(by, Field.Labels, null, label.Id.ToString());
        }
    }
}
