using Atrium.Contracts.Accounts;
using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>
/// Takes in a file: reads it into a plan, lays its people and columns onto the house's, and makes it true in batches. The same file again
/// changes nothing, also when two do it at once. A dry run reads all and writes nothing.
/// </summary>
internal sealed class ImportTasks(TasksDb db, IMembers members, ImportTargets targets, PlanWriter writer, PlanFiles files, TimeProvider clock)
{
    /// <summary>What came of it; <see cref="Project"/> is null on a dry run into a project that would have to be made.</summary>
    public sealed record Result(ImportPlan Plan, Project? Project);

    public async Task<Result> RunAsync(
        string format, Stream file, string fileName, ImportOptions options, bool dryRun, Actor actor, Func<long, long?, string?, CancellationToken, Task> progress, CancellationToken ct)
    {
        actor.Demand();
        await progress(0, null, $"Reading {fileName}", ct);
        var plan = options.Plan(format, await ReadAsync(file, ct), fileName, Zones.Of(actor), NodaTime.Instant.FromDateTimeOffset(clock.GetUtcNow()));
        var people = await PeopleAsync(plan, ct);
        var project = await targets.FindAsync(options.Project ?? plan.Title, actor, ct);
        if (project is null && !dryRun) project = await targets.MakeAsync(options.Project ?? plan.Title, plan, [.. plan.People.Where(p => p.TakesPart && people.ContainsKey(p.SourceId)).Select(p => people[p.SourceId])], actor, ct);

        var readers = project is null || project.AudienceRef is 0 or 1 ? null : await Kernel.Data.AudienceSets.MembersAsync(db, project.Audience, ct);
        people = people.Where(p => readers is null || readers.Contains(p.Value)).ToDictionary(StringComparer.Ordinal);
        plan = plan.WithPeople(people);
        if (project is not null) plan.Report.Against(await writer.KnownAsync(project.Id, plan.Source, ct), plan.Tasks);
        if (!dryRun) await writer.WriteAsync(plan, project!, people, actor, progress, ct);
        if (!dryRun) await files.AttachAsync(plan, project!.Id, actor, progress, ct);
        return new(plan, project);
    }

    public static async Task<byte[]> ReadAsync(Stream file, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await file.ReadAsync(buffer, ct)) > 0;)
        {
            PlanBuilder.DemandSize(bytes.Length + read);
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    /// <summary>Members by source id, found by e-mail first, then by handle.</summary>
    private async Task<Dictionary<string, Id<Member>>> PeopleAsync(ImportPlan plan, CancellationToken ct)
    {
        var names = plan.People.SelectMany(p => (string?[])[p.Email, p.Handle]).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (names.Count == 0) return [];
        var found = new Dictionary<string, MemberCard>(await members.FindAsync(names, ct), StringComparer.OrdinalIgnoreCase);
        var matched = new Dictionary<string, Id<Member>>(StringComparer.Ordinal);
        foreach (var person in plan.People)
            if ((Card(person.Email) ?? Card(person.Handle)) is { } card)
                matched[person.SourceId] = card.Id;
        return matched;

        MemberCard? Card(string? name) => name is null ? null : found.GetValueOrDefault(name);
    }
}
