namespace Atrium.Tasks;

/// <summary>Tasks of all projects, in groups under headings.</summary>
public sealed class MineModel
{
    internal MineModel(string title, string href, IReadOnlyList<(string Title, IReadOnlyList<TaskCard> Cards)> groups) => (Title, Href, Groups) = (title, href, groups);

    internal string Title { get; }

    internal string Href { get; }

    internal IReadOnlyList<(string Title, IReadOnlyList<TaskCard> Cards)> Groups { get; }

    /// <summary>What one sees when there is nothing.</summary>
    internal string Empty { get; init; } = "Nothing due. Enjoy it.";

    /// <summary>The quick line is there.</summary>
    internal bool Quick { get; init; }

    /// <summary>The topic that wakes it, and where that stood before it was read.</summary>
    internal string Topic { get; private set; } = "";

    internal long Cursor { get; private set; }

    internal MineModel Live(string topic, long cursor)
    {
        (Topic, Cursor) = (topic, cursor);
        return this;
    }
}
