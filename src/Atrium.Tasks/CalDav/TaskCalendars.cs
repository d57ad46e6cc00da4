using Atrium.Kernel;
using Atrium.Kernel.Dav;
using Atrium.Kernel.Search;

namespace Atrium.Tasks;

/// <summary>Projects over CalDAV: one list each, its tasks as VTODO.</summary>
internal sealed class TaskCalendars(TaskLists lists, ReadTodos read, ReadChanges changes, PutTodo put, KeepObject objects, MoveTodo move, ProjectDesk projects, ISearch search) : IDavCollections
{
    public async Task<IReadOnlyList<DavCollection>> ListAsync(Actor actor, CancellationToken ct) => await lists.AllAsync(this, actor, ct);

    public async Task<DavCollection?> FindAsync(string name, Actor actor, CancellationToken ct) => await lists.FindAsync(name, this, actor, ct);

    public IAsyncEnumerable<DavObject> ReadAsync(DavCollection collection, DavSelection wanted, CancellationToken ct) => read.ReadAsync(Ours(collection), wanted, ct);

    public Task<DavChanges> ChangesAsync(DavCollection collection, DavPoint since, int? limit, CancellationToken ct) => changes.HandleAsync(Ours(collection), since, limit, ct);

    public Task<DavWritten> PutAsync(DavCollection collection, string name, DavCalendarObject sent, DavConditions conditions, Actor actor, CancellationToken ct) => sent.Component == "VTODO"
        ? put.HandleAsync(Ours(collection), name, sent, conditions, actor, ct)
        : objects.PutAsync(Ours(collection), name, sent, conditions, actor, ct);

    public Task DeleteAsync(DavCollection collection, string name, DavConditions conditions, Actor actor, CancellationToken ct) => move.DeleteAsync(Ours(collection), name, conditions, actor, ct);

    public Task<bool> MoveAsync(DavCollection from, string name, DavCollection to, string toName, bool overwrite, DavConditions conditions, Actor actor, CancellationToken ct) =>
        move.MoveAsync(Ours(from), name, Ours(to), toName, overwrite, conditions, actor, ct);

    /// <summary>Whatever a list made over CalDAV holds, it may hold tasks too.</summary>
    public bool Keeps(IReadOnlyCollection<string> components) => true;

    public Task CreateAsync(string name, DavDraft draft, Actor actor, CancellationToken ct) => lists.CreateAsync(name, draft, actor, ct);

    public Task ChangeAsync(DavCollection collection, DavDraft draft, Actor actor, CancellationToken ct) => lists.ChangeAsync(Ours(collection), draft, actor, ct);

    public Task DeleteAsync(DavCollection collection, Actor actor, CancellationToken ct)
    {
        var list = Ours(collection);
        if (list.IsPersonal) throw DavFault.Lacks("unbind", DavPath.HomeOf(actor.Handle ?? ""));
        return TrashProject.DeleteAsync(list.Project, projects, search, actor, ct);
    }

    private static TaskCalendar Ours(DavCollection collection) => (TaskCalendar)collection;
}
