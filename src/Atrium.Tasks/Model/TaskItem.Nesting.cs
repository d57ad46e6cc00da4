using Atrium.Kernel;

namespace Atrium.Tasks;

internal sealed partial class TaskItem
{
    /// <summary>Makes it a subtask, or takes it out.</summary>
    /// <param name="ancestors">The parent and all above it, nearest first, read in this transaction.</param>
    /// <param name="height">Levels below this task.</param>
    /// <exception cref="Refusal"><c>cycle</c>, <c>depth</c>.</exception>
    public void Nest(TaskItem? parent, IReadOnlyList<Id<TaskItem>> ancestors, int height, Change by)
    {
        if (parent?.Id == ParentId && ParentUidPending is null) return;
        if (parent is not null)
        {
            if (parent.ProjectId != ProjectId) throw Refusal.Invalid(Field.Parent, "A subtask is in the project of its parent.", "other_project");
            Tree.Demand(Id, ancestors, height, Field.Parent, "task");
        }

        if (parent?.Id != ParentId) Record(by, Field.Parent, ParentId?.ToString(), parent?.Id.ToString());
        (ParentId, ParentUidPending) = (parent?.Id, null);
    }

    /// <summary>A phone named a parent we do not have yet.</summary>
    public void AwaitParent(string uid) => ParentUidPending = uid;

    /// <summary>
    /// Goes to another project, with a new number there; the old one stays as a <see cref="TaskAlias"/>. Parent and labels stay behind:
    /// labels of the same name are put on again by the caller.
    /// </summary>
    public TaskAlias MoveToProject(Project from, Project to, long number, Column column, string rank, Change by)
    {
        Record(by, Field.Project, $"{from.Key}-{Number}", $"{to.Key}-{number}");
        var alias = new TaskAlias(from.Key ?? "", from.Id, Number, Id);
        Labels.Clear();
        (ProjectId, Number, ParentId, Rank) = (to.Id, number, null, rank);
        if (column.Category == Category) (ColumnId, Category) = (column.Id, column.Category);
        else Enter(column, by);
        return alias;
    }

    public void Trash(Id<Deletion> deletion, Change by)
    {
        if (IsDeleted) return;
        Record(by, Field.Deleted, null, "deleted");
        (DeletionId, DeletedAt) = (deletion, by.At);
    }

    /// <summary>Brings back what one deletion took.</summary>
    public void Restore(Id<Deletion> deletion, Change by)
    {
        if (DeletionId != deletion) throw Refusal.Conflict("not_deleted", "It was not deleted, or restored meanwhile.");
        Record(by, Field.Deleted, "deleted", null);
        (DeletionId, DeletedAt) = (null, null);
    }

    /// <summary>A person who left the house: what they made here is by nobody we know.</summary>
    public void Forget(Id<Member> member)
    {
        if (CreatedBy == member) CreatedBy = null;
        if (CompletedBy == member) CompletedBy = null;
    }
}
