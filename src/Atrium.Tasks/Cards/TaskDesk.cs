using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Search;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>
/// The one way anything in a project is changed: authorise, load, change, then history, revision, seq, events, search and live wake-up, all
/// in one transaction. The project's row is locked first, so that whoever comes second sees what the first one did.
/// </summary>
internal sealed class TaskDesk(TasksDb db, ISearch search, IMembers members)
{
    private const int Tries = 5;
    private readonly string _correlation = Id<Change>.New().ToString();

    public TasksDb Db => db;

    /// <summary>A new act of this request. All that is done under one is one revision of each task.</summary>
    public Change By(Actor actor) => Change.By(actor, db.House.Clock, _correlation);

    /// <summary>Who of <paramref name="people"/> can read a project.</summary>
    public Task<HashSet<Id<Member>>> ReadersAsync(Project project, IReadOnlyCollection<Id<Member>> people, CancellationToken ct) => db.ReadersAsync(project, people, members, ct);

    /// <summary>Changes things of one project.</summary>
    /// <param name="least">The role it takes.</param>
    /// <param name="numbers">How many new tasks there will be.</param>
    /// <exception cref="Refusal">NotFound when it is not visible; Forbidden; Conflict <c>archived</c>.</exception>
    public Task<T> ChangeAsync<T>(Id<Project> project, Actor actor, ProjectRole least, Func<ProjectWrite, Task<T>> work, CancellationToken ct, int numbers = 0) => TryAsync(
        async token =>
        {
            var write = await OpenAsync(project, actor, By(actor), token, numbers);
            write.Demand(least);
            var result = await work(write);
            await CloseAsync(write, token);
            return result;
        },
        ct);

    /// <summary>Changes one task. The caller of <paramref name="work"/> is checked afterwards, by the fields that really changed.</summary>
    /// <exception cref="Refusal">NotFound when it is not visible or deleted; Forbidden; Conflict <c>archived</c>.</exception>
    public Task<T> ChangeTaskAsync<T>(Id<TaskItem> id, Actor actor, Parts parts, Func<ProjectWrite, TaskItem, Task<T>> work, CancellationToken ct) => TryAsync(
        async token =>
        {
            var write = await OpenOfAsync(id, actor, By(actor), token);
            var task = await write.TaskAsync(id, parts, token);
            var result = await work(write, task);
            await CloseAsync(write, token);
            return result;
        },
        ct);

    /// <inheritdoc cref="ChangeTaskAsync{T}(Id{TaskItem}, Actor, Parts, Func{ProjectWrite, TaskItem, Task{T}}, CancellationToken)"/>
    public Task<T> ChangeTaskAsync<T>(Id<TaskItem> id, Actor actor, Parts parts, Func<ProjectWrite, TaskItem, T> work, CancellationToken ct) =>
        ChangeTaskAsync(id, actor, parts, (write, task) => Task.FromResult(work(write, task)), ct);

    /// <inheritdoc cref="ChangeTaskAsync{T}(Id{TaskItem}, Actor, Parts, Func{ProjectWrite, TaskItem, Task{T}}, CancellationToken)"/>
    public Task ChangeTaskAsync(Id<TaskItem> id, Actor actor, Parts parts, Action<ProjectWrite, TaskItem> work, CancellationToken ct) => ChangeTaskAsync(
        id, actor, parts,
        (write, task) =>
        {
            work(write, task);
            return Task.FromResult(true);
        },
        ct);

    /// <summary>Runs <paramref name="work"/> in a transaction, again when a rank was taken meanwhile.</summary>
    public async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.WriteAsync(work, ct);
            }
            catch (UniqueViolation taken) when (taken.Concerns("rank") && attempt < Tries && db.Database.CurrentTransaction is null)
            {
                db.ChangeTracker.Clear();
            }
            catch
            {
                // What was half done must not be saved by whoever uses this context next.
                db.ChangeTracker.Clear();
                throw;
            }
        }
    }

    /// <summary>Locks a project and takes its next seq. Inside <see cref="TryAsync"/> only; two projects in the order of their ids.</summary>
    public async Task<ProjectWrite> OpenAsync(Id<Project> project, Actor actor, Change by, CancellationToken ct, int numbers = 0)
    {
        var counted = await db.CountAsync(project, numbers, actor, ct) ?? throw Refusal.NotFound();
        return await ReadAsync(counted, actor, by, ct);
    }

    /// <summary>The same for the project of a task.</summary>
    public async Task<ProjectWrite> OpenOfAsync(Id<TaskItem> task, Actor actor, Change by, CancellationToken ct)
    {
        var counted = await db.CountAsync(task, actor, ct) ?? throw Refusal.NotFound();
        return await ReadAsync(counted, actor, by, ct);
    }

    /// <summary>Writes what a change leaves behind. The last thing before the transaction ends.</summary>
    public async Task CloseAsync(ProjectWrite write, CancellationToken ct)
    {
        await RollUp.RunAsync(write, db, ct);
        foreach (var task in write.Tasks) write.DemandEdit(task);
        var happened = new List<TaskHappened>();
        var documents = new List<SearchDocument>();
        var gone = new List<Thing>();
        foreach (var task in write.Tasks)
        {
            var before = write.Before(task);
            if (task.Revision == before.Revision && !before.IsNew) continue;
            var told = TaskHappened.From(task, before, write);
            if (told is not null) happened.Add(told);
            if (told is not null && Coming.IsDecidedBy(task, before, told.Fields)) db.Publish(new DatesChanged(task.Id), task.Id.ToString());
            db.Activities.AddRange(task.Stamp(write.Seq));
            if (task.IsDeleted) gone.Add(Thing.Of("task", task.Id));
            else if (told is not null && TaskDocument.IsTouchedBy(told)) documents.Add(await TaskDocument.OfAsync(task, write.Project, write.Bare.Contains(task.Id), db, members, ct));
        }

        if (documents.Count > 0) await search.IndexAsync(db, documents, ct);
        if (gone.Count > 0) await search.RemoveAsync(db, gone, ct);
        foreach (var told in happened) db.Publish(told, told.Task.ToString());
        foreach (var task in write.Tasks.Take(50)) db.Announce(Thing.Of(TaskPath.Kind, task.Id).ToString(), write.Seq);
        MineTopic.Wake(db, write.Tasks.SelectMany(t => t.Assignees.Select(a => a.MemberId).Concat(write.Before(t).Assignees)).Concat(new[] { write.Project.PersonalOf }.OfType<Id<Member>>()));
        db.Announce($"project:{write.Project.Id}", write.Seq, data: new { tasks = write.Tasks.Select(t => t.Id).Take(50), by = write.By.Actor });
    }

    private async Task<ProjectWrite> ReadAsync(Counted counted, Actor actor, Change by, CancellationToken ct)
    {
        if (counted.Role is not { } role) throw Refusal.NotFound();
        var project = await db.Projects.AsTracking().Include(p => p.Columns).FirstOrDefaultAsync(p => p.Id == counted.Id && p.DeletedAt == null, ct) ?? throw Refusal.NotFound();
        if (project.ArchivedAt is not null) throw Refusal.Conflict("archived", "This project is archived. Unarchive it to change anything.");
        project.Counted(counted.Seq, counted.NextNumber);
        return new(db, project, role, actor, by, counted);
    }
}
