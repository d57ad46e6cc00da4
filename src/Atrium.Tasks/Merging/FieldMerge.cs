using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>A field that both changed: what it was, what the writer sent, what it is now.</summary>
internal sealed record EditConflict(string Field, string? Base, string? Yours, string? Theirs);

/// <summary>What of an edit can be applied to a task that has changed since the writer read it.</summary>
/// <param name="Apply">Fields and the values to set.</param>
/// <param name="Conflicts">Fields both changed.</param>
internal sealed record FieldMerge(IReadOnlyDictionary<string, string?> Apply, IReadOnlyList<EditConflict> Conflicts)
{
    /// <summary>Decides field by field, by the history since the revision the writer edited from.</summary>
    /// <param name="since">History after that revision, oldest first.</param>
    /// <param name="yours">The fields sent, in the text history keeps them in.</param>
    /// <param name="now">What a field is now, in the same text.</param>
    public static FieldMerge Decide(IReadOnlyList<Activity> since, IReadOnlyDictionary<string, string?> yours, Func<string, string?> now)
    {
        var apply = new Dictionary<string, string?>(StringComparer.Ordinal);
        var conflicts = new List<EditConflict>();
        foreach (var (field, mine) in yours)
        {
            if (since.FirstOrDefault(a => a.Field == field) is not { } first)
            {
                apply[field] = mine;
                continue;
            }

            var (before, theirs) = (first.Old, now(field));
            if (Same(mine, theirs) || Same(mine, before)) continue;
            if (Same(theirs, before)) apply[field] = mine;
            else if (field == Field.Description && LineMerge.Merge(before ?? "", mine ?? "", theirs ?? "") is { } merged) apply[field] = merged;
            else conflicts.Add(new(field, before, mine, theirs));
        }

        return new(apply, conflicts);
    }

    /// <summary>Merges a whole list that was sent, such as assignees or labels: what the writer put in or took out of the list they saw is done to the list there is.</summary>
    /// <param name="now">The list as it is.</param>
    /// <param name="sinceOfField">History of that field since the base, oldest first: an addition has only New, a removal only Old.</param>
    public static IReadOnlyList<string> Items(IReadOnlyCollection<string> now, IReadOnlyList<Activity> sinceOfField, IReadOnlyCollection<string> yours)
    {
        var before = now.ToHashSet(StringComparer.Ordinal);
        foreach (var line in sinceOfField.Reverse())
        {
            if (line.New is not null) before.Remove(line.New);
            if (line.Old is not null) before.Add(line.Old);
        }

        return [.. now.Where(i => !before.Contains(i) || yours.Contains(i)), .. yours.Where(i => !before.Contains(i) && !now.Contains(i))];
    }

    /// <summary>Refuses with <c>edit_conflict</c> and all versions, unless everything could be merged.</summary>
    public FieldMerge Demand() => Conflicts is []
        ? this
        : throw Refusal.Conflict("edit_conflict", "Not saved: someone changed the same field meanwhile. See both.").With("conflicts", Conflicts);

    private static bool Same(string? a, string? b) => (a ?? "") == (b ?? "");
}
