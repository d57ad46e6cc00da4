using Atrium.Kernel;

namespace Atrium.Tasks;

internal sealed partial class Project
{
    public Board Board() => new(Columns);

    /// <summary>Adds a column at the end, or after another.</summary>
    public Column AddColumn(string name, Category category, Id<Column>? after = null)
    {
        Limits.Demand(Columns.Count + 1, Limits.Columns, "columns", "columns in a project");
        var column = new Column(Id, name, category, RankAfter(after), !Columns.Exists(c => c.Category == category));
        Columns.Add(column);
        Revision++;
        return column;
    }

    public void ChangeColumn(Id<Column> id, string? name, int? wipLimit, bool clearsLimit = false)
    {
        var column = Board()[id];
        if (name is not null) column.Rename(name);
        if (wipLimit is not null || clearsLimit) column.LimitTo(wipLimit);
        Revision++;
    }

    /// <summary>Makes this the column its category's tasks go to.</summary>
    public void MakeDefault(Id<Column> id)
    {
        var column = Board()[id];
        foreach (var other in Columns.Where(c => c.Category == column.Category)) other.IsDefault = other.Id == id;
        Revision++;
    }

    public void MoveColumn(Id<Column> id, Id<Column>? after)
    {
        var column = Board()[id];
        column.Rank = "";
        column.Rank = RankAfter(after);
        Revision++;
    }

    public void PutColumnFirst(Id<Column> id)
    {
        var column = Board()[id];
        column.Rank = Tasks.Rank.Between(null, Columns.Where(c => c.Id != id).Select(c => c.Rank).Min(StringComparer.Ordinal));
        Revision++;
    }

    /// <summary>Takes a column away. Its tasks go to <paramref name="to"/>, which the caller moves in the same transaction.</summary>
    /// <param name="isEmpty">Whether no task is in it.</param>
    /// <exception cref="Refusal"><c>last_of_category</c>, <c>column_in_use</c>.</exception>
    public void RemoveColumn(Id<Column> id, Id<Column>? to, bool isEmpty)
    {
        var column = Board()[id];
        if (column.Category is Category.Todo or Category.Done && Columns.Count(c => c.Category == column.Category) == 1)
            throw Refusal.Conflict("last_of_category", $"A project keeps at least one column for {(column.Category == Category.Todo ? "to do" : "done")}.");
        if (!isEmpty && to is null) throw Refusal.Conflict("column_in_use", "Say where its tasks shall go.");
        if (to == id) throw Refusal.Invalid("to", "Its tasks cannot stay in it.");
        if (to is { } target) _ = Board()[target];

        Columns.Remove(column);
        if (column.IsDefault && Board().DefaultOf(column.Category) is { } heir) heir.IsDefault = true;
        Revision++;
    }

    public Label AddLabel(string name, string? color)
    {
        Limits.Demand(Labels.Count + 1, Limits.LabelsOfProject, "labels", "labels in a project");
        var label = new Label(Id, name, color ?? Label.ColorFor(Labels.Count));
        if (FindLabel(label.Name) is not null) throw Refusal.Conflict("label_taken", $"There is a label “{label.Name}” already.");
        Labels.Add(label);
        Revision++;
        return label;
    }

    public void ChangeLabel(Id<Label> id, string? name, string? color)
    {
        var label = Labels.Find(l => l.Id == id) ?? throw Refusal.NotFound();
        if (name is not null)
        {
            if (FindLabel(name.Trim()) is { } other && other != label) throw Refusal.Conflict("label_taken", $"There is a label “{other.Name}” already.");
            label.Rename(name);
        }

        if (color is not null) label.Paint(color);
        Revision++;
    }

    public void RemoveLabel(Id<Label> id)
    {
        if (Labels.RemoveAll(l => l.Id == id) == 0) throw Refusal.NotFound();
        Revision++;
    }

    public Label? FindLabel(string name) => Labels.Find(l => string.Equals(l.Name, name, StringComparison.OrdinalIgnoreCase));

    private string RankAfter(Id<Column>? after)
    {
        var ordered = Columns.Where(c => c.Rank.Length > 0).OrderBy(c => c.Rank, StringComparer.Ordinal).ToList();
        var at = after is null ? ordered.Count : ordered.FindIndex(c => c.Id == after) + 1;
        return Tasks.Rank.Between(at > 0 ? ordered[at - 1].Rank : null, at < ordered.Count ? ordered[at].Rank : null);
    }
}
