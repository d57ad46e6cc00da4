using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>What a column means for the tasks in it.</summary>
internal enum Category
{
    Todo,
    Doing,
    Done,
    Cancelled,
}

/// <summary>A status of a project: one column of its board.</summary>
internal sealed class Column
{
    private Column() { }

    internal Column(Id<Project> project, string name, Category category, string rank, bool isDefault) =>
        (Id, ProjectId, Name, Category, Rank, IsDefault) = (Id<Column>.New(), project, Limits.Line(name, Limits.Name, "name"), category, rank, isDefault);

    public Id<Column> Id { get; private set; }

    public Id<Project> ProjectId { get; private set; }

    public string Name { get; private set; } = "";

    public Category Category { get; private set; }

    public string Rank { get; internal set; } = "";

    /// <summary>Warned of, never enforced.</summary>
    public int? WipLimit { get; private set; }

    /// <summary>Where a task goes that is only told its category; one per category.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>True for todo and doing.</summary>
    public bool IsOpen => Category <= Category.Doing;

    internal void Rename(string name) => Name = Limits.Line(name, Limits.Name, "name");

    internal void LimitTo(int? limit) =>
        WipLimit = limit is null or (>= 1 and <= 999) ? limit : throw Refusal.Invalid("wip_limit", "A limit is between 1 and 999.");
}
