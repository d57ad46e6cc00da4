using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>One line of history: which field went from what to what.</summary>
internal sealed class Activity
{
    private Activity() { }

    internal Activity(TaskItem task, Change by, string field, string? old, string? @new)
    {
        Id = Id<Activity>.New();
        (TaskId, ProjectId, Revision) = (task.Id, task.ProjectId, task.Revision);
        (ActorId, Client, At, Correlation) = (by.Actor, by.Client, by.At, by.Correlation);
        (Field, Old, New) = (field, old, @new);
    }

    public Id<Activity> Id { get; private set; }

    public Id<TaskItem> TaskId { get; private set; }

    public Id<Project> ProjectId { get; private set; }

    /// <summary>The project's counter of the transaction that wrote it.</summary>
    public long Seq { get; private set; }

    /// <summary>The task's revision this line led to.</summary>
    public long Revision { get; private set; }

    public Id<Member>? ActorId { get; private set; }

    public string Client { get; private set; } = "";

    public string Field { get; private set; } = "";

    public string? Old { get; private set; }

    public string? New { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string Correlation { get; private set; } = "";

    /// <summary>A line as an export of ours tells it.</summary>
    internal static Activity Recalled(TaskItem task, Id<Member>? actor, string client, string field, string? old, string? @new, DateTimeOffset at, long seq) =>
        new(task, new(actor, client, at, ""), field, old, @new) { Seq = seq };

    internal void Stamp(long seq) => Seq = seq;
}

internal sealed partial class TaskItem
{
    private readonly List<Activity> _news = [];
    private Change? _change;

    /// <summary>History written since it was loaded, not saved yet.</summary>
    public IReadOnlyList<Activity> News => _news;

    /// <summary>The fields changed since it was loaded.</summary>
    public IReadOnlyList<string> Changed => [.. _news.Select(a => a.Field).Distinct(StringComparer.Ordinal)];

    /// <summary>Stamps the task and its new history with the project's counter, and hands the history over to be saved.</summary>
    public IReadOnlyList<Activity> Stamp(long seq)
    {
        Seq = seq;
        foreach (var line in _news) line.Stamp(seq);
        var lines = _news.ToArray();
        _news.Clear();
        _change = null;
        return lines;
    }

    /// <summary>History of things kept outside the entity: relations, links, files.</summary>
    public void Note(Change by, string field, string? old, string? @new) => Record(by, field, old, @new);

    private void Record(Change by, string field, string? old, string? @new)
    {
        if (!ReferenceEquals(_change, by))
        {
            _change = by;
            Revision++;
            Sequence++;
            UpdatedAt = by.At;
        }

        // A field set twice in one act reads as one step; one set back reads as none. Lists are told item by item.
        var earlier = old is null || @new is null ? -1 : _news.FindIndex(a => a.Field == field && a.Revision == Revision && a.New == old);
        if (earlier >= 0)
        {
            old = _news[earlier].Old;
            _news.RemoveAt(earlier);
            if (old == @new) return;
        }

        _news.Add(new(this, by, field, old, @new));
    }
}
