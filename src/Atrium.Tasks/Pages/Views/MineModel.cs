using Atrium.Kernel;

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

    /// <summary>The topic of the reader's own list, and where it stands.</summary>
    internal Id<Project>? Personal { get; init; }

    internal long Cursor { get; init; }
}
