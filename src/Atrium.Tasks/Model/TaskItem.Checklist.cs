using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>One line of a task's checklist.</summary>
internal sealed class ChecklistItem
{
    private ChecklistItem() { }

    internal ChecklistItem(Id<TaskItem> task, string text, bool done, string rank) =>
        (Id, TaskId, Text, Done, Rank) = (Id<ChecklistItem>.New(), task, Limits.Line(text, Limits.Title, "text"), done, rank);

    public Id<ChecklistItem> Id { get; private set; }

    public Id<TaskItem> TaskId { get; private set; }

    public string Text { get; internal set; } = "";

    public bool Done { get; internal set; }

    public string Rank { get; internal set; } = "";
}

internal sealed partial class TaskItem
{
    public ChecklistItem AddItem(string text, Change by, bool done = false, Id<ChecklistItem>? after = null)
    {
        Limits.Demand(Checklist.Count + 1, Limits.Checklist, Field.Checklist, "lines in a checklist");
        var item = new ChecklistItem(Id, text, done, RankOfItemAfter(after));
        Checklist.Add(item);
        Record(by, Field.Checklist, null, Shown(item));
        return item;
    }

    public void ChangeItem(Id<ChecklistItem> id, string? text, bool? done, Change by)
    {
        var item = Item(id);
        var old = Shown(item);
        if (text is not null) item.Text = Limits.Line(text, Limits.Title, "text");
        if (done is { } tick) item.Done = tick;
        if (Shown(item) != old) Record(by, Field.Checklist, old, Shown(item));
    }

    public void MoveItem(Id<ChecklistItem> id, Id<ChecklistItem>? after, Change by)
    {
        var item = Item(id);
        item.Rank = "";
        item.Rank = RankOfItemAfter(after, first: after is null);
        Record(by, Field.Checklist, null, $"moved “{item.Text}”");
    }

    public void RemoveItem(Id<ChecklistItem> id, Change by)
    {
        var item = Item(id);
        Checklist.Remove(item);
        Record(by, Field.Checklist, Shown(item), null);
    }

    private ChecklistItem Item(Id<ChecklistItem> id) => Checklist.Find(i => i.Id == id) ?? throw Refusal.NotFound();

    private string RankOfItemAfter(Id<ChecklistItem>? after, bool first = false)
    {
        var ordered = Checklist.Where(i => i.Rank.Length > 0).OrderBy(i => i.Rank, StringComparer.Ordinal).ToList();
        var at = first ? 0 : after is null ? ordered.Count : ordered.FindIndex(i => i.Id == after) + 1;
        return Tasks.Rank.Between(at > 0 ? ordered[at - 1].Rank : null, at < ordered.Count ? ordered[at].Rank : null);
    }

    private static string Shown(ChecklistItem item) => (item.Done ? "[x] " : "[ ] ") + item.Text;
}
