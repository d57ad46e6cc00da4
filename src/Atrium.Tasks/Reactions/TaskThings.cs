using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Search;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>What a task looks like from outside, and all tasks for a new index.</summary>
internal sealed class TaskThings(TasksDb db, IMembers members) : IThingSource, ISearchSource
{
    private const string Prefix = "/tasks/t/";

    public string Kind => "task";

    public async Task<IReadOnlyDictionary<long, ThingCard>> CardsAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        var ids = keys.Select(k => new Id<TaskItem>(k)).ToList();
        var rows = await (
            from t in db.Tasks
            join p in db.Projects on t.ProjectId equals p.Id
            join c in db.Columns on t.ColumnId equals c.Id
            where ids.Contains(t.Id) && t.DeletedAt == null && p.DeletedAt == null
            select new { Task = t, InProject = p, t.Id, t.Title, t.Number, p.Key, Project = p.Title, Column = c.Name, t.CreatedBy }).ToListAsync(ct);
        return rows.ToDictionary(r => r.Id.Value, r => new ThingCard(
            Thing.Of(Kind, r.Id), TasksDb.Name, r.Title, $"{r.Project} · {r.Column}", Prefix + (TaskReader.KeyOf(r.Key, r.Number) ?? r.Id.ToString()), null, r.Task.AudienceIn(r.InProject), r.CreatedBy));
    }

    public async Task<Thing?> AtAsync(string path, CancellationToken ct)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        try
        {
            return Thing.Of(Kind, await ReadTask.FindAsync(path[Prefix.Length..].Split('/', '?', '#')[0], db, ct));
        }
        catch (Refusal)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<SearchDocument> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var project in await db.Projects.Where(p => p.DeletedAt == null).OrderBy(p => p.Id).ToListAsync(ct))
            await foreach (var batch in TaskDocuments.OfAsync(project, db, members, ct))
                foreach (var document in batch) yield return document;
    }
}

/// <summary>What a project looks like from outside, and all projects for a new index.</summary>
internal sealed class ProjectThings(TasksDb db, ProjectReader reader) : IThingSource, ISearchSource
{
    private const string Prefix = "/tasks/p/";

    public string Kind => "project";

    public async Task<IReadOnlyDictionary<long, ThingCard>> CardsAsync(IReadOnlyCollection<long> keys, CancellationToken ct)
    {
        var ids = keys.Select(k => new Id<Project>(k)).ToList();
        var rows = await db.Projects.Where(p => ids.Contains(p.Id) && p.DeletedAt == null)
            .Select(p => new { p.Id, p.Key, p.Title, p.AudienceRef, p.CreatedBy, Open = db.Tasks.Count(t => t.ProjectId == p.Id && t.DeletedAt == null && (t.Category == Category.Todo || t.Category == Category.Doing)) }).ToListAsync(ct);
        return rows.ToDictionary(r => r.Id.Value, r => new ThingCard(Thing.Of(Kind, r.Id), TasksDb.Name, r.Title, $"{r.Open} open", Prefix + (r.Key ?? r.Id.ToString()), null, new(r.AudienceRef), r.CreatedBy));
    }

    public async Task<Thing?> AtAsync(string path, CancellationToken ct)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        try
        {
            return Thing.Of(Kind, await reader.FindAsync(path[Prefix.Length..].Split('/', '?', '#')[0], ct));
        }
        catch (Refusal)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<SearchDocument> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var project in await db.Projects.Where(p => p.DeletedAt == null && p.PersonalOf == null).OrderBy(p => p.Id).ToListAsync(ct)) yield return ProjectDesk.Document(project);
    }
}
