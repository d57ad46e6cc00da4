using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>A project somebody can see, and their effective role in it.</summary>
internal sealed class AccessRow
{
    public Id<Project> ProjectId { get; private set; }

    /// <summary>A <see cref="ProjectRole"/> as a number, so that the highest wins.</summary>
    public int Level { get; private set; }

    public ProjectRole Role => (ProjectRole)Level;
}

internal abstract partial class TasksDb
{
    private const long TreeLock = 0x7461_736B_7472_6565;

    /// <summary>
    /// All projects <paramref name="actor"/> can see, with the effective role: their own, by their groups, inherited from above, or reading
    /// through visibility. One row each; to be joined. Trashed projects are among them.
    /// </summary>
    public IQueryable<AccessRow> Access(Actor actor)
    {
        return Set<AccessRow>().FromSqlRaw(AccessSql(actor), AccessParameters(actor));
    }

    /// <summary>What <see cref="Access"/> gives, read.</summary>
    public Task<SeenProjects> SeenAsync(Actor actor, CancellationToken ct) => ReadSeenAsync(AccessSql(actor), AccessParameters(actor), ct);

    /// <summary>Of one project; empty when it is not seen.</summary>
    public Task<SeenProjects> SeenAsync(Id<Project> id, Actor actor, CancellationToken ct) => ReadSeenAsync(AccessTo(actor, "{3}"), [.. AccessParameters(actor), id.Value], ct);

    /// <summary>Of the project of a task; empty when it is not seen.</summary>
    public Task<SeenProjects> SeenAsync(Id<TaskItem> id, Actor actor, CancellationToken ct) =>
        ReadSeenAsync(AccessTo(actor, "(SELECT t.project_id FROM tasks_task_item t WHERE t.id = {3})"), [.. AccessParameters(actor), id.Value], ct);

    /// <summary>
    /// Those of <paramref name="tasks"/> that somebody sees, with their projects: neither is in the trash, and what moderation hid is for those
    /// who write there, and for moderators.
    /// </summary>
    public IQueryable<SeenTask> Seen(IQueryable<TaskItem> tasks, SeenProjects seen, Actor actor) => Seen(tasks, seen.All, seen.Written, actor.IsModerator);

    private IQueryable<SeenTask> Seen(IQueryable<TaskItem> tasks, IReadOnlyList<Id<Project>> seen, IReadOnlyList<Id<Project>> written, bool moderates) =>
        from t in tasks
        join p in Projects on t.ProjectId equals p.Id
        where seen.Contains(t.ProjectId) && t.DeletedAt == null && p.DeletedAt == null && (t.HiddenAt == null || written.Contains(t.ProjectId) || moderates)
        select new SeenTask { Task = t, Project = p };

    private async Task<SeenProjects> ReadSeenAsync(string sql, object[] parameters, CancellationToken ct)
    {
        var roles = new Dictionary<Id<Project>, ProjectRole>();
        await this.ReadSqlAsync(sql, parameters, row => roles[new(row.GetInt64(0))] = (ProjectRole)row.GetInt32(1), ct);
        return new(roles);
    }

    private static string AccessTo(Actor actor, string project) => $"SELECT v.project_id, v.level FROM ({AccessSql(actor)}) v WHERE v.project_id = {project}";

    /// <summary>The query behind <see cref="Access"/>, for hand-written SQL; its parameters are the first three.</summary>
    public static string AccessSql(Actor actor) => actor.IsSystem
        ? "SELECT p.id AS project_id, 3 AS level FROM tasks_project p WHERE {0} IS NOT NULL AND {1} >= 0 AND {2} IS NOT NULL"
        : $$"""
          WITH RECURSIVE reached(project_id, level) AS (
              SELECT m.project_id, CASE m.role WHEN 'Admin' THEN 3 WHEN 'Writer' THEN 2 WHEN 'Commenter' THEN 1 ELSE 0 END
              FROM tasks_project_member m
              WHERE m.principal = {0} OR m.principal IN (SELECT g.principal FROM kernel_principal_member g WHERE g.member_id = {1})
              UNION
              SELECT p.id, 0 FROM tasks_project p WHERE p.visibility IN ('Public', {2}){{(actor.IsModerator ? " OR p.hidden_at IS NOT NULL" : " AND p.hidden_at IS NULL")}}
              UNION
              SELECT p.id, r.level FROM reached r JOIN tasks_project p ON p.parent_id = r.project_id WHERE r.level > 0 OR p.hidden_at IS NULL
          )
          SELECT project_id, MAX(level) AS level FROM reached GROUP BY project_id
          """;

    public static object[] AccessParameters(Actor actor) =>
    [
        actor.MemberId is { } me ? Principal.Of(me) : "",
        actor.MemberId?.Value ?? 0,
        actor.IsMember && actor.Role > Role.Guest ? nameof(Visibility.Members) : nameof(Visibility.Public),
    ];

    /// <summary>Who of <paramref name="people"/> can read a project. What all members may read is not yet a guest's.</summary>
    public async Task<HashSet<Id<Member>>> ReadersAsync(Project project, IReadOnlyCollection<Id<Member>> people, IMembers members, CancellationToken ct)
    {
        if (people.Count == 0) return [];
        if (project.IsPersonal) return [.. people.Where(p => p == project.PersonalOf)];
        var lineage = await LineageAsync(project.Id, ct);
        var widest = lineage.Select(p => p.OpenTo).Append(project.OpenTo).Max();
        if (widest == Visibility.Public) return [.. people];
        var above = lineage.Select(p => p.Id).ToList();
        var principals = await ProjectMembers.Where(m => above.Contains(m.ProjectId)).Select(m => m.Principal).Distinct().ToListAsync(ct);
        var found = await PrincipalMembers.Where(p => principals.Contains(p.Principal) && people.Contains(p.MemberId)).Select(p => p.MemberId).ToListAsync(ct);
        var readers = people.Where(m => principals.Contains(Principal.Of(m))).Concat(found).ToHashSet();
        if (widest == Visibility.Members && readers.Count < people.Count)
            readers.UnionWith((await members.ContactsAsync([.. people.Except(readers)], ct)).Values.Where(c => c.Role > Role.Guest).Select(c => c.Id));
        return readers;
    }

    /// <summary>
    /// Until the transaction ends nobody else changes how projects hang in each other: two that are put into each other at once would both
    /// see no ring. SQLite has one writer anyway.
    /// </summary>
    public Task LockTreeAsync(CancellationToken ct) =>
        House.IsSqlite ? Task.CompletedTask : Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({TreeLock})", ct);

    /// <summary>A project and all above it, nearest first.</summary>
    public async Task<IReadOnlyList<Project>> LineageAsync(Id<Project> id, CancellationToken ct) => await Projects.FromSqlRaw(
        """
        WITH RECURSIVE line(id, parent_id, depth) AS (
            SELECT p.id, p.parent_id, 0 FROM tasks_project p WHERE p.id = {0}
            UNION ALL
            SELECT p.id, p.parent_id, l.depth + 1 FROM line l JOIN tasks_project p ON p.id = l.parent_id WHERE l.depth < 30
        )
        SELECT p.* FROM tasks_project p JOIN line l ON l.id = p.id ORDER BY l.depth
        """,
        id.Value).AsNoTracking().ToListAsync(ct);

    /// <summary>A project and all below it.</summary>
    public async Task<IReadOnlyList<Id<Project>>> BelowAsync(Id<Project> id, CancellationToken ct) => [.. (await Database.SqlQueryRaw<long>(
        """
        WITH RECURSIVE tree(id) AS (
            SELECT {0} AS id
            UNION
            SELECT p.id FROM tree t JOIN tasks_project p ON p.parent_id = t.id
        )
        SELECT id AS value FROM tree
        """,
        id.Value).ToListAsync(ct)).Select(v => new Id<Project>(v))];

    /// <summary>Projects of that key or title, and all below them; whether anybody may see them is not asked here.</summary>
    public IQueryable<AccessRow> Named(string keyOrTitle) => Set<AccessRow>().FromSqlRaw(
        """
        WITH RECURSIVE tree(id) AS (
            SELECT p.id FROM tasks_project p WHERE p.key = {0} OR LOWER(p.title) = {1}
            UNION
            SELECT p.id FROM tree t JOIN tasks_project p ON p.parent_id = t.id
        )
        SELECT id AS project_id, 0 AS level FROM tree
        """,
        keyOrTitle.ToUpperInvariant(), keyOrTitle.ToLowerInvariant());
}
