using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>Lays the people of a file onto members of the house.</summary>
internal static class PeopleMatch
{
    /// <summary>
    /// Who could not be matched is kept in words: “was assigned to …” ends the description, and the report says so.
    /// </summary>
    /// <param name="members">Member by source id.</param>
    public static ImportPlan WithPeople(this ImportPlan plan, IReadOnlyDictionary<string, Id<Member>> members)
    {
        var names = plan.People.ToDictionary(p => p.SourceId, StringComparer.Ordinal);
        var unknown = plan.People.Where(p => !members.ContainsKey(p.SourceId)).ToList();
        var tasks = plan.Tasks.Select(task =>
        {
            var missing = task.AssigneeIds.Where(a => !members.ContainsKey(a)).ToList();
            if (missing.Count == 0) return task;
            var words = string.Join(", ", missing.Select(a => names.GetValueOrDefault(a)?.Name ?? a));
            plan.Report.Lost(task.SourceId, Field.Assignees, $"{words}: nobody here has that e-mail or handle. Kept in the description.");
            return task with
            {
                AssigneeIds = [.. task.AssigneeIds.Where(members.ContainsKey)],
                Description = (task.Description.Length == 0 ? "" : task.Description + "\n\n") + $"*Was assigned to {words}.*",
            };
        }).ToList();
        foreach (var person in unknown) plan.Report.Note("people", $"{person.Name}{(person.Handle is { } h ? $" (@{h})" : "")} is not a member here.");
        return plan with { Tasks = tasks };
    }
}
