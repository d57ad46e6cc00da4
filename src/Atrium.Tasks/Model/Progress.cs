namespace Atrium.Tasks;

/// <summary>How much of a task is done, by what is under it: checklist items and subtasks each count as one.</summary>
internal readonly record struct Progress(int Total, double Done)
{
    public static Progress None { get; } = new(0, 0);

    /// <summary>Percent, rounded down so that 100 means all; null when there is nothing to count.</summary>
    public int? Percent => Total == 0 ? null : Done >= Total ? 100 : Math.Min(99, (int)(Done * 100 / Total));

    /// <summary>Of the direct subtasks: cancelled ones do not count, done ones whole, open ones by their percent.</summary>
    public static Progress Of(IEnumerable<TaskItem> subtasks)
    {
        var (total, done) = (0, 0d);
        foreach (var task in subtasks.Where(t => t.Category != Category.Cancelled && !t.IsDeleted))
        {
            total++;
            done += task.Category == Category.Done ? 1 : task.Percent / 100d;
        }

        return new(total, done);
    }

    public Progress With(IReadOnlyCollection<ChecklistItem> checklist) => new(Total + checklist.Count, Done + checklist.Count(i => i.Done));
}
