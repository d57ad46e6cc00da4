using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>Parents without rings, and not too deep. The caller reads the ancestors inside its transaction.</summary>
internal static class Tree
{
    /// <exception cref="Refusal"><c>cycle</c>, <c>depth</c>.</exception>
    public static void Demand<T>(Id<T> self, IReadOnlyList<Id<T>> ancestors, int height, string field, string thing)
    {
        if (ancestors.Contains(self)) throw Refusal.Invalid(field, $"A {thing} cannot be inside itself.", "cycle");
        if (ancestors.Count + height >= Limits.Depth) throw Refusal.Invalid(field, $"At most {Limits.Depth} levels inside each other.", "depth");
    }

    /// <summary>Refuses an edge of <c>blocks</c> or <c>precedes</c> that would close a ring.</summary>
    /// <param name="reachable">Everything that can be reached from <paramref name="to"/> along such edges.</param>
    public static void DemandNoRing<T>(Id<T> from, Id<T> to, IReadOnlySet<Id<T>> reachable)
    {
        if (from == to || reachable.Contains(from)) throw Refusal.Invalid("relation", "These tasks would wait for each other for ever.", "cycle");
    }
}
