namespace Atrium.Tasks;

/// <summary>How a quick line was understood.</summary>
public sealed class QuickModel
{
    internal QuickModel(QuickAdded added) => Added = added;

    internal QuickAdded Added { get; }
}
