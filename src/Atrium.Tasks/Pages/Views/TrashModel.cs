using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>What can be brought back.</summary>
public sealed class TrashModel
{
    internal TrashModel(Slice<ListTrash.Line> lines) => Lines = lines;

    internal Slice<ListTrash.Line> Lines { get; }
}
